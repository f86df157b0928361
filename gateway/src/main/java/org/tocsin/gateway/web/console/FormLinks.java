package org.tocsin.gateway.web.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.web.RouteSpec;

/**
 * Where the form is in which warnings are written. Where the console has none, there is no button to it.
 *
 * @param follow the path of the route that begins an Update, with the warning's id and the kind; null where none is
 */
record FormLinks(@Nullable String follow) {
    private static final String FOLLOW = "/console/issue/from/{id}/{kind}";

    /** For a console without a form. */
    static final FormLinks NONE = new FormLinks(null);

    /** What these routes have. */
    static FormLinks of(List<RouteSpec> routes) {
        boolean there = routes.stream()
                .anyMatch(route -> route.method().equals("POST") && route.path().equals(FOLLOW));
        return there ? new FormLinks(FOLLOW) : NONE;
    }

    /** Where to post to in order to write an Update of a warning; null where there is no form. */
    @Nullable
    String update(String id) {
        return follow == null ? null : follow.replace("{id}", id).replace("{kind}", "update");
    }
}
