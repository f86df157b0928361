package org.tocsin.gateway.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Message;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Receipt;
import org.tocsin.gateway.dispatch.camel.CamelBridge;
import org.tocsin.gateway.receipt.Bits;
import org.tocsin.gateway.receipt.EvidenceMerge;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.LinkEvidence;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisJournal;
import org.tocsin.gateway.store.RedisLanes;

/** Workers of one channel's links over real Redis and real Camel, with links in memory. */
final class LinkBench implements AutoCloseable {
    static final DispatchSettings QUICK = new DispatchSettings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofMillis(1_500),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            4,
            Duration.ofMillis(400),
            0.25);

    final Map<String, ScriptedLink> links = new LinkedHashMap<>();
    final Map<String, LinkWorker> workers = new LinkedHashMap<>();
    final Map<String, Plans.Gate> gates = new ConcurrentHashMap<>();
    final Map<String, List<String>> predecessors = new ConcurrentHashMap<>();
    final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    final Set<String> sealed = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, RoaringBitmap>> planned = new HashMap<>();
    private final Redis redis;
    private final CamelBridge camel = CamelBridge.start();
    private final RedisJournal journal;
    private final RedisLanes lanes;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final List<ExecutorService> threads = new ArrayList<>();
    private final String node;

    LinkBench(Redis redis, String node) {
        this.redis = redis;
        this.node = node;
        this.journal = new RedisJournal(redis);
        this.lanes = new RedisLanes(redis);
    }

    /** The link of an id. */
    ScriptedLink link(String id) {
        return links.computeIfAbsent(id, ScriptedLink::new);
    }

    /** Adds a link with its worker. */
    LinkWorker add(String id, DispatchSettings settings) {
        return add(new LinkSpec(id, "fake", id, 1, 256, 0, Map.of()), settings);
    }

    LinkWorker add(LinkSpec spec, DispatchSettings settings) {
        ScriptedLink link = links.computeIfAbsent(spec.id(), ScriptedLink::new);
        camel.add(spec.id(), link);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        threads.add(thread);
        LinkWorker worker = new LinkWorker(
                spec,
                new LinkWorker.Tools(
                        journal,
                        lanes,
                        lanes,
                        camel,
                        thread,
                        timer,
                        InstantSource.system(),
                        System::nanoTime,
                        node,
                        settings),
                new Around(spec.id()));
        workers.put(spec.id(), worker);
        worker.start();
        return worker;
    }

    /** Puts persons into a link's lane. */
    void plan(String link, String issue, int lane, int from, int to) {
        RoaringBitmap numbers = new RoaringBitmap();
        List<byte[]> batches = new ArrayList<>();
        for (int first = from; first < to; first += 256) {
            int[] part = IntStream.range(first, Math.min(to, first + 256)).toArray();
            numbers.add(part);
            batches.add(new LaneBatch(issue + ":" + first, issue, issue, "n", lane, false, 1, "", part).encode());
        }
        planned.computeIfAbsent(issue, unknown -> new HashMap<>()).put(link, numbers);
        lanes.push(link, lane, issue + ":" + from, batches)
                .toCompletableFuture()
                .join();
        workers.values().forEach(LinkWorker::poke);
    }

    /** The evidence of an issue now. */
    IssueEvidence evidence(String issue) {
        Map<String, LinkEvidence> known = new LinkedHashMap<>();
        workers.forEach((id, worker) -> known.put(id, worker.evidence()));
        Map<String, Bits> bits = new HashMap<>();
        planned.getOrDefault(issue, Map.of()).forEach((link, numbers) -> bits.put(link, Bits.of(numbers)));
        return EvidenceMerge.merge(
                issue, 1, List.of(new EvidenceMerge.ChannelPart("fake", false, true, bits)), Map.of("fake", known));
    }

    /** A delivery report. */
    static Receipt delivered(@Nullable String reference, @Nullable String address) {
        return new Receipt(reference, address, Evidence.DELIVERED, null, "DELIVRD", Instant.now());
    }

    static String address(int number) {
        return "1991" + (10_000_000 + number);
    }

    void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    /** Ends as a crash does: nothing is awaited, no lease given back. */
    void crash() {
        workers.values().forEach(LinkWorker::abandon);
        timer.shutdownNow();
        threads.forEach(ExecutorService::shutdownNow);
        journal.close();
        lanes.close();
        camel.close();
        redis.connection()
                .sync()
                .del(workers.keySet().stream()
                        .map(id -> "{link:" + id + "}:lease")
                        .toArray(String[]::new));
    }

    @Override
    public void close() {
        workers.values().forEach(LinkWorker::close);
        timer.shutdownNow();
        threads.forEach(ExecutorService::shutdownNow);
        journal.close();
        lanes.close();
        camel.close();
    }

    private final class Around implements LinkSurroundings {
        @Override
        public boolean isSealed(String issue) {
            return sealed.contains(issue);
        }

        private final String link;

        Around(String link) {
            this.link = link;
        }

        @Override
        public @Nullable String address(int number) {
            return LinkBench.address(number);
        }

        @Override
        public boolean isProbe(int number) {
            return false;
        }

        @Override
        public @Nullable Notice notice(String issue, String key) {
            return LinkBench.notice(issue, expiries.getOrDefault(issue, Instant.MAX));
        }

        @Override
        public Plans.Gate gate(String issue) {
            return gates.getOrDefault(issue, Plans.Gate.OPEN);
        }

        @Override
        public boolean hasOpenPredecessor(String issue) {
            return predecessors.getOrDefault(issue, List.of()).stream().anyMatch(earlier -> workers.values().stream()
                    .anyMatch(worker -> worker.evidence().isAnyWithCarrier(earlier)));
        }

        @Override
        public boolean isOpenInPredecessor(String issue, int number) {
            return predecessors.getOrDefault(issue, List.of()).stream().anyMatch(earlier -> workers.values().stream()
                    .anyMatch(worker -> worker.evidence().isWithCarrier(earlier, number)));
        }

        @Override
        public @Nullable String alternative(Set<String> without, int lane) {
            return links.keySet().stream()
                    .filter(other -> !without.contains(other) && link(other).state() == LinkState.UP)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public LinkState state() {
            ScriptedLink mine = links.get(link);
            return mine == null ? LinkState.CLOSED : mine.state();
        }

        @Override
        public void changed(Set<String> issues) {
            // Tests ask.
        }

        @Override
        public void pushed(String other) {
            LinkWorker worker = workers.get(other);
            if (worker != null) {
                worker.poke();
            }
        }
    }

    private static Notice notice(String issue, Instant expires) {
        OffsetDateTime sent = OffsetDateTime.parse("2026-07-20T08:00:00+08:00");
        Info info = Info.of(
                "zh-CN", List.of(Category.MET), "暴雨", Urgency.IMMEDIATE, Severity.EXTREME, Certainty.LIKELY, List.of());
        Alert alert = new Alert(
                issue,
                "test",
                sent,
                Status.ACTUAL,
                MsgType.ALERT,
                null,
                Scope.PUBLIC,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(info));
        return new Notice(issue, issue, alert, info, Level.I, new Message("zh-CN", Map.of("text", "暴雨")), expires);
    }
}
