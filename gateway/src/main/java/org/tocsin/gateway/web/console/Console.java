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
        Cookies cookies = new Cookies(tls);
        Board board = new Board(rooms);
        SignRoutes sign = new SignRoutes(rooms, pages);
        WatchRoutes watch = new WatchRoutes(rooms, pages, sign, board);
        areas = List.of(
                new DutyRoutes(rooms, pages, board),
                new IssueRoutes(rooms, pages),
                sign,
                watch,
                new ReportPages(rooms, pages),
                new PeriodPages(rooms, pages),
                new Entrance(rooms, cookies),
                new SignInRoutes(rooms, pages, cookies),
                new OidcRoutes(rooms, pages, cookies),
                new UserRoutes(rooms, pages),
                new ClientRoutes(rooms, pages),
                new RightsRoutes(rooms, pages),
                new MyAccountRoutes(rooms, pages),
                new ImportPages(rooms, pages),
                new RegistryPages(rooms, pages),
                new LinkPages(rooms, pages),
                new TextPages(rooms, pages),
                new LedgerPages(rooms, pages),
                new EvidencePages(rooms, pages));
        List<NavigationEntry> navigation = new ArrayList<>();
        areas.forEach(area -> navigation.addAll(area.navigation()));
        pages.navigate(navigation);
        watch.forms(FormLinks.of(routes()));
    }

    /** All its routes. */
    public List<RouteSpec> routes() {
        List<RouteSpec> routes = new ArrayList<>(assets.routes());
        areas.forEach(area -> routes.addAll(area.routes()));
        return routes;
    }
}
