package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

/** Several links of one channel over real Redis: what one cannot send another one does. */
@ExtendWith(RedisExtension.class)
class FailoverTest {
    @Test
    void aNumberIsRefusedByTwoProvidersAtMost(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            for (String link : new String[] {"fake-1", "fake-2", "fake-3"}) {
                bench.add(link, LinkBench.QUICK);
                bench.link(link)
                        .does((batch, index) -> batch.settle(index, new Outcome.Rejected(Reason.CONTENT_REFUSED, "9")));
            }
            bench.plan("fake-1", "w1", 1, 0, 50);

            bench.await(() -> bench.evidence("w1").counts("fake").failed() == 50
                    && bench.evidence("w1").open().unsent() == 0);

            int asked = bench.links.values().stream()
                    .mapToInt(link -> link.submits().size())
                    .sum();
            assertEquals(100, asked);
        }
    }

    @Test
    void aLinkThatDropsMidwayLosesNobodyAndRepeatsOnlyWhatWasUnanswered(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.add("fake-1", LinkBench.QUICK);
            bench.add("fake-2", LinkBench.QUICK);
            AtomicInteger taken = new AtomicInteger();
            Set<String> unanswered = ConcurrentHashMap.newKeySet();
            bench.link("fake-1").does((batch, index) -> {
                int count = taken.incrementAndGet();
                if (count <= 900) {
                    ScriptedLink.accept(batch, index);
                } else {
                    bench.link("fake-1").is(LinkState.CONNECTING);
                    unanswered.add("w1 " + batch.addressee(index).address());
                    batch.settle(index, new Outcome.Deferred(Reason.UNANSWERED, "", Duration.ZERO));
                }
            });
            bench.plan("fake-1", "w1", 1, 0, 3_000);

            bench.await(() -> bench.evidence("w1").counts("fake").accepted() == 3_000
                    && bench.evidence("w1").open().unsent() == 0);

            Map<String, Integer> first = bench.link("fake-1").counts();
            Map<String, Integer> second = bench.link("fake-2").counts();
            Set<String> twice = ConcurrentHashMap.newKeySet();
            second.forEach((submit, count) -> {
                assertEquals(1, count, submit);
                if (first.containsKey(submit)) {
                    twice.add(submit);
                }
            });
            assertEquals(unanswered, twice, "only those whose submit was in flight were sent to again");
            assertTrue(twice.size() <= bench.evidence("w1").possibleDoubles());
        }
    }

    @Test
    void twoLinksThatFailByTurnsLoseNobody(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.link("fake-1").is(LinkState.CONNECTING);
            bench.add("fake-1", LinkBench.QUICK);
            bench.add("fake-2", LinkBench.QUICK);
            bench.link("fake-2")
                    .does((batch, index) ->
                            batch.settle(index, new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofMillis(100))));
            bench.plan("fake-1", "w1", 1, 0, 600);
            bench.await(() -> bench.link("fake-2").counts().size() == 600);

            // The one that gave them away is there again, the one that got them goes.
            bench.link("fake-1").is(LinkState.UP);
            bench.link("fake-2").is(LinkState.CONNECTING);

            bench.await(() -> bench.evidence("w1").counts("fake").accepted() == 600
                    && bench.evidence("w1").open().unsent() == 0);
            assertEquals(
                    new ChannelCounts(600, 600, 600, 0, 0, 0, 600),
                    bench.evidence("w1").counts("fake"));
            assertEquals(600, bench.link("fake-1").submits().size(), "each once");
        }
    }

    @Test
    void redLeavesADroppedLinkBeforeBlue(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.link("fake-1").is(LinkState.CONNECTING);
            bench.add("fake-1", LinkBench.QUICK);
            bench.plan("fake-1", "blue", 4, 0, 2_000);
            bench.plan("fake-1", "red", 1, 0, 200);
            bench.link("fake-2").does((batch, index) -> {});
            bench.add(new LinkSpec("fake-2", "fake", "p", 1, 256, 0, Map.of()), LinkBench.QUICK);

            bench.await(() -> bench.link("fake-2").submits().size() >= 768
                    && bench.link("fake-2").submits().stream()
                                    .filter(submit -> submit.startsWith("red "))
                                    .count()
                            == 200);

            assertTrue(bench.evidence("blue").open().unsent() > 0, "level IV waits for the window");
        }
    }

    @Test
    void whomACarrierThrottlesIsNotGivenUp(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add("fake-1", LinkBench.QUICK);
            Map<String, Integer> throttled = new ConcurrentHashMap<>();
            bench.link("fake-1").does((batch, index) -> {
                if (throttled.merge(batch.addressee(index).address(), 1, Integer::sum) <= 6) {
                    batch.settle(index, new Outcome.Deferred(Reason.THROTTLED, "8", Duration.ZERO));
                } else {
                    ScriptedLink.accept(batch, index);
                }
            });
            bench.plan("fake-1", "w1", 1, 0, 3);

            bench.await(() -> bench.evidence("w1").counts("fake").accepted() == 3);

            assertTrue(worker.health().quality().throttled());
            assertEquals(18L, worker.health().quality().errors().get(Reason.THROTTLED));
            assertEquals(0, bench.evidence("w1").counts("fake").failed());
        }
    }

    @Test
    void aLinkGivesAwayWhatAnotherDoesSoonerAndEachIsSentToOnce(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker slow = bench.add(new LinkSpec("fake-1", "fake", "p", 1, 256, 50, Map.of()), LinkBench.QUICK);
            bench.add("fake-2", LinkBench.QUICK);
            bench.plan("fake-1", "w1", 1, 0, 2_048);
            bench.await(() -> slow.health().queued() > 1_500);

            slow.relieve("fake-2", 1_500);

            bench.await(() -> bench.link("fake-2").submits().size() >= 1_500);
            bench.gates.put("w1", Plans.Gate.DROPPED);
            bench.workers.values().forEach(LinkWorker::poke);
            bench.await(() -> bench.evidence("w1").open().unsent() == 0
                    && bench.evidence("w1").open().unanswered() == 0);
            Map<String, Integer> counts = bench.link("fake-1").counts();
            bench.link("fake-2").counts().forEach((submit, count) -> counts.merge(submit, count, Integer::sum));
            assertTrue(counts.values().stream().allMatch(count -> count == 1));
            ChannelCounts all = bench.evidence("w1").counts("fake");
            assertEquals(
                    2_048, all.accepted() + bench.evidence("w1").channel("fake").dropped());
        }
    }
}
