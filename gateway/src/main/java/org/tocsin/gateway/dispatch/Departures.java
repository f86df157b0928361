package org.tocsin.gateway.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.receipt.Claim;
import org.tocsin.gateway.receipt.LinkEvidence;

/**
 * What leaves a link: claimed from its lanes as far as window, rate, gates and breaker let it, handed over once the
 * claim is durable; dropped, expired or moved to another link where it must not leave here. For the link's thread.
 */
final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final int LANES = 4;
    private static final int MOST_SEGMENTS = 255;
    /** A batch that has gone from link to link so often stays where it is until that link is there again. */
    private static final int MOST_MOVES = 16;
    /** … and so often it is moved only because another link would be sooner done. */
    private static final int MOST_RELIEFS = 3;

    private static final long KEPT_MILLIS = 1_000;

    /** The link's work around it. */
    interface Work {
        /** Whether the journal can be written. */
        boolean isRunning();

        /** Whether the journal can be written and the lease cannot have run out. */
        boolean maySubmit();

        /** What the journal says. */
        LinkEvidence evidence();

        /** An outcome came. Any thread. */
        void came(Outcome outcome, Flight flight, int index);
    }

    private final LinkSpec spec;
    private final LinkWorker.Tools tools;
    private final LinkThread thread;
    private final LinkSurroundings around;
    private final Work work;
    private final CommitPipe pipe;
    private final LinkQueues queues;
    private final LaneReader reader;
    private final Breaker breaker;
    private final RateBudget rate;
    private final Runway runway;
    private final Flights flights;
    private long nextClaim = 1;
    private long downSince;

    Departures(
            LinkSpec spec,
            LinkWorker.Tools tools,
            LinkThread thread,
            LinkSurroundings around,
            Work work,
            CommitPipe pipe,
            LinkQueues queues,
            LaneReader reader,
            Breaker breaker,
            Flights flights) {
        this.spec = spec;
        this.tools = tools;
        this.thread = thread;
        this.around = around;
        this.work = work;
        this.pipe = pipe;
        this.queues = queues;
        this.reader = reader;
        this.breaker = breaker;
        this.flights = flights;
        this.rate = new RateBudget(spec.rate(), tools.settings().redReserve(), tools.nanos());
        this.runway = new Runway(rate);
    }

    /** Goes on with the claims after those of the journal. */
    void resume(long next) {
        nextClaim = next;
    }

    /** Forgets those who wait for the rate: the journal is read again. */
    void forget() {
        runway.clear();
    }

    /** A claim is durable: its addressees leave as soon as the rate lets them. */
    void durable(Flight flight) {
        runway.ready(flight);
    }

    /** Lets leave who may, the gravest first; gives whether others wait for the rate alone. */
    boolean release() {
        for (Flight next = runway.next(); next != null; next = runway.next()) {
            if (mayStillLeave(next)) {
                submit(next);
            } else {
                holdBack(next);
            }
        }
        return runway.isWaiting();
    }

    /** Graver ones may have held it up for long: meanwhile it may have been stopped, cancelled or have expired. */
    private boolean mayStillLeave(Flight flight) {
        Claim claim = flight.claim;
        Notice notice = around.notice(claim.issue(), claim.notice());
        return around.gate(claim.issue()) == Plans.Gate.OPEN
                && (notice == null || tools.clock().instant().isBefore(notice.expires()));
    }

    /** Back into the lane, where it waits, is dropped or expires; no carrier has seen it and no attempt is counted. */
    private void holdBack(Flight flight) {
        flight.judged = true;
        breaker.forget();
        for (int index = 0; index < flight.outcomes.length; index++) {
            work.came(new Outcome.Deferred(Reason.LINK_DOWN, "held back", java.time.Duration.ZERO), flight, index);
        }
    }

    /** Claims from the lanes, the gravest first, as far as window, rate and breaker let it. */
    void fill() {
        if (!work.maySubmit() || around.state() != LinkState.UP || pipe.isFull()) {
            return;
        }
        long now = now();
        int most = spec.mostOutstanding();
        int slice = Math.max(1, most / 4);
        for (int lane = 1; lane <= LANES; lane++) {
            if (around.isQuiet(lane) || around.isSpent(lane)) {
                continue;
            }
            int share = lane == 1 ? most : most - (int) (most * tools.settings().redReserve());
            while (flights.outstanding() < share) {
                Slice next = queues.poll(lane, now);
                if (next == null) {
                    break;
                }
                Notice notice = sendable(next);
                if (notice == null) {
                    continue;
                }
                int room = runway.room(lane);
                if (room == 0 || !breaker.permits()) {
                    queues.putBack(next);
                    return;
                }
                int wanted = Math.min(slice, Math.min(share - flights.outstanding(), next.size()));
                claim(next, next.take(Math.min(room, wanted)));
            }
        }
    }

    /** The notice, where the slice may go now; else it is held, dropped or expired, and null. */
    private @Nullable Notice sendable(Slice slice) {
        String issue = slice.batch.issue();
        Plans.Gate gate = around.gate(issue);
        if (gate == Plans.Gate.DROPPED || gate == Plans.Gate.EXPIRED) {
            drop(slice, gate == Plans.Gate.DROPPED ? Reason.DROPPED : Reason.EXPIRED);
            return null;
        }
        Notice notice = around.notice(issue, slice.batch.notice());
        if (gate == Plans.Gate.STOPPED || notice == null) {
            queues.hold(slice);
            return null;
        }
        if (!tools.clock().instant().isBefore(notice.expires())) {
            expire(slice);
            return null;
        }
        if (slice.attempt > 1) {
            slice.keep(Arrays.stream(slice.numbers())
                    .filter(number -> !work.evidence().isAnswered(issue, number))
                    .toArray());
        }
        if (slice.size() > 0 && around.hasOpenPredecessor(issue)) {
            holdThoseBehind(slice);
        }
        if (slice.size() == 0) {
            finishItem(slice);
            return null;
        }
        return notice;
    }

    /** Never overtaking: those to whom an earlier issue's submit is open wait for its answer. */
    private void holdThoseBehind(Slice slice) {
        String issue = slice.batch.issue();
        int[] behind = Arrays.stream(slice.numbers())
                .filter(number -> around.isOpenInPredecessor(issue, number))
                .toArray();
        if (behind.length == 0) {
            return;
        }
        Set<Integer> waiting = new HashSet<>();
        for (int number : behind) {
            waiting.add(number);
        }
        slice.keep(Arrays.stream(slice.numbers())
                .filter(number -> !waiting.contains(number))
                .toArray());
        queues.hold(new Slice(slice.batch, slice.item, slice.attempt, slice.notBefore, slice.throttles, behind));
        if (slice.item != null) {
            reader.split(slice.batch.lane(), slice.item);
        }
    }

    private void claim(Slice slice, int[] numbers) {
        LaneBatch batch = slice.batch;
        Claim claim = claimOf(batch, batch.lane(), numbers);
        Flight flight = new Flight(claim, batch, slice.attempt, slice.throttles);
        pipe.encoder.claimed(claim);
        pipe.claimed(flight);
        runway.claimed(flight);
        flights.add(flight);
        if (slice.size() > 0) {
            queues.putBack(slice);
        } else {
            finishItem(slice);
        }
    }

    Claim claimOf(LaneBatch batch, int lane, int[] numbers) {
        return new Claim(
                nextClaim++,
                batch.id(),
                batch.warning(),
                batch.issue(),
                batch.notice(),
                lane,
                batch.terminals(),
                batch.generation(),
                now(),
                numbers);
    }

    void finishItem(Slice slice) {
        if (slice.item != null && reader.isDone(slice.batch.lane(), slice.item)) {
            pipe.finished(slice.batch.lane(), slice.item);
        }
    }

    private void submit(Flight flight) {
        Claim claim = flight.claim;
        Notice notice = around.notice(claim.issue(), claim.notice());
        int[] numbers = claim.numbers();
        List<Addressee> addressees = new ArrayList<>(numbers.length);
        boolean complete = true;
        for (int number : numbers) {
            String address = around.address(number);
            complete &= address != null;
            addressees.add(new Addressee(address == null ? "" : address, around.isProbe(number)));
        }
        Batch.OutcomeSink sink = (index, outcome) -> {
            work.came(outcome, flight, index);
        };
        if (notice == null) {
            flight.submitted = true;
            for (int index = 0; index < numbers.length; index++) {
                sink.outcome(index, new Outcome.Deferred(Reason.INTERNAL, "no notice", java.time.Duration.ZERO));
            }
            return;
        }
        Batch batch = new Batch(claim.batch() + "/" + claim.id(), notice, addressees, sink);
        for (int index = 0; !complete && index < numbers.length; index++) {
            if (addressees.get(index).address().isEmpty()) {
                batch.settle(index, new Outcome.Rejected(Reason.NO_ADDRESS, ""));
            }
        }
        flights.submitted(flight);
        try {
            tools.submitter().submit(spec.id(), batch);
        } catch (RuntimeException defect) {
            LOG.error("link {}: a batch could not be handed over", spec.id(), defect);
            batch.settleRest(
                    new Outcome.Deferred(Reason.INTERNAL, "", tools.settings().backOff()));
        }
        if (batch.segments() > work.evidence().segmentsOf(claim.id())) {
            // Written before any report can come, so that none of a part is taken for one of the whole.
            pipe.encoder.cut(claim.id(), Math.min(MOST_SEGMENTS, batch.segments()));
        }
    }

    void sweep() {
        queues.extract(
                slice -> around.gate(slice.batch.issue()) == Plans.Gate.DROPPED
                        || around.gate(slice.batch.issue()) == Plans.Gate.EXPIRED,
                slice -> drop(
                        slice,
                        around.gate(slice.batch.issue()) == Plans.Gate.DROPPED ? Reason.DROPPED : Reason.EXPIRED));
    }

    private void drop(Slice slice, Reason reason) {
        if (slice.size() > 0) {
            pipe.encoder.dropped(slice.batch.id(), slice.batch.issue(), reason, slice.numbers());
            slice.keep(new int[0]);
        }
        finishItem(slice);
    }

    /** Its time is over: who was never tried is dropped, who was has failed. */
    private void expire(Slice slice) {
        if (slice.attempt == 1) {
            drop(slice, Reason.EXPIRED);
            return;
        }
        Claim claim = claimOf(slice.batch, Claim.FOR_THE_RECORD, slice.numbers());
        pipe.encoder.claimed(claim);
        for (int index = 0; index < claim.numbers().length; index++) {
            pipe.encoder.gaveUp(claim.id(), index, Reason.EXPIRED, "");
        }
    }

    /**
     * The link that is asked after this one's provider has refused somebody for reasons of its own: the next one, once.
     *
     * @return null where there is none, or one was asked already
     */
    @Nullable
    String next(Flight flight, int index) {
        if (flight.batch.wasRefused()) {
            return null;
        }
        // All refusals of a flight go the same way, whatever changes meanwhile.
        String next = flight.next == null ? other(flight.batch) : flight.next;
        flight.next = next;
        return next == null || around.carried(next, new int[] {flight.claim.numbers()[index]}).length == 0
                ? null
                : next;
    }

    /** The link that takes what has not been sent here: any but those that refused it. */
    private @Nullable String refuge(LaneBatch batch) {
        return LaneBatch.triedBy(batch.id()).size() >= MOST_MOVES ? null : other(batch);
    }

    private @Nullable String other(LaneBatch batch) {
        Set<String> without = new HashSet<>();
        without.add(spec.id());
        for (String tried : LaneBatch.triedBy(batch.id())) {
            if (LaneBatch.isRefusal(tried)) {
                without.add(tried.substring(0, tried.length() - 1));
            }
        }
        return around.alternative(without, batch.lane());
    }

    /** A link that is down gives its work to the others; one whose money is spent what it may not send. */
    void watchLink(long now) {
        boolean down = around.state() != LinkState.UP || breaker.isOpen();
        if (!down) {
            downSince = 0;
            if (around.isSpent(LANES)) {
                giveAway(now, slice -> around.isSpent(slice.batch.lane()));
            }
        } else if (downSince == 0) {
            downSince = now;
        } else if (now - downSince >= tools.settings().failoverAfter().toMillis()) {
            giveAway(now, slice -> true);
        }
    }

    /** Whoever a carrier may have taken is left until the grace is over, since a report may still tell. */
    private void giveAway(long now, Predicate<Slice> which) {
        if (around.alternative(Set.of(spec.id()), 1) == null) {
            return;
        }
        List<Slice> movable = new ArrayList<>();
        queues.extract(
                slice -> slice.notBefore <= now && which.test(slice) && isOpen(slice) && refuge(slice.batch) != null,
                movable::add);
        for (Slice slice : movable) {
            String other = refuge(slice.batch);
            if (other == null) {
                queues.addAgain(slice);
            } else {
                move(slice, other, false);
            }
        }
    }

    /** Gives first attempts to a link that is sooner done. */
    void relieve(String other, int count) {
        for (Slice slice : queues.extractLast(
                count, slice -> isOpen(slice) && other.equals(refugeIf(slice.batch, other)) && slice.size() > 0)) {
            move(slice, other, false);
        }
    }

    private @Nullable String refugeIf(LaneBatch batch, String other) {
        List<String> tried = LaneBatch.triedBy(batch.id());
        return tried.size() >= MOST_RELIEFS || tried.contains(LaneBatch.refusal(other)) ? null : other;
    }

    private boolean isOpen(Slice slice) {
        return around.gate(slice.batch.issue()) == Plans.Gate.OPEN;
    }

    /**
     * Puts addressees into another link's lane, then writes that they are gone.
     *
     * @param refused whether this link's provider refused them for reasons of its own
     */
    void move(Slice slice, String other, boolean refused) {
        int[] carried = around.carried(other, slice.numbers());
        if (carried.length < slice.size()) {
            keepRest(slice, carried);
        }
        if (carried.length == 0) {
            return;
        }
        LaneBatch batch = slice.batch;
        LaneBatch moved = batch.movedFrom(spec.id(), refused, carried);
        thread.after(
                tools.lanes().push(other, batch.lane(), moved.id(), List.of(moved.encode())), (nothing, failure) -> {
                    if (!work.isRunning()) {
                        return;
                    }
                    if (failure != null) {
                        queues.addAgain(
                                new Slice(batch, slice.item, Math.max(2, slice.attempt), now() + 1_000, carried));
                        return;
                    }
                    Claim claim = claimOf(batch, Claim.FOR_THE_RECORD, carried);
                    pipe.encoder.claimed(claim);
                    for (int index = 0; index < carried.length; index++) {
                        pipe.encoder.moved(claim.id(), index, other);
                    }
                    slice.keep(new int[0]);
                    finishItem(slice);
                    pipe.commit();
                    around.pushed(other);
                });
    }

    /** Those whom the other link cannot carry stay. */
    private void keepRest(Slice slice, int[] carried) {
        Set<Integer> leaving = new HashSet<>();
        for (int number : carried) {
            leaving.add(number);
        }
        int[] rest = Arrays.stream(slice.numbers())
                .filter(number -> !leaving.contains(number))
                .toArray();
        slice.keep(carried);
        queues.addAgain(new Slice(slice.batch, slice.item, slice.attempt, now() + KEPT_MILLIS, slice.throttles, rest));
        if (slice.item != null && carried.length > 0) {
            reader.split(slice.batch.lane(), slice.item);
        }
    }

    /** The answers of a slice: by them the rate is learnt. */
    void answered(LinkPulse.Landed landed) {
        rate.answered(landed.accepted(), landed.throttled());
    }

    /** The rate that the link has now. */
    RateBudget rate() {
        return rate;
    }

    private long now() {
        return tools.clock().millis();
    }
}
