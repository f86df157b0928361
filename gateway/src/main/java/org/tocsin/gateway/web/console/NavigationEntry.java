package org.tocsin.gateway.web.console;

import java.util.Set;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;

/**
 * A link of the main navigation.
 *
 * @param phrase the key of its words
 * @param href where it leads
 * @param roles who sees it: any of these; empty for everybody
 */
public record NavigationEntry(String phrase, String href, Set<Role> roles) {
    /** Copies the roles. */
    public NavigationEntry {
        roles = Set.copyOf(roles);
    }

    boolean isFor(Principal principal) {
        return roles.isEmpty() || roles.stream().anyMatch(principal::is);
    }
}
