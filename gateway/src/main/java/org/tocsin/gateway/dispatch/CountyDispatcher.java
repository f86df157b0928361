package org.tocsin.gateway.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Reason;
import org.tocsin.channel.ReceiptSink;
import org.tocsin.channel.Reply;
import org.tocsin.channel.ReplySink;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.IssueReplay;
import org.tocsin.gateway.receipt.LinkEvidence;
import org.tocsin.gateway.registry.Operators;
import org.tocsin.gateway.targeting.MeasuredArea;

/** The dispatcher of one node: a worker for each link, and the issues that it was given. */
public final class CountyDispatcher implements Dispatcher, LinkDesk {
    private static final Logger LOG = LoggerFactory.getLogger(CountyDispatcher.class);
    private static final int BATCHES_A_PUSH = 200;
    private static final long UPKEEP_MILLIS = 100;
    private static final long UPKEEP_ENDS_SECONDS = 2;
    private static final int GATES_EVERY = 3;
    private static final int SEALS_EVERY = 50;
    private static final int BALANCE_EVERY = 5;
    private static final int LANES = 4;
    private static final int FIRST_REFUSABLE_LANE = 3;
    private static final long PUSH_SECONDS = 15;

    private final class Route implements LinkSurroundings {
        final LinkSpec spec;
        final Capabilities capabilities;
        final LinkWorker worker;
        final Link link;
        final LinkTerms terms;
        final LinkSpending spending;
        final LinkProbe probe;
        private volatile int quietLanes;

        Route(LinkSpec spec, Channel channel, LinkGear gear, Executor thread, String node, DispatchSettings settings) {
            this.spec = spec;
            this.capabilities = channel.capabilities();
            LinkWorker.Tools tools = new LinkWorker.Tools(
                    store.journal(),
                    store.lanes(),
                    store.leases(),
                    submitter,
                    thread,
                    gear.timer(),
                    gear.clock(),
                    System::nanoTime,
                    node,
                    settings);
            this.worker = new LinkWorker(spec, tools, this);
            this.terms = LinkTerms.of(spec);
            this.spending = new LinkSpending(spec.id(), terms, care.spends(), care.zone());
            ReplySink replies = (reply, kept) -> care.replies().take(spec.channel(), spec.id(), reply, kept);
            this.probe =
                    new LinkProbe(spec.id(), terms.probe(), submitter, gear.clock(), care.zone(), care.probeEvery());
            ReceiptSink kept = worker.receipts();
            ReceiptSink receipts = terms.probe().isEmpty()
                    ? kept
                    : (receipt, told) -> {
                        if (probe.takes(receipt)) {
                            told.settled(true);
                        } else {
                            kept.accept(receipt, told);
                        }
                    };
            this.link = channel.open(new OpenedLink(spec, gear, watched(receipts), replies));
            submitter.add(spec.id(), link);
        }

        /** A test's receipts are no evidence: they stay out of the journal. */
        private ReceiptSink watched(ReceiptSink to) {
            boolean ofTerminals = capabilities.addressing() instanceof Addressing.Terminal;
            return (receipt, kept) -> {
                if (tests.isTaken(receipt)) {
                    kept.settled(true);
                    return;
                }
                if (ofTerminals) {
                    terminalReports.note(receipt, gear.clock().instant());
                }
                to.accept(receipt, kept);
            };
        }

        @Override
        public @Nullable String address(int number) {
            if (capabilities.addressing() instanceof Addressing.Person person) {
                return sources.registry().people().address(person.column(), number);
            }
            return sources.registry().terminals().get(number).code();
        }

        @Override
        public boolean isProbe(int number) {
            return capabilities.addressing() instanceof Addressing.Person
                    ? sources.registry().people().isProbe(number)
                    : sources.registry().terminals().get(number).probe();
        }

        @Override
        public @Nullable Notice notice(String issue, String key) {
            return book.notice(issue, key);
        }

        @Override
        public Plans.Gate gate(String issue) {
            // The gate of a sealed issue is not kept any more; a link may have read its journal from before that.
            return sealed.contains(issue) ? Plans.Gate.DROPPED : gates.getOrDefault(issue, Plans.Gate.OPEN);
        }

        @Override
        public boolean hasOpenPredecessor(String issue) {
            for (String earlier : book.predecessors(issue)) {
                for (Route route : routes.values()) {
                    if (route.spec.channel().equals(spec.channel())
                            && route.worker.evidence().isAnyWithCarrier(earlier)) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public boolean isOpenInPredecessor(String issue, int number) {
            for (String earlier : book.predecessors(issue)) {
                for (Route route : routes.values()) {
                    if (route.spec.channel().equals(spec.channel())
                            && route.worker.evidence().isWithCarrier(earlier, number)) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public @Nullable String alternative(Set<String> without, int lane) {
            List<Route> others = routes.values().stream()
                    .filter(route -> route.spec.channel().equals(spec.channel())
                            && !without.contains(route.spec.id())
                            && route.state() == LinkState.UP
                            && !route.isSpent(lane))
                    .toList();
            if (others.size() < 2) {
                return others.isEmpty() ? null : others.get(0).spec.id();
            }
            double[] weights = weights(others, lane);
            int best = 0;
            for (int at = 1; at < weights.length; at++) {
                best = weights[at] > weights[best] ? at : best;
            }
            return others.get(best).spec.id();
        }

        @Override
        public int[] carried(String other, int[] numbers) {
            Route route = routes.get(other);
            if (route == null || route.terms.foreign() || route.terms.isForAll()) {
                return numbers;
            }
            Operators table = operators;
            return Arrays.stream(numbers)
                    .filter(number -> {
                        String address = address(number);
                        return address != null
                                && table.of(address).equals(route.terms.terms().operator());
                    })
                    .toArray();
        }

        @Override
        public boolean isQuiet(int lane) {
            return (quietLanes & 1 << lane) != 0;
        }

        @Override
        public boolean isSpent(int lane) {
            return spending.holds(lane);
        }

        /** What changes by itself, now and then: spending and the hours. */
        void keepUp(Instant now) {
            int lanes = 0;
            for (int lane = 1; lane <= LANES; lane++) {
                lanes |= care.quiet().holds(spec.channel(), lane, now) ? 1 << lane : 0;
            }
            quietLanes = lanes;
            spending.note(worker.pulse().segments(), now);
            probe.look(link.state() == LinkState.UP && worker.phase() == LinkWorker.Phase.RUNNING);
        }

        @Override
        public boolean isSealed(String issue) {
            return sealed.contains(issue);
        }

        @Override
        public LinkState state() {
            return link.state();
        }

        @Override
        public void changed(Set<String> issues) {
            issues.forEach(board::changed);
            dirty.addAll(issues);
        }

        @Override
        public void pushed(String other) {
            Route route = routes.get(other);
            if (route != null) {
                route.worker.poke();
            }
        }
    }

    private final SendingCare care;
    private final DispatchStore store;
    private final AudienceSource sources;
    private final Submitter submitter;
    private final IssueStates states;
    private final LinkGear gear;
    private final IssueBook book;
    private final TestSends tests;
    private final TerminalReports terminalReports = new TerminalReports();
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private volatile Operators operators = Operators.standard();
    private final Map<String, Plans.Gate> gates = new ConcurrentHashMap<>();
    private final EvidenceBoard board =
            new EvidenceBoard(new LinksNow(), System::nanoTime, Duration.ofMillis(UPKEEP_MILLIS));
    private final Set<String> dirty = ConcurrentHashMap.newKeySet();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    /** The sealed issues that some link may still know. */
    private final Set<String> sealed = ConcurrentHashMap.newKeySet();

    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService upkeep = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dispatch-upkeep");
        thread.setDaemon(true);
        return thread;
    });
    private final java.util.concurrent.ScheduledFuture<?> keeping;
    private long rounds;

    /**
     * Opens the links and begins to try for their leases.
     *
     * @param links the links by their settings
     * @param channels the channels that are there
     * @param store where state is kept
     * @param sources of whom to plan, and in which words
     * @param gear what the links are given from outside
     * @param submitter hands batches to channels; stays its caller's
     * @param threads the thread of a link's worker, by the link's id: one task after another
     * @param node this node's id, of no other node
     * @param settings times and limits
     * @param states hears where an issue stands
     * @param care with what care is sent
     * @throws org.tocsin.channel.InvalidSettings when a link's settings are wrong
     * @throws IllegalArgumentException when a link's channel is not there
     */
    public CountyDispatcher(
            List<LinkSpec> links,
            List<Channel> channels,
            DispatchStore store,
            AudienceSource sources,
            LinkGear gear,
            Submitter submitter,
            Function<String, Executor> threads,
            String node,
            DispatchSettings settings,
            IssueStates states,
            SendingCare care) {
        this.care = care;
        this.store = store;
        this.sources = sources;
        this.gear = gear;
        this.submitter = submitter;
        this.states = states;
        this.book = new IssueBook(store.plans(), store.seals(), sources, care);
        this.tests = new TestSends(sources.wording(), gear.clock(), submitter);
        gates.putAll(store.plans().gates());
        for (LinkSpec spec : links) {
            Channel channel = channels.stream()
                    .filter(candidate -> candidate.name().equals(spec.channel()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "link " + spec.id() + ": there is no channel '" + spec.channel() + "'"));
            routes.put(spec.id(), new Route(spec, channel, gear, threads.apply(spec.id()), node, settings));
        }
        routes.values().forEach(route -> {
            route.keepUp(gear.clock().instant());
            route.worker.start();
        });
        keeping = upkeep.scheduleWithFixedDelay(this::keepUp, UPKEEP_MILLIS, UPKEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public int begin(Issue issue) {
        for (String earlier : issue.predecessors()) {
            shut(earlier, Plans.Gate.DROPPED);
        }
        Plan plan = book.begin(issue, ways(issue), gear.clock().instant());
        if (!store.plans().isPushed(issue.id())) {
            push(plan);
            store.plans().markPushed(issue.id());
        }
        states.dispatching(issue.id());
        board.changed(issue.id());
        dirty.add(issue.id());
        pokeAll();
        return plan.addressees();
    }

    @Override
    public void stop(String issue) {
        shut(issue, Plans.Gate.STOPPED);
    }

    @Override
    public void resume(String issue) {
        shut(issue, Plans.Gate.OPEN);
    }

    @Override
    public void drop(String issue, Reason reason) {
        shut(issue, reason == Reason.EXPIRED ? Plans.Gate.EXPIRED : Plans.Gate.DROPPED);
    }

    @Override
    public Optional<IssueEvidence> evidence(String issue) {
        Optional<Plan> plan = book.plan(issue);
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        return book.isSealed(issue)
                ? board.sealed(plan.get(), () -> store.seals().evidence(issue))
                : Optional.of(board.read(plan.get()));
    }

    @Override
    public Set<String> ended() {
        return gates.entrySet().stream()
                .filter(gate -> gate.getValue() == Plans.Gate.DROPPED || gate.getValue() == Plans.Gate.EXPIRED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public void sealed(String issue) {
        book.seal(issue);
        board.forget(issue);
        gates.remove(issue);
        sent.remove(issue);
        sealed.add(issue);
    }

    @Override
    public Optional<MeasuredArea> area(String issue) {
        return book.plan(issue).map(Plan::area);
    }

    @Override
    public Optional<Replayed> replay(String issue, IssueReplay.Listener listener) {
        Optional<Plan> found = book.plan(issue);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (book.isSealed(issue)) {
            return Optional.empty();
        }
        Plan plan = found.get();
        IssueReplay replay = new IssueReplay(store.journal(), issue, listener);
        Map<String, String> channels = new TreeMap<>();
        plan.groups().forEach(group -> channels.put(group.link(), group.channel()));
        Set<String> planned = Set.copyOf(channels.values());
        for (Route route : routes.values()) {
            // Whoever a link could not reach may have been moved to any other one of its channel.
            if (planned.contains(route.spec.channel())) {
                channels.put(route.spec.id(), route.spec.channel());
            }
        }
        channels.forEach((link, channel) -> {
            Route route = routes.get(link);
            replay.link(channel, link, number -> route == null ? null : route.address(number));
        });
        return Optional.of(new Replayed(
                replay.evidence(board.channelParts(plan)),
                plan.area(),
                plan.hashes(),
                plan.generation(),
                plan.made(),
                channels));
    }

    @Override
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public List<LinkHealth> links() {
        return routes.values().stream().map(CountyDispatcher::health).toList();
    }

    private static LinkHealth health(Route route) {
        LinkProbe.Tested tested = route.probe.last();
        return route.worker
                .health()
                .with(
                        new LinkMoney(
                                route.terms.terms().price(),
                                route.spending.spent(),
                                route.terms.monthlyLimit(),
                                route.spending.isNear(),
                                route.spending.holds(LANES)),
                        new LinkTest(
                                !route.terms.probe().isEmpty(),
                                tested.at(),
                                tested.ok(),
                                tested.millis(),
                                tested.why()),
                        route.terms.terms().operator(),
                        route.link.health());
    }

    @Override
    public CompletionStage<Optional<Recipient>> whose(String link, String address, Reply reply) {
        Route route = routes.get(link);
        if (route == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        long at = reply.at().toEpochMilli();
        String extension = reply.extension();
        if (extension.isEmpty() || care.style().extensionDigits() == 0) {
            return route.worker.whose(address, at, issue -> true);
        }
        return route.worker
                .whose(address, at, issue -> care.style().extension(issue).equals(extension))
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedStage(found)
                        : route.worker.whose(address, at, issue -> true));
    }

    @Override
    public CompletionStage<Boolean> acknowledged(String link, String address, Recipient whom, String code, Instant at) {
        Route route = routes.get(link);
        return route == null
                ? CompletableFuture.completedStage(false)
                : route.worker.acknowledged(address, whom, code, at);
    }

    @Override
    public List<LinkView> views() {
        return routes.values().stream()
                .map(route -> new LinkView(
                        health(route),
                        route.spec.binds(),
                        route.spec.window(),
                        route.spec.rate(),
                        route.capabilities.addressing() instanceof Addressing.Person person ? person.column() : null))
                .toList();
    }

    @Override
    public TerminalReports reports() {
        return terminalReports;
    }

    @Override
    public TestSend test(String link, String who, String name) {
        Route route = routes.get(link);
        if (route == null || !(route.capabilities.addressing() instanceof Addressing.Person person)) {
            throw new TestSendRefused(TestSendRefused.Why.NO_LINK);
        }
        if (route.state() != LinkState.UP || !route.worker.health().owned()) {
            throw new TestSendRefused(TestSendRefused.Why.LINK_DOWN);
        }
        return tests.send(
                new TestSends.Way(link, route.spec.channel(), person.column()),
                who,
                name,
                sources.registry().people());
    }

    @Override
    public List<TestSend> tests(String who) {
        return tests.of(who);
    }

    @Override
    public CompletionStage<CallbackAnswer> callback(String channel, String provider, CallbackRequest request) {
        for (Route route : routes.values()) {
            if (route.spec.channel().equals(channel) && route.spec.provider().equals(provider)) {
                return route.link.callback(request);
            }
        }
        return CompletableFuture.completedStage(new CallbackAnswer(404, "text/plain", "no such provider"));
    }

    @Override
    public void close() {
        keeping.cancel(false);
        // What it is just doing it may finish; cut short, the store's command would be reported as failed.
        upkeep.shutdown();
        awaitUpkeep();
        routes.values().forEach(route -> route.worker.close());
        routes.values().forEach(route -> route.link.close());
    }

    private void awaitUpkeep() {
        try {
            if (!upkeep.awaitTermination(UPKEEP_ENDS_SECONDS, TimeUnit.SECONDS)) {
                upkeep.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            upkeep.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Stops as a crash would: nothing is awaited, no lease given back. For tests. */
    void abandon() {
        keeping.cancel(false);
        upkeep.shutdownNow();
        routes.values().forEach(route -> route.worker.abandon());
        routes.values().forEach(route -> route.link.close());
    }

    private void shut(String issue, Plans.Gate gate) {
        synchronized (gates) {
            // Those who look after the warnings ask again and again; what is so already costs no write.
            if (store.plans().gates().getOrDefault(issue, Plans.Gate.OPEN) != gate) {
                store.plans().gate(issue, gate);
            }
            readGates();
        }
    }

    /** Takes over the gates as they are kept; nobody shuts one in between, or it would stand open for a moment. */
    private void readGates() {
        synchronized (gates) {
            Map<String, Plans.Gate> kept = store.plans().gates();
            if (!kept.equals(gates)) {
                gates.putAll(kept);
                gates.keySet().retainAll(kept.keySet());
                pokeAll();
            }
        }
    }

    private void pokeAll() {
        routes.values().forEach(route -> route.worker.poke());
    }

    private List<Planner.Way> ways(Issue issue) {
        Map<String, List<Route>> byChannel = new TreeMap<>();
        for (Route route : routes.values()) {
            if (issue.channels().isEmpty() || issue.channels().contains(route.spec.channel())) {
                byChannel
                        .computeIfAbsent(route.spec.channel(), unknown -> new ArrayList<>())
                        .add(route);
            }
        }
        List<Planner.Way> ways = new ArrayList<>();
        byChannel.forEach((channel, all) -> {
            int lane = issue.level().lane();
            List<Route> up = all.stream()
                    .filter(route -> route.state() == LinkState.UP && !route.isSpent(lane))
                    .toList();
            List<Route> used = up.isEmpty() ? all : up;
            double[] weights = weights(used, lane);
            List<Planner.Share> shares = new ArrayList<>();
            for (int at = 0; at < used.size(); at++) {
                Route route = used.get(at);
                shares.add(new Planner.Share(route.spec, route.terms, weights[at]));
            }
            boolean byOperator = used.size() > 1 && used.stream().anyMatch(route -> !route.terms.isForAll());
            boolean mayRefuse = lane >= FIRST_REFUSABLE_LANE && care.optOuts().hasAny(channel);
            ways.add(new Planner.Way(
                    channel,
                    all.get(0).capabilities,
                    shares,
                    byOperator ? refreshOperators() : null,
                    mayRefuse ? address -> care.optOuts().contains(channel, address) : null));
        });
        return ways;
    }

    private Operators refreshOperators() {
        Operators table = care.operators().get();
        operators = table;
        return table;
    }

    private static double[] weights(List<Route> links, int lane) {
        if (links.size() == 1) {
            return new double[] {1};
        }
        return LinkScore.weights(
                links.stream()
                        .map(route -> new LinkScore.Candidate(
                                route.spec.id(),
                                route.terms,
                                route.worker.health().quality()))
                        .toList(),
                lane);
    }

    /** Evens out what waits on the links of each channel that has several. */
    private void balance() {
        Map<String, List<Route>> byChannel = new TreeMap<>();
        for (Route route : routes.values()) {
            if (route.state() == LinkState.UP && route.worker.phase() == LinkWorker.Phase.RUNNING) {
                byChannel
                        .computeIfAbsent(route.spec.channel(), unknown -> new ArrayList<>())
                        .add(route);
            }
        }
        for (List<Route> links : byChannel.values()) {
            if (links.size() < 2) {
                continue;
            }
            List<LinkBalance.Load> loads = links.stream()
                    .map(route -> {
                        LinkHealth health = route.worker.health();
                        double speed = health.quality().speed();
                        // While it has work, what it takes is what it can take.
                        return new LinkBalance.Load(
                                health.link(),
                                health.queued(),
                                health.queued() > 0 && speed >= 1 ? speed : LinkScore.capacity(health.quality()));
                    })
                    .toList();
            for (LinkBalance.Relief relief : LinkBalance.of(loads)) {
                Route from = routes.get(relief.from());
                if (from != null) {
                    from.worker.relieve(relief.to(), relief.count());
                }
            }
        }
    }

    private void push(Plan plan) {
        List<CompletionStage<Void>> pushes = new ArrayList<>();
        for (int at = 0; at < plan.groups().size(); at++) {
            Plan.Group group = plan.groups().get(at);
            int[] numbers = group.numbers().toArray();
            List<byte[]> chunk = new ArrayList<>();
            int batches = 0;
            for (int from = 0; from < numbers.length; from += group.batch()) {
                int[] part = Arrays.copyOfRange(numbers, from, Math.min(numbers.length, from + group.batch()));
                chunk.add(batch(plan, group, at, batches++, part).encode());
                if (chunk.size() == BATCHES_A_PUSH || from + group.batch() >= numbers.length) {
                    String mark = plan.issue() + ":" + at + ":" + batches;
                    pushes.add(store.lanes().push(group.link(), plan.lane(), mark, chunk));
                    chunk = new ArrayList<>();
                }
            }
        }
        pushes.forEach(CountyDispatcher::await);
    }

    private static LaneBatch batch(Plan plan, Plan.Group group, int at, int count, int[] numbers) {
        return new LaneBatch(
                plan.issue() + ":" + at + ":" + count,
                plan.warning(),
                plan.issue(),
                group.notice(),
                plan.lane(),
                group.terminals(),
                plan.generation(),
                "",
                numbers);
    }

    private static void await(CompletionStage<Void> pushed) {
        try {
            pushed.toCompletableFuture().get(PUSH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", interrupted));
        } catch (ExecutionException failed) {
            throw new UncheckedIOException(new IOException(failed.getCause()));
        } catch (TimeoutException late) {
            throw new UncheckedIOException(new IOException("the store took too long", late));
        }
    }

    private final class LinksNow implements EvidenceBoard.Sources {
        @Override
        public Map<String, Map<String, LinkEvidence>> links() {
            Map<String, Map<String, LinkEvidence>> links = new TreeMap<>();
            for (Route route : routes.values()) {
                links.computeIfAbsent(route.spec.channel(), unknown -> new LinkedHashMap<>())
                        .put(route.spec.id(), route.worker.evidence());
            }
            return links;
        }

        @Override
        public Duration reportsWithin(String channel) {
            return routes.values().stream()
                    .filter(route -> route.spec.channel().equals(channel)
                            && route.capabilities.strongest().isPositive())
                    .map(route -> route.capabilities.reportsWithin())
                    .findFirst()
                    .orElse(Duration.ZERO);
        }

        @Override
        public Instant now() {
            return gear.clock().instant();
        }
    }

    private void keepUp() {
        try {
            if (rounds++ % GATES_EVERY == 0) {
                readGates();
            }
            if (rounds % SEALS_EVERY == 0) {
                readSeals();
            }
            if (rounds % BALANCE_EVERY == 0) {
                Instant now = gear.clock().instant();
                routes.values().forEach(route -> route.keepUp(now));
                balance();
            }
            dirty.addAll(board.overtaken());
            for (String issue : Set.copyOf(dirty)) {
                dirty.remove(issue);
                if (book.isSealed(issue)) {
                    continue;
                }
                // Whoever is told finds what it is told of, and the others share this one merge.
                book.plan(issue).ifPresent(board::refresh);
                listeners.forEach(listener -> listener.accept(issue));
                tellWhenSent(issue);
            }
        } catch (RuntimeException failed) {
            LOG.warn("upkeep: {}", failed.toString());
        }
    }

    /** Learns which of the issues that links know were sealed, perhaps by another gateway or before a restart. */
    private void readSeals() {
        Set<String> known = new HashSet<>();
        routes.values().forEach(route -> known.addAll(route.worker.evidence().issues()));
        sealed.retainAll(known);
        known.removeAll(sealed);
        if (!known.isEmpty()) {
            Set<String> found = store.seals().sealed(known);
            found.forEach(this::sealed);
            if (!found.isEmpty()) {
                pokeAll();
            }
        }
    }

    private void tellWhenSent(String issue) {
        if (book.isBegun(issue) && !sent.contains(issue)) {
            boolean nothingLeft = evidence(issue)
                    .map(evidence ->
                            evidence.open().unsent() == 0 && evidence.open().unanswered() == 0)
                    .orElse(false);
            if (nothingLeft && sent.add(issue)) {
                states.sent(issue);
            }
        }
    }
}
