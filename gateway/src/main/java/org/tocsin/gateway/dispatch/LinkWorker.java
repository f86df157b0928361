package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.ReceiptSink;
import org.tocsin.gateway.receipt.Claim;
import org.tocsin.gateway.receipt.EvidenceLog;
import org.tocsin.gateway.receipt.LinkEvidence;

/**
 * Runs one link: holds its lease, claims from its lanes, hands over, journals outcomes and receipts, tries again. All
 * its work is done on one thread; {@link #receipts}, {@link #poke}, {@link #evidence} and the figures are for any.
 */
final class LinkWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWorker.class);
    private static final long TICK_MILLIS = 50;
    private static final long PACE_MILLIS = 10;
    private static final int MOST_RECEIPTS = 1 << 17;
    private static final long FORGET_MILLIS = 1_000;

    /** Where the worker stands. */
    enum Phase {
        /** Without a lease. */
        WAITING,
        /** Reading its journal. */
        READING,
        /** At work. */
        RUNNING,
        /** Ending. */
        CLOSING,
        /** Ended. */
        CLOSED
    }

    /** What a worker is built from. */
    record Tools(
            EvidenceLog log,
            Lanes lanes,
            Leases leases,
            Submitter submitter,
            Executor thread,
            ScheduledExecutorService timer,
            InstantSource clock,
            LongSupplier nanos,
            String node,
            DispatchSettings settings) {}

    private final LinkSpec spec;
    private final Tools tools;
    private final LinkSurroundings around;
    private final LinkThread thread;
    private final Inbox inbox = new Inbox(MOST_RECEIPTS);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean poked = new AtomicBoolean();
    private final LinkPulse pulse;
    private final CommitPipe pipe;
    private final ReceiptDesk desk;
    private final Breaker breaker;
    private final LinkQueues queues = new LinkQueues();
    private final LaneReader reader;
    private final LeaseKeeper lease;
    private final Flights flights = new Flights();
    private final Departures departures;
    private final Arrivals arrivals;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile LinkEvidence evidence;
    private volatile Phase phase = Phase.WAITING;
    private volatile int outstandingNow;
    private volatile long submittedNow;
    private volatile long receipts;
    private volatile long orphans;
    private volatile int queued;
    private @Nullable ScheduledFuture<?> ticking;
    private long notBefore;
    private long lastAdoption;
    private long lastForgetting;
    private long closeBy;
    private boolean pacing;

    LinkWorker(LinkSpec spec, Tools tools, LinkSurroundings around) {
        this.spec = spec;
        this.tools = tools;
        this.around = around;
        this.evidence = new LinkEvidence(around);
        this.thread = new LinkThread(spec.id(), tools.thread(), this::defect);
        this.pulse = new LinkPulse(tools.nanos());
        this.pipe = new CommitPipe(tools.log(), spec.id(), thread, new Ends());
        this.desk = new ReceiptDesk(
                evidence,
                pipe.encoder,
                pipe.keeping,
                pulse,
                tools.settings().park().toMillis(),
                claim -> flights.claims().contains(claim));
        this.breaker = new Breaker(spec.id());
        this.reader = new LaneReader(spec.id(), tools.lanes(), thread, this::arrived);
        this.lease = new LeaseKeeper(spec.id(), thread, tools);
        this.departures =
                new Departures(spec, tools, thread, around, new Work(), pipe, queues, reader, breaker, flights);
        this.arrivals = new Arrivals(() -> evidence, pipe, desk, breaker, queues, departures, pulse, tools);
    }

    /** Begins to try for the lease. */
    void start() {
        ticking = tools.timer().scheduleAtFixedRate(this::tickSoon, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Where the link's receipts go. */
    ReceiptSink receipts() {
        return (receipt, kept) -> {
            int state = phase == Phase.RUNNING ? inbox.addReceipt(receipt, kept) : -1;
            if (state < 0) {
                kept.settled(false);
            } else if (state > 0) {
                schedule();
            }
        };
    }

    /** Something changed in a lane, a gate or an earlier issue. */
    void poke() {
        if (poked.compareAndSet(false, true)) {
            thread.execute(this::poked);
        }
    }

    /** What the link knows. */
    LinkEvidence evidence() {
        return evidence;
    }

    /** How it is. */
    LinkHealth health() {
        return new LinkHealth(
                spec.id(),
                spec.channel(),
                spec.provider(),
                around.state(),
                phase == Phase.RUNNING && lease.isHeld(),
                breaker.isOpen(),
                queued,
                outstandingNow,
                submittedNow,
                receipts,
                orphans,
                evidence.issues().size(),
                LinkQuality.of(spec, pulse, departures.rate()),
                null,
                null,
                "any",
                null);
    }

    /** What its answers and reports say. Any thread. */
    LinkPulse pulse() {
        return pulse;
    }

    /**
     * To whom the link has sent last at an address; empty where it knows nobody. Any thread; completes on the link's.
     *
     * @param at until when, in milliseconds since 1970
     * @param issue only of issues of which this is true
     */
    CompletionStage<Optional<Recipient>> whose(String address, long at, Predicate<String> issue) {
        CompletableFuture<Optional<Recipient>> found = new CompletableFuture<>();
        thread.execute(() -> {
            if (phase != Phase.RUNNING) {
                found.completeExceptionally(new IllegalStateException("link " + spec.id() + " is not at work"));
                return;
            }
            LinkEvidence known = evidence;
            long place =
                    known.findByAddress(address, at, false, claim -> !claim.terminals() && issue.test(claim.issue()));
            if (place == LinkEvidence.NOWHERE) {
                found.complete(Optional.empty());
            } else {
                Claim claim = known.claim(LinkEvidence.claimOf(place));
                found.complete(Optional.of(new Recipient(
                        claim.warning(), claim.issue(), claim.numbers()[LinkEvidence.indexOf(place)], claim.lane())));
            }
        });
        return found;
    }

    /**
     * Writes that somebody to whom the link has sent an issue has answered it; complete when that is durable, with
     * false where it cannot be. Any thread.
     *
     * @param code what they wrote
     */
    CompletionStage<Boolean> acknowledged(String address, Recipient whom, String code, Instant at) {
        CompletableFuture<Boolean> durable = new CompletableFuture<>();
        thread.execute(() -> {
            long place = phase == Phase.RUNNING && lease.isHeld()
                    ? evidence.findByAddress(address, at.toEpochMilli(), false, claim -> claim.issue()
                            .equals(whom.issue()))
                    : LinkEvidence.NOWHERE;
            if (place == LinkEvidence.NOWHERE) {
                durable.complete(false);
                return;
            }
            desk.answered(place, new Receipt(null, address, Evidence.ANSWERED, null, code, at), durable::complete);
            pipe.commit();
        });
        return durable;
    }

    /** Gives so many addressees of those who wait to another link, because that one is sooner done. Any thread. */
    void relieve(String other, int count) {
        thread.execute(() -> {
            if (phase == Phase.RUNNING && lease.isHeld()) {
                departures.relieve(other, count);
            }
        });
    }

    LinkSpec spec() {
        return spec;
    }

    Phase phase() {
        return phase;
    }

    /** Waits at most a few seconds for answers, and gives the lease back. */
    @Override
    public void close() {
        thread.execute(() -> {
            if (phase == Phase.RUNNING) {
                closeBy = now() + 3_000;
                phase = Phase.CLOSING;
            } else if (phase != Phase.CLOSING) {
                end();
            }
        });
        try {
            closed.get(6, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
            LOG.warn("link {} did not end in time", spec.id());
        }
    }

    /** Stops at once, as a crash would: nothing is awaited, nothing given back. For tests. */
    void abandon() {
        phase = Phase.CLOSED;
        ScheduledFuture<?> running = ticking;
        if (running != null) {
            running.cancel(false);
        }
    }

    // ---- the thread's rounds

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            thread.execute(this::round);
        }
    }

    private void defect(RuntimeException defect) {
        LOG.error("link {}: a defect; reading the journal again", spec.id(), defect);
        recover();
    }

    private void round() {
        scheduled.set(false);
        if (phase == Phase.CLOSED) {
            return;
        }
        drain();
        if (lease.isHeld()) {
            release();
        }
        departures.fill();
        pipe.commit();
        publish();
    }

    /** Lets leave who may, and comes back soon for those whom the link's rate holds. */
    private void release() {
        if (departures.release() && !pacing) {
            pacing = true;
            ScheduledFuture<?> unused = tools.timer().schedule(this::pace, PACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void pace() {
        thread.execute(() -> {
            pacing = false;
            schedule();
        });
    }

    private void publish() {
        queued = queues.addressees();
        outstandingNow = flights.outstanding();
        submittedNow = flights.submitted();
        receipts = desk.written();
        orphans = desk.orphaned();
    }

    private void tickSoon() {
        thread.execute(this::tick);
    }

    private void tick() {
        switch (phase) {
            case WAITING -> acquire();
            case RUNNING, CLOSING -> work();
            default -> {}
        }
    }

    private void work() {
        lease.renewWhenDue(this::recover);
        if (!lease.isHeld()) {
            LOG.warn("link {}: the lease may have run out", spec.id());
            recover();
            return;
        }
        long now = now();
        drain();
        desk.expire(now);
        if (now - lastAdoption > 1_000) {
            lastAdoption = now;
            desk.adoptOrphans();
        }
        queues.release();
        reader.read(queues);
        departures.watchLink(now);
        release();
        departures.fill();
        pipe.commit();
        forgetSealed(now);
        pulse.delays().fade();
        publish();
        if (phase == Phase.CLOSING && (now > closeBy || (flights.outstanding() == 0 && pipe.isIdle()))) {
            end();
        }
    }

    /** Lets go of sealed issues while nothing is on its way, since it takes a moment. */
    private void forgetSealed(long now) {
        if (now - lastForgetting < FORGET_MILLIS || flights.outstanding() > 0) {
            return;
        }
        lastForgetting = now;
        Set<String> sealed = evidence.issues().stream().filter(around::isSealed).collect(Collectors.toSet());
        if (!sealed.isEmpty()) {
            EvidenceLog.Start start = evidence.forget(sealed);
            LOG.info(
                    "link {}: forgets {} sealed issues, its journal begins after '{}'",
                    spec.id(),
                    sealed.size(),
                    start.after());
            tools.log().trim(spec.id(), start).whenComplete((nothing, failure) -> {
                if (failure != null) {
                    LOG.warn("link {}: its journal was not trimmed: {}", spec.id(), failure.toString());
                }
            });
        }
    }

    private void poked() {
        poked.set(false);
        if (phase == Phase.RUNNING) {
            departures.sweep();
            reader.read(queues);
            departures.fill();
            pipe.commit();
            publish();
        }
    }

    private void end() {
        phase = Phase.CLOSED;
        ScheduledFuture<?> running = ticking;
        if (running != null) {
            running.cancel(false);
        }
        desk.giveUp(evidence);
        pipe.forget();
        lease.release();
        closed.complete(null);
    }

    // ---- lease and recovery

    private void acquire() {
        if (now() < notBefore) {
            return;
        }
        phase = Phase.READING;
        thread.after(lease.acquire(), (epoch, failure) -> {
            if (failure != null || epoch == Leases.NOT_FREE) {
                again(failure);
            } else {
                read(epoch);
            }
        });
    }

    private void again(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn("link {}: the store is not there: {}", spec.id(), failure.toString());
        }
        notBefore = now() + 500;
        if (phase != Phase.CLOSED) {
            phase = Phase.WAITING;
        }
    }

    private void read(long epoch) {
        LinkEvidence fresh = new LinkEvidence(around);
        thread.after(new JournalReplay(tools.log(), spec.id(), thread, fresh).run(epoch), (nothing, failure) -> {
            if (phase != Phase.READING) {
                return;
            }
            if (failure != null) {
                again(failure);
            } else {
                resume(epoch, fresh);
            }
        });
    }

    /** Takes up the work where the journal leaves it. */
    private void resume(long epoch, LinkEvidence fresh) {
        desk.giveUp(fresh);
        pipe.begin(epoch);
        evidence = fresh;
        long next = fresh.nextClaim();
        departures.resume(next);
        queues.clear();
        reader.restart();
        List<Flight> still = new ArrayList<>();
        for (Flight flight : flights.clear()) {
            if (flight.submitted && flight.claim.id() < next && isThis(fresh.claim(flight.claim.id()), flight.claim)) {
                still.add(flight);
            } else if (!flight.judged) {
                breaker.forget();
            }
        }
        still.forEach(flights::add);
        Leftovers.of(fresh, flights.claims(), now(), tools.settings().grace().toMillis())
                .forEach(queues::addAgain);
        for (Flight flight : still) {
            journalAgain(flight);
        }
        phase = Phase.RUNNING;
        LOG.info("link {} is ours, epoch {}, after {} claims", spec.id(), epoch, next - 1);
        around.changed(fresh.issues());
        departures.sweep();
        work();
    }

    private static boolean isThis(Claim one, Claim other) {
        return one.batch().equals(other.batch()) && Arrays.equals(one.numbers(), other.numbers());
    }

    private void journalAgain(Flight flight) {
        flight.open = flight.outcomes.length;
        flight.troubles = 0;
        for (int index = 0; index < flight.outcomes.length; index++) {
            Outcome outcome = flight.outcomes[index];
            if (outcome != null) {
                arrivals.journal(flight, index, outcome);
            }
        }
    }

    /** Redis, or the lease, is lost: nothing is submitted nor answered until the journal is read again. */
    private void recover() {
        if (phase == Phase.RUNNING || phase == Phase.CLOSING || phase == Phase.READING) {
            boolean closing = phase == Phase.CLOSING;
            phase = Phase.WAITING;
            desk.giveUp(evidence);
            pipe.forget();
            departures.forget();
            lease.lost();
            notBefore = now() + 200;
            if (closing) {
                end();
            }
        }
    }

    // ---- outcomes and receipts in

    private void drain() {
        if (phase != Phase.RUNNING && phase != Phase.CLOSING) {
            drainWhileAway();
            return;
        }
        Inbox.Burst burst = inbox.drain();
        long now = burst.size == 0 ? 0 : now();
        for (int at = 0; at < burst.size; at++) {
            Object what = burst.what[at];
            Object whose = burst.whose[at];
            if (what instanceof Outcome outcome && whose instanceof Flight flight) {
                flight.outcomes[burst.index[at]] = outcome;
                if (flights.has(flight)) {
                    arrivals.journal(flight, burst.index[at], outcome);
                }
            } else if (what instanceof Receipt receipt && whose instanceof Kept kept) {
                desk.take(receipt, kept, now);
            }
        }
    }

    /** Outcomes are remembered until the journal can be written again; receipts cannot be kept. */
    private void drainWhileAway() {
        Inbox.Burst burst = inbox.drain();
        for (int at = 0; at < burst.size; at++) {
            if (burst.what[at] instanceof Outcome outcome && burst.whose[at] instanceof Flight flight) {
                flight.outcomes[burst.index[at]] = outcome;
            } else if (burst.whose[at] instanceof Kept kept) {
                kept.settled(false);
            }
        }
    }

    private void arrived(Slice slice) {
        LaneBatch batch = slice.batch;
        slice.keep(
                batch.wasWith(spec.id())
                        ? evidence.notBegunAgain(batch.issue(), batch.id(), slice.numbers())
                        : evidence.notBegun(batch.issue(), slice.numbers()));
        if (slice.size() == 0) {
            departures.finishItem(slice);
        } else {
            queues.add(slice);
        }
        schedule();
    }

    private long now() {
        return tools.clock().millis();
    }

    private final class Work implements Departures.Work {
        @Override
        public boolean isRunning() {
            return phase == Phase.RUNNING;
        }

        @Override
        public boolean maySubmit() {
            return phase == Phase.RUNNING && lease.isHeld();
        }

        @Override
        public LinkEvidence evidence() {
            return evidence;
        }

        @Override
        public void came(Outcome outcome, Flight flight, int index) {
            if (inbox.addOutcome(outcome, flight, index)) {
                schedule();
            }
        }
    }

    private final class Ends implements CommitPipe.Ends {
        @Override
        public void durable(CommitPipe.Commit commit) {
            if (phase == Phase.CLOSED) {
                return;
            }
            Set<String> touched = evidence.apply(commit.entry());
            boolean may = lease.isHeld();
            flights.landed(commit.outcomes(), commit.landed());
            for (Kept kept : commit.kept()) {
                kept.settled(may);
            }
            if (may) {
                commit.flights().forEach(departures::durable);
                release();
            }
            if (!touched.isEmpty()) {
                around.changed(touched);
            }
            reader.remove(commit.finished());
            if (may) {
                round();
            } else {
                recover();
            }
        }

        @Override
        public void failed(CommitPipe.Commit commit, Throwable why) {
            LOG.warn("link {}: the journal could not be written: {}", spec.id(), why.toString());
            recover();
        }
    }
}
