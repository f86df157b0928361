package org.tocsin.gateway.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.channel.Channel;
import org.tocsin.channel.TerminalLink;
import org.tocsin.gateway.dispatch.camel.CamelBridge;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisJournal;
import org.tocsin.gateway.store.RedisLanes;
import org.tocsin.gateway.store.RedisPlans;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;
import org.tocsin.wording.Wording;

/** A whole dispatcher over real Redis, real Camel and a real registry; the carrier's end is scripted, or simulated. */
final class CountyBench implements AutoCloseable {
    final ScriptedLink link = new ScriptedLink("sms-1");
    final CountyDispatcher dispatcher;
    final MemorySeals seals = new MemorySeals();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final CamelBridge camel = CamelBridge.start();
    private final RedisJournal journal;
    private final RedisLanes lanes;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    CountyBench(Redis redis, Registry registry) {
        this(redis, registry, SendingCare.plain());
    }

    /** With the one scripted link and other care. */
    CountyBench(Redis redis, Registry registry, SendingCare care) {
        this(redis, registry, care, List.of(new LinkSpec("sms-1", "sms", "p", 1, 256, 0, Map.of())), null);
    }

    /** With other links, of which all are a channel's; null for the scripted one's. */
    CountyBench(Redis redis, Registry registry, SendingCare care, List<LinkSpec> links, @Nullable Channel channel) {
        journal = new RedisJournal(redis);
        lanes = new RedisLanes(redis);
        dispatcher = new CountyDispatcher(
                links,
                List.of(channel == null ? new FakeChannel(link) : channel),
                new DispatchStore(journal, lanes, lanes, new RedisPlans(redis), seals),
                new AudienceSource(registry, new Targeting(TargetingSettings.DEFAULT), Wording.standard()),
                new LinkGear(
                        () -> Instant.now().plus(ahead.get()),
                        new Random(1),
                        timer,
                        request -> CompletableFuture.failedStage(new IllegalStateException("nobody is asked")),
                        new Nobody()),
                camel,
                id -> thread,
                "a",
                LinkBench.QUICK,
                IssueStates.none(),
                care);
    }

    /** An actual Alert for a division. */
    static Issue alert(String id, String division) {
        return issue(id, Status.ACTUAL, MsgType.ALERT, division, List.of());
    }

    /** An actual Alert of a level. */
    static Issue alert(String id, String division, Level level) {
        return issue(id, Status.ACTUAL, MsgType.ALERT, division, List.of(), level);
    }

    static Issue issue(String id, Status status, MsgType type, String division, List<String> predecessors) {
        return issue(id, status, type, division, predecessors, Level.I);
    }

    static Issue issue(
            String id, Status status, MsgType type, String division, List<String> predecessors, Level level) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Info info = new Info(
                "zh-CN",
                List.of(Category.MET),
                "暴雨",
                List.of(),
                Urgency.IMMEDIATE,
                Severity.EXTREME,
                Certainty.LIKELY,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                "暴雨红色预警",
                "三小时内降雨将达一百毫米以上。",
                "请立即转移。",
                null,
                null,
                List.of(),
                List.of(),
                List.of(new Area(
                        "夏邑县",
                        List.of(),
                        List.of(),
                        List.of(new NamedValue("CPEAS Geographic Code", division)),
                        null,
                        null)));
        Alert alert = new Alert(
                id,
                "test",
                OffsetDateTime.ofInstant(now, ZoneOffset.ofHours(8)),
                status,
                type,
                null,
                Scope.PUBLIC,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(info));
        String first = predecessors.isEmpty() ? id : predecessors.get(0);
        return new Issue(id, first, predecessors, alert, level, "residents", Set.of(), now.plus(Duration.ofHours(6)));
    }

    IssueEvidence evidence(String issue) {
        return dispatcher.evidence(issue).orElseThrow();
    }

    /** To whom an issue was submitted. */
    Set<String> addressees(String issue) {
        return link.counts().keySet().stream()
                .filter(submit -> submit.startsWith(issue + " "))
                .map(submit -> submit.substring(issue.length() + 1))
                .collect(Collectors.toSet());
    }

    /** Puts the clock forward. */
    void later(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    @Override
    public void close() {
        dispatcher.close();
        timer.shutdownNow();
        thread.shutdownNow();
        journal.close();
        lanes.close();
        camel.close();
    }

    private static final class Nobody implements TerminalLink {
        @Override
        public void send(
                List<String> terminals,
                UnaryOperator<String> topic,
                byte[] payload,
                Duration timeout,
                Answers answers) {
            for (int index = 0; index < terminals.size(); index++) {
                answers.answer(index, Answer.OFFLINE);
            }
        }

        @Override
        public void listen(String topicFilter, Reports reports) {
            // Nobody reports.
        }
    }
}
