package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.receipt.OpenCounts;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class LinkWorkerTest {
    @Test
    void sendsToAllOnceAndKnowsEachDelivery(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add("fake-1", LinkBench.QUICK);
            link(bench).does((batch, index) -> {
                String reference = ScriptedLink.accept(batch, index);
                worker.receipts()
                        .accept(
                                LinkBench.delivered(
                                        reference, batch.addressee(index).address()),
                                kept -> {});
            });
            bench.plan("fake-1", "w1", 1, 0, 3_000);

            bench.await(() -> bench.evidence("w1").counts("fake").delivered() == 3_000);

            assertEquals(
                    new ChannelCounts(3_000, 3_000, 3_000, 3_000, 0, 0, 0),
                    bench.evidence("w1").counts("fake"));
            assertEquals(OpenCounts.NONE, bench.evidence("w1").open());
            assertEquals(3_000, link(bench).submits().size());
            assertEquals(3_000, link(bench).counts().size());
            assertEquals(0, worker.health().orphans());
        }
    }

    @Test
    void receiptThatComesBeforeTheAnswerIsMatchedAndAnsweredAfterIt(Redis redis) throws Exception {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add("fake-1", LinkBench.QUICK);
            CountDownLatch answered = new CountDownLatch(1);
            link(bench).does((batch, index) -> {
                worker.receipts().accept(LinkBench.delivered("early", null), kept -> {
                    assertTrue(kept);
                    answered.countDown();
                });
                batch.settle(index, new Outcome.Accepted("early"));
            });
            bench.plan("fake-1", "w1", 1, 7, 8);

            assertTrue(answered.await(20, TimeUnit.SECONDS));

            bench.await(() -> bench.evidence("w1").counts("fake").delivered() == 1);
            assertEquals(0, worker.health().orphans());
        }
    }

    @Test
    void receiptOfUnknownReferenceIsAnOrphanAndIsAdoptedByALaterAnswer(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add("fake-1", LinkBench.QUICK);
            Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
            link(bench).does((batch, index) -> answers.add(() -> batch.settle(index, new Outcome.Accepted("late"))));
            bench.plan("fake-1", "w1", 1, 7, 8);
            bench.await(() -> !answers.isEmpty());

            Receipt delivered = LinkBench.delivered("late", null);
            worker.receipts()
                    .accept(
                            new Receipt(
                                    "late",
                                    delivered.address(),
                                    Evidence.IN_PROGRESS,
                                    null,
                                    "",
                                    delivered.at().minusSeconds(1)),
                            kept -> {});
            worker.receipts().accept(delivered, kept -> {});
            bench.await(() -> worker.health().orphans() == 2);
            answers.forEach(Runnable::run);

            bench.await(() -> bench.evidence("w1").counts("fake").delivered() == 1);
            bench.await(() -> worker.evidence().orphans().isEmpty());
        }
    }

    @Test
    void deferredIsTriedAgainAndGivenUpAfterTheLastAttempt(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.add("fake-1", LinkBench.QUICK);
            AtomicInteger asked = new AtomicInteger();
            link(bench).does((batch, index) -> {
                if (batch.addressee(index).address().equals(LinkBench.address(1)) || asked.incrementAndGet() == 1) {
                    batch.settle(index, new Outcome.Deferred(Reason.CARRIER_ERROR, "8", Duration.ZERO));
                } else {
                    ScriptedLink.accept(batch, index);
                }
            });
            bench.plan("fake-1", "w1", 1, 0, 2);

            bench.await(() -> bench.evidence("w1").counts("fake").failed() == 1);

            ChannelCounts counts = bench.evidence("w1").counts("fake");
            assertEquals(new ChannelCounts(2, 2, 1, 0, 0, 1, 1), counts);
            assertEquals(
                    Map.of(Reason.CARRIER_ERROR, 1),
                    bench.evidence("w1").channel("fake").failures());
            assertEquals(4, link(bench).counts().get("w1 " + LinkBench.address(1)));
        }
    }

    @Test
    void unansweredIsRepeatedAfterTheGraceAndCountedAsAPossibleDouble(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add("fake-1", LinkBench.QUICK);
            AtomicInteger asked = new AtomicInteger();
            link(bench).does((batch, index) -> {
                if (asked.incrementAndGet() <= 2) {
                    batch.settle(index, new Outcome.Deferred(Reason.UNANSWERED, "", Duration.ZERO));
                } else {
                    ScriptedLink.accept(batch, index);
                }
            });
            bench.plan("fake-1", "w1", 1, 0, 2);
            bench.await(() -> bench.evidence("w1").open().unanswered() == 2);

            // The carrier had taken the first one: its report names a reference that nobody told, and the number.
            worker.receipts().accept(LinkBench.delivered("untold", "86" + LinkBench.address(0)), kept -> {});

            bench.await(() -> bench.evidence("w1").open().unanswered() == 0);
            assertEquals(
                    new ChannelCounts(2, 2, 2, 1, 0, 0, 1), bench.evidence("w1").counts("fake"));
            assertEquals(1, bench.evidence("w1").possibleDoubles());
            assertEquals(1, link(bench).counts().get("w1 " + LinkBench.address(0)));
            assertEquals(2, link(bench).counts().get("w1 " + LinkBench.address(1)));
        }
    }

    @Test
    void aReportOfOneSegmentDoesNotEndTheTriesOfATextThatWasNotTakenWhole(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add("fake-1", LinkBench.QUICK);
            AtomicInteger asked = new AtomicInteger();
            AtomicBoolean takesAll = new AtomicBoolean();
            link(bench).does((batch, index) -> {
                batch.cutInto(2);
                asked.incrementAndGet();
                batch.settle(
                        index,
                        takesAll.get()
                                ? new Outcome.Accepted(List.of("first", "second"))
                                : new Outcome.Deferred(
                                        Reason.THROTTLED, "0x00000058", Duration.ZERO, List.of("first", "")));
            });
            bench.plan("fake-1", "w1", 1, 0, 1);
            bench.await(() -> asked.get() >= 2);

            worker.receipts().accept(LinkBench.delivered("first", "86" + LinkBench.address(0)), kept -> {});
            int before = asked.get();
            bench.await(() -> worker.health().receipts() == 1 && asked.get() >= before + 2);

            assertEquals(0, bench.evidence("w1").counts("fake").delivered());
            takesAll.set(true);
            bench.await(() -> bench.evidence("w1").counts("fake").accepted() == 1);
            assertEquals(0, bench.evidence("w1").counts("fake").delivered());
            worker.receipts().accept(LinkBench.delivered("second", "86" + LinkBench.address(0)), kept -> {});
            bench.await(() -> bench.evidence("w1").counts("fake").delivered() == 1);
        }
    }

    @Test
    void aReportThatNamesNoKnownReferenceIsNoneOfAWholeTextOfTwoSegments(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add("fake-1", LinkBench.QUICK);
            CompletableFuture<Batch> submitted = new CompletableFuture<>();
            link(bench).does((batch, index) -> {
                batch.cutInto(2);
                submitted.complete(batch);
            });
            bench.plan("fake-1", "w1", 1, 0, 1);
            bench.await(submitted::isDone);

            worker.receipts().accept(LinkBench.delivered("second", "86" + LinkBench.address(0)), kept -> {});
            bench.await(() -> worker.health().orphans() == 1);
            assertEquals(0, bench.evidence("w1").counts("fake").delivered());

            submitted.join().settle(0, new Outcome.Accepted(List.of("first", "second")));
            worker.receipts().accept(LinkBench.delivered("first", "86" + LinkBench.address(0)), kept -> {});
            bench.await(() -> bench.evidence("w1").counts("fake").delivered() == 1);
        }
    }

    @Test
    void whatOneLinkRefusesForItselfGoesToAnotherLinkOnce(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.add("fake-1", LinkBench.QUICK);
            bench.add("fake-2", LinkBench.QUICK);
            bench.link("fake-1").does((batch, index) -> batch.settle(index, new Outcome.Rejected(Reason.QUOTA, "103")));
            bench.link("fake-2").does((batch, index) -> {
                if (batch.addressee(index).address().equals(LinkBench.address(3))) {
                    batch.settle(index, new Outcome.Rejected(Reason.QUOTA, "103"));
                } else {
                    ScriptedLink.accept(batch, index);
                }
            });
            bench.plan("fake-1", "w1", 1, 0, 10);

            bench.await(() -> bench.evidence("w1").counts("fake").accepted() == 9
                    && bench.evidence("w1").counts("fake").failed() == 1);

            assertEquals(
                    new ChannelCounts(10, 10, 9, 0, 0, 1, 9),
                    bench.evidence("w1").counts("fake"));
            assertEquals(new OpenCounts(0, 0, 9), bench.evidence("w1").open());
        }
    }

    @Test
    void linkThatIsDownForLongGivesItsWorkAway(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.links.put("fake-1", new ScriptedLink("fake-1"));
            bench.link("fake-1").is(LinkState.CONNECTING);
            bench.add("fake-1", LinkBench.QUICK);
            bench.add("fake-2", LinkBench.QUICK);
            bench.plan("fake-1", "w1", 1, 0, 600);

            // The other link may have sent them before this one's journal says that they were moved.
            bench.await(() -> bench.evidence("w1").counts("fake").accepted() == 600
                    && bench.evidence("w1").open().unsent() == 0);

            assertEquals(600, bench.link("fake-2").counts().size());
        }
    }

    @Test
    void redOvertakesBlueAndBlueLeavesItRoom(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.add("fake-1", LinkBench.QUICK);
            Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
            link(bench).does((batch, index) -> answers.add(() -> ScriptedLink.accept(batch, index)));
            bench.plan("fake-1", "blue", 4, 0, 5_000);
            bench.await(() -> link(bench).submits().size() == 768);

            bench.plan("fake-1", "red", 1, 0, 200);

            bench.await(() -> link(bench).submits().size() == 968);
            List<String> submits = link(bench).submits();
            assertTrue(submits.subList(768, 968).stream().allMatch(submit -> submit.startsWith("red ")));
        }
    }

    @Test
    void stopHaltsWithinASecondAndResumeGoesOn(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.add(new LinkSpec("fake-1", "fake", "p", 1, 256, 1_000, Map.of()), LinkBench.QUICK);
            bench.plan("fake-1", "w1", 1, 0, 3_000);
            bench.await(() -> link(bench).submits().size() > 100);

            bench.gates.put("w1", Plans.Gate.STOPPED);
            bench.workers.values().forEach(LinkWorker::poke);
            bench.await(() -> bench.evidence("w1").open().unanswered() == 0);
            int halted = link(bench).submits().size();
            org.awaitility.Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(3))
                    .until(() -> link(bench).submits().size() <= halted + 256);
            int still = link(bench).submits().size();
            assertTrue(still < 3_000);
            bench.gates.put("w1", Plans.Gate.OPEN);

            bench.await(() -> link(bench).submits().size() == 3_000);
            assertEquals(3_000, link(bench).counts().size());
        }
    }

    @Test
    void whatIsClaimedAheadOfTheRateLeavesNoMoreAfterAStop(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add(new LinkSpec("fake-1", "fake", "p", 1, 256, 1, Map.of()), LinkBench.QUICK);
            bench.plan("fake-1", "w1", 1, 0, 3);
            bench.await(
                    () -> link(bench).submits().size() == 1 && worker.health().outstanding() == 1);

            bench.gates.put("w1", Plans.Gate.STOPPED);
            bench.workers.values().forEach(LinkWorker::poke);

            org.awaitility.Awaitility.await()
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> link(bench).submits().size() == 1);
            assertEquals(2, bench.evidence("w1").open().unsent());
            assertEquals(1, bench.evidence("w1").counts("fake").submitted());
            bench.gates.put("w1", Plans.Gate.OPEN);

            bench.await(() -> link(bench).submits().size() == 3);
            assertEquals(3, link(bench).counts().size());
        }
    }

    @Test
    void cancelWaitsForTheAnswerOfItsAlertAndDropsWhatIsUnsent(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.add("fake-1", LinkBench.QUICK);
            Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
            link(bench).does((batch, index) -> {
                if (batch.notice().issue().equals("alert")) {
                    answers.add(() -> ScriptedLink.accept(batch, index));
                } else {
                    ScriptedLink.accept(batch, index);
                }
            });
            bench.plan("fake-1", "alert", 1, 0, 3_000);
            bench.await(() -> answers.size() == 1_024);

            bench.predecessors.put("cancel", List.of("alert"));
            bench.gates.put("alert", Plans.Gate.DROPPED);
            bench.plan("fake-1", "cancel", 4, 0, 3_000);

            bench.await(() -> bench.evidence("alert").channel("fake").dropped() == 1_976);
            assertFalse(link(bench).submits().contains("cancel " + LinkBench.address(0)));
            answers.forEach(Runnable::run);
            bench.await(() -> bench.evidence("cancel").counts("fake").accepted() == 3_000);
            assertEquals(1_024, bench.evidence("alert").counts("fake").accepted());
            assertEquals(0, bench.evidence("alert").open().unsent());
        }
    }

    @Test
    void expiredIsDroppedAndSaidSo(Redis redis) {
        try (LinkBench bench = new LinkBench(redis, "a")) {
            bench.expiries.put("w1", Instant.now().minusSeconds(1));
            bench.add("fake-1", LinkBench.QUICK);
            bench.plan("fake-1", "w1", 1, 0, 700);

            bench.await(() -> bench.evidence("w1").channel("fake").dropped() == 700);

            assertEquals(List.of(), link(bench).submits());
            assertEquals(OpenCounts.NONE, bench.evidence("w1").open());
        }
    }

    @Test
    void anotherNodeTakesALostLeaseAndTheFirstSubmitsNoMore(Redis redis) {
        try (LinkBench first = new LinkBench(redis, "a");
                LinkBench second = new LinkBench(redis, "b")) {
            LinkWorker loser = first.add("fake-1", LinkBench.QUICK);
            first.plan("fake-1", "w1", 1, 0, 10);
            first.await(() -> first.evidence("w1").counts("fake").accepted() == 10);
            redis.connection().sync().del("{link:fake-1}:lease");

            LinkWorker winner = second.add("fake-1", LinkBench.QUICK);
            second.await(() -> winner.phase() == LinkWorker.Phase.RUNNING);
            second.await(() -> loser.phase() != LinkWorker.Phase.RUNNING);
            second.plan("fake-1", "w2", 1, 0, 10);

            second.await(() -> second.evidence("w2").counts("fake").accepted() == 10);
            assertEquals(10, second.evidence("w1").counts("fake").accepted());
            assertEquals(10, first.link("fake-1").submits().size());
        }
    }

    private static ScriptedLink link(LinkBench bench) {
        return bench.link("fake-1");
    }
}
