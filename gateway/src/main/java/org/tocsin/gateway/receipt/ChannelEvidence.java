package org.tocsin.gateway.receipt;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.channel.Reason;

/**
 * What is known of one issue on one channel, all its links together, each person or terminal once. It does not change;
 * what it gives is the caller's own. May be used by any thread.
 */
public final class ChannelEvidence {
    private final boolean terminals;
    private final Map<String, RouteEvidence> routes;
    private final Map<String, Bits> plannedByLink;
    private final Bits planned;
    private final Bits submitted = new Bits();
    private final Bits accepted = new Bits();
    private final Bits delivered = new Bits();
    private final Bits shown = new Bits();
    private final Bits answered = new Bits();
    private final Bits failed = new Bits();
    private final Bits dropped = new Bits();
    private final Bits unanswered = new Bits();
    private final Bits unsent;
    private final boolean reports;
    private final int repeated;
    private final ChannelCounts counts;
    private final OpenCounts open;

    /**
     * Merges.
     *
     * @param terminals whether the numbers are terminals'
     * @param reports whether the channel can report deliveries at all, and may still do so
     * @param planned whom the plan gave to each link; taken, not copied
     * @param routes what each link knows; taken, not copied
     */
    ChannelEvidence(boolean terminals, boolean reports, Map<String, Bits> planned, Map<String, RouteEvidence> routes) {
        this.terminals = terminals;
        this.reports = reports;
        this.routes = new LinkedHashMap<>(routes);
        this.plannedByLink = planned;
        this.planned = new Bits();
        planned.values().forEach(this.planned::or);
        Bits repeats = new Bits();
        for (RouteEvidence route : routes.values()) {
            submitted.or(route.submitted);
            accepted.or(route.accepted);
            delivered.or(route.delivered);
            shown.or(route.shown);
            answered.or(route.answered);
            failed.or(route.failed);
            dropped.or(route.dropped);
            unanswered.or(route.pending).or(route.unanswered);
            this.planned.or(route.claimed);
            repeats.or(route.repeated);
        }
        this.repeated = repeats.count();
        this.unsent = unsent(planned).andNot(delivered);
        this.unanswered.andNot(delivered);
        this.failed.andNot(delivered).andNot(stillOpen());
        this.dropped.andNot(accepted).andNot(failed).andNot(unsent).andNot(unanswered);
        Bits acknowledged = shown.copy().or(answered);
        this.counts = new ChannelCounts(
                this.planned.count(),
                submitted.count(),
                accepted.count(),
                delivered.count(),
                acknowledged.count(),
                failed.count(),
                unreported().count());
        this.open = new OpenCounts(unsent.count(), unanswered.count(), reports ? counts.noReport() : 0);
    }

    /** What each link knows, by its id; is read alone. */
    Map<String, RouteEvidence> routes() {
        return routes;
    }

    /** Those whom some link still has before it: planned or moved there and not tried, or to be tried again. */
    private Bits unsent(Map<String, Bits> planned) {
        Bits unsent = new Bits();
        planned.forEach((link, numbers) -> unsent.or(notTried(link, numbers)));
        for (RouteEvidence route : routes.values()) {
            route.movedTo.forEach((link, numbers) -> unsent.or(notTried(link, numbers)));
            unsent.or(route.waiting);
        }
        return unsent.or(underWayBack());
    }

    /** Those whom each link that had them has given away: they wait on one that had them before. */
    private Bits underWayBack() {
        Bits back = new Bits();
        routes.values().forEach(route -> back.or(route.gone));
        if (!back.isEmpty()) {
            for (RouteEvidence route : routes.values()) {
                back.andNot(route.claimed.copy().andNot(route.gone)).andNot(route.dropped);
            }
        }
        return back;
    }

    private Bits notTried(String link, Bits numbers) {
        Bits left = numbers.copy();
        RouteEvidence route = routes.get(link);
        if (route != null) {
            left.andNot(route.claimed).andNot(route.dropped).andNot(route.failed);
        }
        return left;
    }

    /** Those for whom some route may still end well: the others' failures are not final. */
    private Bits stillOpen() {
        Bits stillOpen = unsent.copy().or(unanswered);
        for (RouteEvidence route : routes.values()) {
            stillOpen.or(route.accepted.copy().andNot(route.failed));
        }
        return stillOpen;
    }

    /** Whether the numbers are terminals' rather than persons'. */
    public boolean isOfTerminals() {
        return terminals;
    }

    /** The cumulative counts. */
    public ChannelCounts counts() {
        return counts;
    }

    /** What is still waited for. */
    public OpenCounts open() {
        return open;
    }

    /** Whether the channel can report deliveries, and one may still come. */
    public boolean reports() {
        return reports;
    }

    /** How many were stopped, cancelled or expired before they were sent. */
    public int dropped() {
        return dropped.count();
    }

    /** How many were submitted again although the first submit may have been taken. */
    public int possibleDoubles() {
        return repeated;
    }

    /** How many failed, by reason; their sum is {@code failed} of the counts. */
    public Map<Reason, Integer> failures() {
        Map<Reason, Integer> failures = new EnumMap<>(Reason.class);
        RoaringBitmap left = failed.toRoaring();
        for (RouteEvidence route : routes.values()) {
            route.causes.forEach((cause, numbers) -> {
                int count = RoaringBitmap.andCardinality(left, numbers);
                if (count > 0) {
                    failures.merge(cause.reason(), count, Integer::sum);
                    left.andNot(numbers);
                }
            });
        }
        return failures;
    }

    /** Who was planned. */
    public RoaringBitmap planned() {
        return planned.toRoaring();
    }

    /** Who has a positive report of this evidence level or a higher one: 1 delivered, 2 shown, 3 answered. */
    public RoaringBitmap reached(int level) {
        return reachedBits(level).toRoaring();
    }

    Bits reachedBits(int level) {
        return switch (level) {
            case 1 -> delivered;
            case 2 -> shown.copy().or(answered);
            case 3 -> answered;
            default -> throw new IllegalArgumentException("evidence levels are 1 to 3, was " + level);
        };
    }

    /** The cumulative counts of each link alone, by its id; who was moved from one to another is in both. */
    public Map<String, ChannelCounts> countsByLink() {
        Map<String, ChannelCounts> byLink = new TreeMap<>();
        plannedByLink.forEach((link, numbers) -> byLink.put(link, ofLink(numbers, new RouteEvidence())));
        routes.forEach((link, route) -> byLink.put(link, ofLink(plannedByLink.getOrDefault(link, new Bits()), route)));
        return byLink;
    }

    /** Who may be with a carrier, or with the device, and has no final report. */
    public RoaringBitmap withoutReport() {
        return unreported().or(unanswered).toRoaring();
    }

    /** Who is not handed to a carrier yet. */
    public RoaringBitmap unsent() {
        return unsent.toRoaring();
    }

    /** Who was stopped, cancelled or expired before it was sent. */
    public RoaringBitmap droppedNumbers() {
        return dropped.toRoaring();
    }

    /** Who may still get a positive report: nobody where the channel reports none, or not any more. */
    public RoaringBitmap mayStillReport() {
        return reports ? unreported().or(unanswered).or(unsent).toRoaring() : new RoaringBitmap();
    }

    private Bits unreported() {
        return accepted.copy().andNot(delivered).andNot(failed);
    }

    private static ChannelCounts ofLink(Bits planned, RouteEvidence route) {
        Bits failed = route.failed.copy().andNot(route.delivered);
        return new ChannelCounts(
                planned.copy().or(route.claimed).count(),
                route.submitted.count(),
                route.accepted.count(),
                route.delivered.count(),
                route.shown.copy().or(route.answered).count(),
                failed.count(),
                route.accepted.copy().andNot(route.delivered).andNot(failed).count());
    }

    /** Who finally got nothing. */
    public RoaringBitmap failed() {
        return failed.toRoaring();
    }

    /** The ids of the links that had a part in it. */
    public Set<String> links() {
        return Set.copyOf(routes.keySet());
    }

    /**
     * What became of each, by number upwards.
     *
     * @param state only these; null means all
     * @param after only numbers above this one; -1 means from the first
     * @param limit at most so many, at least 1
     */
    public List<Delivery> deliveries(Delivery.@Nullable State state, int after, int limit) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int number : planned.toArray()) {
            if (number > after && deliveries.size() < limit) {
                Delivery.State found = state(number);
                if (state == null || state == found) {
                    deliveries.add(delivery(number, found));
                }
            }
        }
        return deliveries;
    }

    /** What became of one; null where it was not planned. */
    public Delivery.@Nullable State stateOf(int number) {
        return planned.get(number) ? state(number) : null;
    }

    private Delivery.State state(int number) {
        if (answered.get(number)) {
            return Delivery.State.ANSWERED;
        }
        if (shown.get(number)) {
            return Delivery.State.SHOWN;
        }
        if (delivered.get(number)) {
            return Delivery.State.DELIVERED;
        }
        if (failed.get(number)) {
            return Delivery.State.FAILED;
        }
        if (accepted.get(number)) {
            return Delivery.State.ACCEPTED;
        }
        if (unanswered.get(number)) {
            return Delivery.State.UNANSWERED;
        }
        return dropped.get(number) ? Delivery.State.DROPPED : Delivery.State.UNSENT;
    }

    private Delivery delivery(int number, Delivery.State state) {
        String link = "";
        for (Map.Entry<String, RouteEvidence> route : routes.entrySet()) {
            if (route.getValue().claimed.get(number)
                    && (link.isEmpty() || route.getValue().accepted.get(number))) {
                link = route.getKey();
            }
        }
        if (state == Delivery.State.FAILED || state == Delivery.State.DROPPED) {
            for (RouteEvidence route : routes.values()) {
                for (Map.Entry<RouteEvidence.Cause, RoaringBitmap> cause : route.causes.entrySet()) {
                    if (cause.getValue().contains(number)) {
                        return new Delivery(
                                number,
                                state,
                                link,
                                cause.getKey().reason(),
                                cause.getKey().code());
                    }
                }
            }
        }
        return new Delivery(number, state, link, null, "");
    }
}
