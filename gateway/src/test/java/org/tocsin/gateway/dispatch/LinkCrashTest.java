package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class LinkCrashTest {
    private static final int PEOPLE = 20_000;
    private static final int CRASHES = 3;

    @Test
    void crashesLoseNobodyAndNoAnsweredReceiptAndDoubleFew(Redis redis) {
        long seed = System.nanoTime();
        System.out.println("crash seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> book = new ConcurrentHashMap<>();
        Set<String> answered = ConcurrentHashMap.newKeySet();
        LinkBench bench = start(redis, book, answered);
        bench.plan("fake-1", "w1", 1, 0, PEOPLE);
        for (int crash = 0; crash < CRASHES; crash++) {
            LinkBench running = bench;
            int until = book.size() + 500 + random.nextInt(4_000);
            running.await(() -> book.size() >= Math.min(until, PEOPLE));
            running.crash();
            bench = start(redis, book, answered);
        }
        LinkBench last = bench;
        last.await(() -> last.evidence("w1").counts("fake").delivered() == PEOPLE);

        assertEquals(PEOPLE, book.size());
        int doubles = book.values().stream().mapToInt(count -> count - 1).sum();
        assertTrue(doubles <= CRASHES * 1_024, doubles + " doubles");
        var reached = last.evidence("w1").reached(1);
        for (int number = 0; number < PEOPLE; number++) {
            assertTrue(!answered.contains(LinkBench.address(number)) || reached.contains(number), "lost " + number);
        }
        last.close();
    }

    private static LinkBench start(Redis redis, Map<String, Integer> book, Set<String> answered) {
        LinkBench bench = new LinkBench(redis, "a");
        ScriptedLink link = new ScriptedLink("fake-1");
        bench.links.put("fake-1", link);
        LinkWorker[] worker = new LinkWorker[1];
        link.does((batch, index) -> {
            String address = batch.addressee(index).address();
            book.merge(address, 1, Integer::sum);
            String reference = ScriptedLink.accept(batch, index);
            worker[0].receipts().accept(LinkBench.delivered(reference, address), kept -> {
                if (kept) {
                    answered.add(address);
                }
            });
        });
        worker[0] = bench.add("fake-1", LinkBench.QUICK);
        return bench;
    }

    @Test
    void tellsHowManyAWorkerCarriesWithACarrierThatTakesAll(Redis redis) {
        int people = 300_000;
        try (LinkBench bench = new LinkBench(redis, "a")) {
            LinkWorker worker = bench.add(new LinkSpec("fake-1", "fake", "p", 4, 1_024, 0, Map.of()), LinkBench.QUICK);
            bench.link("fake-1").does((batch, index) -> {
                String reference = ScriptedLink.accept(batch, index);
                worker.receipts()
                        .accept(
                                LinkBench.delivered(
                                        reference, batch.addressee(index).address()),
                                kept -> {});
            });
            bench.await(() -> worker.phase() == LinkWorker.Phase.RUNNING);
            long begun = System.nanoTime();
            bench.plan("fake-1", "w1", 1, 0, people);
            bench.await(() -> bench.evidence("w1").counts("fake").delivered() == people);
            double seconds = (System.nanoTime() - begun) / 1e9;

            System.out.printf("worker with a null channel: %.0f messages/s%n", people / seconds);
            assertEquals(people, bench.evidence("w1").counts("fake").accepted());
        }
    }
}
