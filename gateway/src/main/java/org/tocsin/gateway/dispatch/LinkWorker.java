package org.tocsin.gateway.dispatch;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Kept;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.ReceiptSink;
import org.tocsin.gateway.receipt.Claim;
import org.tocsin.gateway.receipt.EvidenceLog;
import org.tocsin.gateway.receipt.Fingerprint;
import org.tocsin.gateway.receipt.LinkEvidence;

/**
 * Runs one link: holds its lease, claims from its lanes, hands over, journals outcomes and receipts, tries again. All
 * its work is done on one thread; {@link #receipts}, {@link #poke}, {@link #evidence} and the figures are for any.
 */
final class LinkWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWorker.class);
    private static final long TICK_MILLIS = 50;
    private static final int MOST_RECEIPTS = 1 << 17;
    private static final int MOST_SEGMENTS = 255;
    private static final int LANES = 4;

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
    private final Inbox inbox = new Inbox(MOST_RECEIPTS);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean poked = new AtomicBoolean();
    private final CommitPipe pipe;
    private final ReceiptDesk desk;
    private final Breaker breaker;
    private final RateBudget budget;
    private final LinkQueues queues = new LinkQueues();
    private final LaneReader reader;
    private final LeaseKeeper lease;
    private final Map<Long, Flight> flights = new HashMap<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile LinkEvidence evidence;
    private volatile Phase phase = Phase.WAITING;
    private volatile int outstandingNow;
    private volatile long submittedNow;
    private int outstanding;
    private long submitted;
    private volatile long receipts;
    private volatile long orphans;
    private volatile int queued;
    private @Nullable ScheduledFuture<?> ticking;
    private long nextClaim = 1;
    private long downSince;
    private long notBefore;
    private long lastAdoption;
    private long closeBy;

    LinkWorker(LinkSpec spec, Tools tools, LinkSurroundings around) {
        this.spec = spec;
        this.tools = tools;
        this.around = around;
        this.evidence = new LinkEvidence(around);
        this.pipe = new CommitPipe(tools.log(), spec.id(), tools.thread(), new Ends());
        this.desk = new ReceiptDesk(
                evidence, pipe.encoder, pipe.keeping, tools.settings().park().toMillis());
        this.breaker = new Breaker(spec.id());
        this.budget = new RateBudget(spec.rate(), tools.settings().redReserve(), tools.nanos());
        this.reader = new LaneReader(spec.id(), tools.lanes(), tools.thread(), this::arrived);
        this.lease = new LeaseKeeper(spec.id(), tools);
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
            execute(this::poked);
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
                orphans);
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
        execute(() -> {
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
            execute(this::round);
        }
    }

    private void execute(Runnable task) {
        try {
            tools.thread().execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException defect) {
                    LOG.error("link {}: a defect; reading the journal again", spec.id(), defect);
                    recover();
                }
            });
        } catch (RejectedExecutionException ended) {
            LOG.debug("link {}: its thread has ended", spec.id());
        }
    }

    private void round() {
        scheduled.set(false);
        if (phase == Phase.CLOSED) {
            return;
        }
        drain();
        fill();
        pipe.commit();
        publish();
    }

    private void publish() {
        queued = queues.addressees();
        outstandingNow = outstanding;
        submittedNow = submitted;
        receipts = desk.written();
        orphans = desk.orphaned();
    }

    private void tickSoon() {
        execute(this::tick);
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
        watchLink(now);
        fill();
        pipe.commit();
        publish();
        if (phase == Phase.CLOSING && (now > closeBy || (outstanding == 0 && pipe.isIdle()))) {
            end();
        }
    }

    private void poked() {
        poked.set(false);
        if (phase == Phase.RUNNING) {
            sweep();
            reader.read(queues);
            fill();
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
        lease.acquire()
                .whenCompleteAsync(
                        (epoch, failure) -> {
                            if (failure != null || epoch == Leases.NOT_FREE) {
                                again(failure);
                            } else {
                                read(epoch);
                            }
                        },
                        tools.thread());
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
        new JournalReplay(tools.log(), spec.id(), tools.thread(), fresh)
                .run(epoch)
                .whenCompleteAsync(
                        (nothing, failure) -> {
                            if (phase != Phase.READING) {
                                return;
                            }
                            if (failure != null) {
                                again(failure);
                            } else {
                                resume(epoch, fresh);
                            }
                        },
                        tools.thread());
    }

    /** Takes up the work where the journal leaves it. */
    private void resume(long epoch, LinkEvidence fresh) {
        desk.giveUp(fresh);
        pipe.begin(epoch);
        evidence = fresh;
        nextClaim = fresh.nextClaim();
        queues.clear();
        reader.restart();
        outstanding = 0;
        List<Flight> still = new ArrayList<>();
        for (Flight flight : flights.values()) {
            if (flight.submitted
                    && flight.claim.id() < nextClaim
                    && isThis(fresh.claim(flight.claim.id()), flight.claim)) {
                still.add(flight);
            } else if (!flight.judged) {
                breaker.forget();
            }
        }
        flights.clear();
        for (Flight flight : still) {
            flights.put(flight.claim.id(), flight);
            outstanding += flight.outcomes.length;
        }
        Leftovers.of(fresh, flights.keySet(), now(), tools.settings().grace().toMillis())
                .forEach(queues::addAgain);
        for (Flight flight : still) {
            journalAgain(flight);
        }
        phase = Phase.RUNNING;
        LOG.info("link {} is ours, epoch {}, after {} claims", spec.id(), epoch, nextClaim - 1);
        around.changed(fresh.issues());
        sweep();
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
                journal(flight, index, outcome);
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
                if (flights.get(flight.claim.id()) == flight) {
                    journal(flight, burst.index[at], outcome);
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

    private void journal(Flight flight, int index, Outcome outcome) {
        long claim = flight.claim.id();
        pipe.outcome();
        if (outcome instanceof Outcome.Accepted accepted) {
            accept(claim, index, accepted.references());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            if (Breaker.isOfTheLink(rejected.reason()) && alternative(flight.batch) != null) {
                pipe.encoder.deferred(claim, index, rejected.reason(), rejected.code());
            } else {
                pipe.encoder.rejected(claim, index, rejected.reason(), rejected.code());
            }
        } else if (outcome instanceof Outcome.Deferred deferred) {
            boolean reached = deferred.reason() != Reason.LINK_DOWN;
            if (reached && flight.attempt >= tools.settings().attempts()) {
                pipe.encoder.gaveUp(claim, index, deferred.reason(), deferred.code());
            } else {
                pipe.encoder.deferred(claim, index, deferred.reason(), deferred.code());
            }
        }
        if (Breaker.isTrouble(outcome)) {
            flight.troubles++;
        }
        if (--flight.open == 0) {
            finish(flight);
        }
    }

    private void accept(long claim, int index, List<String> references) {
        int count = Math.min(MOST_SEGMENTS, references.size());
        if (count == 1) {
            long reference = Fingerprint.of(references.get(0));
            pipe.encoder.accepted(claim, index, reference);
            evidence.learn(claim, index, reference, 0);
            desk.known(reference);
            return;
        }
        long[] all = new long[count];
        for (int segment = 0; segment < count; segment++) {
            all[segment] = Fingerprint.of(references.get(segment));
        }
        pipe.encoder.accepted(claim, index, all);
        for (int segment = 0; segment < count; segment++) {
            evidence.learn(claim, index, all[segment], segment);
            desk.known(all[segment]);
        }
    }

    /** All of a flight have their outcome: those who need it are queued again, here or on another link. */
    private void finish(Flight flight) {
        pipe.landed(flight);
        if (!flight.judged) {
            flight.judged = true;
            breaker.done(flight);
        }
        int[] numbers = flight.claim.numbers();
        int[] later = new int[numbers.length];
        int[] uncertain = new int[numbers.length];
        int[] elsewhere = new int[numbers.length];
        int laters = 0;
        int uncertains = 0;
        int elsewheres = 0;
        long wait = 0;
        boolean reached = false;
        String other = alternative(flight.batch);
        for (int index = 0; index < numbers.length; index++) {
            Outcome outcome = flight.outcomes[index];
            if (outcome instanceof Outcome.Rejected rejected) {
                if (other != null && Breaker.isOfTheLink(rejected.reason())) {
                    elsewhere[elsewheres++] = numbers[index];
                }
            } else if (outcome instanceof Outcome.Deferred deferred) {
                boolean counts = deferred.reason() != Reason.LINK_DOWN;
                if (counts && flight.attempt >= tools.settings().attempts()) {
                    continue;
                }
                if (deferred.reason() == Reason.UNANSWERED) {
                    uncertain[uncertains++] = numbers[index];
                } else {
                    later[laters++] = numbers[index];
                    wait = Math.max(wait, deferred.retryAfter().toMillis());
                    reached |= counts;
                }
            }
        }
        int next = reached ? flight.attempt + 1 : Math.max(2, flight.attempt);
        if (laters > 0) {
            long pause = Math.max(wait, backOff(flight.attempt));
            queues.addAgain(new Slice(flight.batch, null, next, now() + pause, Arrays.copyOf(later, laters)));
        }
        if (uncertains > 0) {
            long pause = tools.settings().grace().toMillis();
            queues.addAgain(new Slice(
                    flight.batch, null, flight.attempt + 1, now() + pause, Arrays.copyOf(uncertain, uncertains)));
        }
        if (elsewheres > 0 && other != null) {
            move(new Slice(flight.batch, null, next, 0, Arrays.copyOf(elsewhere, elsewheres)), other);
        }
    }

    private long backOff(int attempt) {
        long first = tools.settings().backOff().toMillis();
        long longest = tools.settings().longestBackOff().toMillis();
        return Math.min(longest, first << Math.min(attempt - 1, 16));
    }

    // ---- submits out

    /** Claims from the lanes, the gravest first, as far as window, rate and breaker let it. */
    private void fill() {
        if (phase != Phase.RUNNING || !lease.isHeld() || around.state() != LinkState.UP || pipe.isFull()) {
            return;
        }
        long now = now();
        int most = spec.mostOutstanding();
        int slice = Math.max(1, most / 4);
        for (int lane = 1; lane <= LANES; lane++) {
            int share = lane == 1 ? most : most - (int) (most * tools.settings().redReserve());
            while (outstanding < share) {
                Slice next = queues.poll(lane, now);
                if (next == null) {
                    break;
                }
                Notice notice = sendable(next);
                if (notice == null) {
                    continue;
                }
                int wanted = Math.min(slice, Math.min(share - outstanding, next.size()));
                int granted = budget.take(lane, wanted);
                if (granted == 0 || !breaker.permits()) {
                    queues.putBack(next);
                    return;
                }
                claim(next, next.take(granted));
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
                    .filter(number -> !evidence.isAnswered(issue, number))
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
        queues.hold(new Slice(slice.batch, slice.item, slice.attempt, slice.notBefore, behind));
        if (slice.item != null) {
            reader.split(slice.batch.lane(), slice.item);
        }
    }

    private void claim(Slice slice, int[] numbers) {
        LaneBatch batch = slice.batch;
        Claim claim = claimOf(batch, batch.lane(), numbers);
        Flight flight = new Flight(claim, batch, slice.attempt);
        pipe.encoder.claimed(claim);
        pipe.claimed(flight);
        flights.put(claim.id(), flight);
        outstanding += numbers.length;
        if (slice.size() > 0) {
            queues.putBack(slice);
        } else {
            finishItem(slice);
        }
    }

    private Claim claimOf(LaneBatch batch, int lane, int[] numbers) {
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

    private void finishItem(Slice slice) {
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
            if (inbox.addOutcome(outcome, flight, index)) {
                schedule();
            }
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
        submitted += numbers.length;
        flight.submitted = true;
        try {
            tools.submitter().submit(spec.id(), batch);
        } catch (RuntimeException defect) {
            LOG.error("link {}: a batch could not be handed over", spec.id(), defect);
            batch.settleRest(
                    new Outcome.Deferred(Reason.INTERNAL, "", tools.settings().backOff()));
        }
    }

    // ---- what is not sent, or not here

    private void sweep() {
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

    private @Nullable String alternative(LaneBatch batch) {
        Set<String> tried = new HashSet<>(Arrays.asList(batch.tried().split(",")));
        tried.add(spec.id());
        return around.alternative(tried);
    }

    /** A link that is down for long gives its work to another one. */
    private void watchLink(long now) {
        boolean down = around.state() != LinkState.UP || breaker.isOpen();
        if (!down) {
            downSince = 0;
        } else if (downSince == 0) {
            downSince = now;
        } else if (now - downSince >= tools.settings().failoverAfter().toMillis()
                && around.alternative(Set.of(spec.id())) != null) {
            List<Slice> movable = new ArrayList<>();
            queues.extract(
                    slice -> around.gate(slice.batch.issue()) == Plans.Gate.OPEN && alternative(slice.batch) != null,
                    movable::add);
            for (Slice slice : movable) {
                String other = alternative(slice.batch);
                if (other != null) {
                    move(slice, other);
                }
            }
        }
    }

    private void move(Slice slice, String other) {
        LaneBatch batch = slice.batch;
        String name = batch.id() + ">" + other + "#" + slice.numbers()[0] + "." + slice.size();
        LaneBatch moved = batch.movedFrom(spec.id(), name, slice.numbers());
        tools.lanes()
                .push(other, batch.lane(), name, List.of(moved.encode()))
                .whenCompleteAsync(
                        (nothing, failure) -> {
                            if (phase != Phase.RUNNING) {
                                return;
                            }
                            if (failure != null) {
                                queues.addAgain(new Slice(batch, slice.item, 2, now() + 1_000, slice.numbers()));
                                return;
                            }
                            Claim claim = claimOf(batch, Claim.FOR_THE_RECORD, slice.numbers());
                            pipe.encoder.claimed(claim);
                            for (int index = 0; index < claim.numbers().length; index++) {
                                pipe.encoder.moved(claim.id(), index, other);
                            }
                            slice.keep(new int[0]);
                            finishItem(slice);
                            pipe.commit();
                            around.pushed(other);
                        },
                        tools.thread());
    }

    private void arrived(Slice slice) {
        slice.keep(evidence.notBegun(slice.batch.issue(), slice.numbers()));
        if (slice.size() == 0) {
            finishItem(slice);
        } else {
            queues.add(slice);
        }
        schedule();
    }

    private long now() {
        return tools.clock().millis();
    }

    private final class Ends implements CommitPipe.Ends {
        @Override
        public void durable(CommitPipe.Commit commit) {
            if (phase == Phase.CLOSED) {
                return;
            }
            Set<String> touched = evidence.apply(commit.entry());
            boolean may = lease.isHeld();
            outstanding -= commit.outcomes();
            commit.landed().forEach(landed -> flights.remove(landed.claim.id(), landed));
            for (Kept kept : commit.kept()) {
                kept.settled(may);
            }
            for (Flight flight : commit.flights()) {
                if (may) {
                    submit(flight);
                }
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
