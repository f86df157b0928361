package org.tocsin.gateway.web.console;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;

/** The console: its areas put together, each with its routes and its place in the main navigation. */
public final class Console {
    private final Assets assets = new Assets();
    private final List<Area> areas;

    /**
     * Makes it.
     *
     * @param rooms what its pages show and do
     * @param tls whether cookies are for TLS only
     */
    public Console(Rooms rooms, boolean tls) {
        Pages pages = new Pages(rooms.zone(), assets);
        areas = List.of(new Entrance(rooms, pages, tls));
        List<NavigationEntry> navigation = new ArrayList<>();
        areas.forEach(area -> navigation.addAll(area.navigation()));
        pages.navigate(navigation);
    }

    /** All its routes. */
    public List<RouteSpec> routes() {
        List<RouteSpec> routes = new ArrayList<>(assets.routes());
        areas.forEach(area -> routes.addAll(area.routes()));
        return routes;
    }
}
