package org.tocsin.gateway.web.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.web.RouteSpec;

/**
 * Where the form is in which warnings are written. Where the console has none, there is no button to it.
 *
 * @param follow the path of the route that begins an Update, with the warning's id and the kind; null where none is
 * @param edit the path of the route that opens a warning in the form, with its id; null where none is
 */
record FormLinks(@Nullable String follow, @Nullable String edit) {
    private static final String FOLLOW = "/console/issue/from/{id}/{kind}";

    /** For a console without a form. */
    static final FormLinks NONE = new FormLinks(null, null);

    /** What these routes have. */
    static FormLinks of(List<RouteSpec> routes) {
        return new FormLinks(posted(routes, FOLLOW), posted(routes, EditForm.PATH));
    }

    private static @Nullable String posted(List<RouteSpec> routes, String path) {
        boolean there = routes.stream()
                .anyMatch(route -> route.method().equals("POST") && route.path().equals(path));
        return there ? path : null;
    }

    /** Where to post to in order to write an Update of a warning; null where there is no form. */
    @Nullable
    String update(String id) {
        return follow == null ? null : follow.replace("{id}", id).replace("{kind}", "update");
    }

    /** Where to post to in order to write an Update by more channels; null where there is no form. */
    @Nullable
    String channels(String id) {
        return follow == null ? null : follow.replace("{id}", id).replace("{kind}", IssueRoutes.CHANNELS);
    }

    /** Where to post to in order to edit a warning; null where there is no form. */
    @Nullable
    String edit(String id) {
        return edit == null ? null : edit.replace("{id}", id);
    }
}
