package org.tocsin.gateway.web.console;

import java.util.List;
import org.tocsin.gateway.web.RouteSpec;

/** A part of the console: its routes, and what it puts into the main navigation. */
interface Area {
    /** Its routes; a longer path stands before one that would take it too. */
    List<RouteSpec> routes();

    /** Its entries of the main navigation, in their order; none for an area that others lead to. */
    default List<NavigationEntry> navigation() {
        return List.of();
    }
}
