package org.tocsin.gateway.web.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.report.watch.LinkNow;
import org.tocsin.gateway.report.watch.TerminalsNow;
import org.tocsin.gateway.report.watch.Trouble;
import org.tocsin.gateway.report.watch.Trouble.Kind;
import org.tocsin.gateway.report.watch.Troubles;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;
import org.tocsin.gateway.web.WatchDesk;

/** The duty view, the console's home: what is wrong, what waits for whom, what is under way, what ends next. */
final class DutyRoutes implements Area {
    static final String HOME = "/console/";

    private static final Set<WarningState> UNDER_WAY =
            EnumSet.of(WarningState.SIGNED, WarningState.DISPATCHING, WarningState.ACTIVE, WarningState.STOPPED);
    /** More under way at once than one screen can show; of more, the gravest and latest are shown. */
    private static final int MOST_UNDER_WAY = 200;

    private static final int MOST_SHOWN = 30;
    private static final int ENDS_SHOWN = 5;

    /** What is said once for the county, not again for each warning. */
    private static final Set<Kind> OF_THE_COUNTY =
            EnumSet.of(Kind.LINK_DOWN, Kind.LINK_REFUSED, Kind.LINK_RESTING, Kind.TERMINALS_OFFLINE);

    private final Rooms rooms;
    private final Pages pages;
    private final Board board;
    private final Queue queue;

    DutyRoutes(Rooms rooms, Pages pages, Board board) {
        this.rooms = rooms;
        this.pages = pages;
        this.board = board;
        this.queue = new Queue(rooms.warnings(), rooms.signOff(), rooms.clock());
    }

    @Override
    public List<RouteSpec> routes() {
        // The router takes a path without a slash at its end for one with it too, so the longer one stands first.
        return List.of(
                RouteSpec.get(HOME, Gate.SESSION, this::duty, 200, 303, 429, 503),
                RouteSpec.get("/", Gate.OPEN, call -> Answer.seeOther(HOME), 303),
                RouteSpec.get("/console", Gate.OPEN, call -> Answer.seeOther(HOME), 303),
                RouteSpec.get("/console/duty/now", Gate.SESSION, this::now, 200, 303, 429, 503),
                RouteSpec.get(
                        "/console/duty/events",
                        Gate.STREAM,
                        call -> Answer.text("text/event-stream", ""),
                        200,
                        401,
                        429,
                        503));
    }

    @Override
    public List<NavigationEntry> navigation() {
        return List.of(new NavigationEntry("duty.nav", HOME, Set.of()));
    }

    /**
     * Something that is wrong.
     *
     * @param trouble what, in words
     * @param id the warning that it is wrong with; empty where it is not one's own
     * @param headline its headline; empty as well
     */
    record Disturbance(TroubleView trouble, String id, String headline) {}

    /**
     * A warning under way.
     *
     * @param standing how far it has come; null where nothing is known yet
     * @param age since sign-off, in words
     * @param endsIn until its end, in words; empty where it does not end by itself
     * @param troubles how many things are wrong with it
     */
    record UnderWay(
            String id,
            String headline,
            String level,
            String state,
            String msgType,
            boolean drill,
            WatchDesk.@Nullable Standing standing,
            String age,
            @Nullable Instant ends,
            String endsIn,
            boolean endsSoon,
            int troubles) {}

    /** Terminals of a kind with the kind's name for people. */
    record Terminals(String words, TerminalsNow now) {}

    private Answer duty(Call call) {
        return pages.page(call, 200, "duty", model(call));
    }

    private Answer now(Call call) {
        return pages.page(call, 200, "duty-now", model(call));
    }

    private Map<String, Object> model(Call call) {
        Principal principal = call.principal();
        Phrases phrases = Pages.phrases(call);
        Instant now = rooms.clock().instant();
        WarningStore.Page page = rooms.warnings().list(new WarningStore.Query(UNDER_WAY, null, null, MOST_UNDER_WAY));
        List<Warning> readable = page.warnings().stream()
                .filter(warning -> rooms.signOff().mayRead(principal, warning))
                .sorted(Comparator.<Warning, Boolean>comparing(warning -> isDrill(warning))
                        .thenComparing(Warning::level)
                        .thenComparing(Warning::created, Comparator.reverseOrder()))
                .toList();
        List<Disturbance> disturbances = new ArrayList<>(ofTheCounty(phrases));
        List<UnderWay> underWay = new ArrayList<>();
        for (Warning warning : readable.subList(0, Math.min(MOST_SHOWN, readable.size()))) {
            List<Trouble> troubles = board.troubles(warning);
            troubles.stream()
                    .filter(trouble -> !OF_THE_COUNTY.contains(trouble.kind()) && trouble.kind() != Kind.EXPIRES_SOON)
                    .forEach(trouble -> disturbances.add(new Disturbance(
                            TroubleView.of(List.of(trouble), phrases).get(0),
                            warning.id(),
                            WarningView.headline(warning))));
            underWay.add(underWay(warning, troubles.size(), phrases, now));
        }
        disturbances.sort(Comparator.comparing(one -> !one.trouble().grave()));
        Queue.View waiting = queue.of(principal, phrases);
        Map<String, Object> model = new HashMap<>();
        model.put("disturbances", disturbances);
        model.put("queue", waiting);
        model.put("underWay", underWay);
        model.put("moreUnderWay", Math.max(0, readable.size() - underWay.size()));
        model.put(
                "ends",
                underWay.stream()
                        .filter(one -> one.ends() != null)
                        .sorted(Comparator.comparing(one -> one.ends() == null ? Instant.MAX : one.ends()))
                        .limit(ENDS_SHOWN)
                        .toList());
        List<LinkNow> links = rooms.watch().links();
        long healthy = links.stream().filter(LinkNow::isHealthy).count();
        model.put("linkCount", links.size());
        model.put("healthyLinks", healthy);
        model.put("allLinksWell", healthy == links.size() && healthy > 0);
        model.put(
                "terminals",
                rooms.watch().terminals().stream()
                        .map(kind -> new Terminals(TroubleView.channel(kind.kind(), phrases), kind))
                        .toList());
        model.put("needs", needs(disturbances, waiting));
        model.put("at", now);
        return model;
    }

    private List<Disturbance> ofTheCounty(Phrases phrases) {
        List<Disturbance> found = new ArrayList<>();
        if (rooms.readiness().isDiskLow()) {
            found.add(new Disturbance(
                    new TroubleView("disk", true, phrases.of("duty.disk"), phrases.of("duty.disk.advice")), "", ""));
        }
        List<LinkNow> links = rooms.watch().links();
        if (links.isEmpty()) {
            found.add(new Disturbance(
                    new TroubleView("no-links", true, phrases.of("duty.no-links"), phrases.of("duty.no-links.advice")),
                    "",
                    ""));
        }
        List<Trouble> troubles = Troubles.ofTheCounty(links, rooms.watch().terminals());
        TroubleView.of(troubles, phrases).forEach(trouble -> found.add(new Disturbance(trouble, "", "")));
        return found;
    }

    private UnderWay underWay(Warning warning, int troubles, Phrases phrases, Instant now) {
        Instant signed = warning.signed();
        Instant ends = warning.alert().msgType() == MsgType.CANCEL ? null : warning.expires();
        return new UnderWay(
                warning.id(),
                WarningView.headline(warning),
                warning.level().name(),
                warning.state().word(),
                warning.alert().msgType().word(),
                isDrill(warning),
                rooms.watch().standing(warning).orElse(null),
                signed == null ? "" : Ages.words(phrases, Duration.between(signed, now)),
                ends,
                ends == null ? "" : Ages.words(phrases, Duration.between(now, ends)),
                ends != null && !now.plus(Troubles.SOON).isBefore(ends),
                troubles);
    }

    /** What needs whoever asks, each by a name, so that the page can tell what is new. */
    private static List<String> needs(List<Disturbance> disturbances, Queue.View waiting) {
        List<String> needs = new ArrayList<>();
        waiting.mine()
                .forEach(item -> needs.add(
                        item.id() + ":" + item.state() + ":" + item.since().toEpochMilli()));
        disturbances.stream()
                .filter(one -> one.trouble().grave())
                .forEach(one -> needs.add(one.id() + ":" + one.trouble().key()));
        return needs;
    }

    private static boolean isDrill(Warning warning) {
        return warning.alert().status() != Status.ACTUAL;
    }
}
