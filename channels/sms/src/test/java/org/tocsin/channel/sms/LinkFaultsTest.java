package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channel.Manner;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.OperatorSimulator;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * Whatever goes wrong on a connection, drawn from a seed: whoever is tried again until there is a final answer is sent
 * to once by the carrier's own book, but for those whose submit was unanswered; nobody is lost, no report is.
 */
class LinkFaultsTest {
    private static final int PEOPLE = 150;

    @ParameterizedTest
    @CsvSource({"smpp,1", "smpp,2", "smpp,3", "cmpp,1", "cmpp,2", "cmpp2,3", "smgp,1", "smgp,2", "sgip,1", "sgip,2"})
    void eachIsSentToOnceAndNobodyIsLost(String protocol, long seed, @TempDir Path truth) throws Exception {
        Random random = new Random(seed);
        Set<String> accepted = new HashSet<>();
        Set<String> refused = new HashSet<>();
        Map<String, Integer> unanswered = new HashMap<>();
        Set<String> references = new HashSet<>();
        try (CarrierSimulator carrier = simulator(protocol)) {
            Map<String, String> settings = new HashMap<>(carrier.start(new SimulatorContext(
                    "sms-test",
                    seed,
                    Map.of("delivered", 1.0, "silent", 0.0, "refused", 0.03, "throttled", random.nextDouble() / 4),
                    quirks(random),
                    truth)));
            settings.putAll(Map.of(
                    "reconnectMillis", "10",
                    "binds", Integer.toString(1 + random.nextInt(3)),
                    "window", Integer.toString(1 + random.nextInt(40)),
                    "group", Integer.toString(protocol.equals("smpp") || random.nextBoolean() ? 1 : 20)));
            if (protocol.equals("cmpp2")) {
                settings.put("version", "2.0");
            }
            try (RoutedLink link = new RoutedLink(settings)) {
                List<String> left = new ArrayList<>(OpenLink.numbers(PEOPLE));
                for (int round = 0; !left.isEmpty(); round++) {
                    assertTrue(round < 200, left.size() + " are still not settled");
                    link.awaitUp();
                    CompletableFuture<List<Outcome>> sending = link.begin("暴雨", Manner.PLAIN, left);
                    if (random.nextInt(3) == 0 && round < 10) {
                        drop(carrier);
                    }
                    List<String> again = new ArrayList<>();
                    List<Outcome> outcomes = sending.get(30, TimeUnit.SECONDS);
                    for (int at = 0; at < outcomes.size(); at++) {
                        String number = left.get(at);
                        if (outcomes.get(at) instanceof Outcome.Accepted taken) {
                            accepted.add(number);
                            references.addAll(taken.references());
                        } else if (outcomes.get(at) instanceof Outcome.Rejected) {
                            refused.add(number);
                        } else {
                            again.add(number);
                            if (((Outcome.Deferred) outcomes.get(at)).reason() == Reason.UNANSWERED) {
                                unanswered.merge(number, 1, Integer::sum);
                            }
                        }
                    }
                    left = again;
                }
                Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> {
                    Set<String> reported = new HashSet<>();
                    for (Receipt receipt : link.context.received()) {
                        reported.add(String.valueOf(receipt.reference()));
                    }
                    return reported.containsAll(references);
                });
            }
        }

        assertEquals(PEOPLE, accepted.size() + refused.size());
        Map<String, Integer> taken = taken(truth);
        for (String number : accepted) {
            int times = taken.getOrDefault(number, 0);
            assertTrue(times >= 1, number + " is in no book");
            assertTrue(times <= 1 + unanswered.getOrDefault(number, 0), number + " was sent to " + times + " times");
        }
        for (String number : refused) {
            assertTrue(taken.getOrDefault(number, 0) <= unanswered.getOrDefault(number, 0));
        }
    }

    private static Map<String, String> quirks(Random random) {
        Map<String, String> quirks = new HashMap<>();
        // More than a window, or a carrier that answers late would drop each window before it has answered any.
        quirks.put("dropEvery", Integer.toString(random.nextBoolean() ? 0 : 130 + random.nextInt(60)));
        quirks.put("reorder", Integer.toString(random.nextInt(2)));
        quirks.put("reportCopies", Integer.toString(1 + random.nextInt(2)));
        quirks.put("answerDelayMillis", Integer.toString(random.nextInt(2) * random.nextInt(20)));
        quirks.put("reportDelayMillis", Integer.toString(random.nextInt(20)));
        quirks.put("retryDelayMillis", "20");
        return quirks;
    }

    /** How often each number was taken, by the carrier's book. */
    private static Map<String, Integer> taken(Path truth) throws IOException {
        Map<String, Integer> taken = new HashMap<>();
        try (var books = Files.list(truth)) {
            for (Path book : books.toList()) {
                for (String line : Files.readAllLines(book)) {
                    String[] cells = line.split(",", -1);
                    if (cells[4].equals("answer") && cells[5].equals("ok")) {
                        taken.merge(cells[2], 1, Integer::sum);
                    }
                }
            }
        }
        return taken;
    }

    private static CarrierSimulator simulator(String protocol) {
        return protocol.equals("smpp") ? new SmppSimulator() : OpenOperator.simulator(protocol);
    }

    private static void drop(CarrierSimulator carrier) {
        if (carrier instanceof SmppSimulator smpp) {
            smpp.dropConnections();
        } else {
            ((OperatorSimulator) carrier).dropConnections();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp", "sgip"})
    void aSilentCarrierAcceptsAndReportsNothing(String protocol) throws Exception {
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of("reportDelayMillis", "0")).awaitUp()) {
            open.simulator.silent(true);
            open.send("暴雨", OpenLink.numbers(5)).forEach(LinkFaultsTest::assertAccepted);

            open.simulator.silent(false);
            open.send("暴雨", OpenLink.numbers(1)).forEach(LinkFaultsTest::assertAccepted);

            // The one report of the second message would come behind the others'.
            Awaitility.await().until(() -> open.simulator.reportsAnswered() == 1);
            assertEquals(1, open.context.received().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp", "sgip"})
    void aCarrierThatIsGoneForGoodAcceptsNobodyMore(String protocol) throws Exception {
        try (OpenOperator open =
                new OpenOperator(protocol, Map.of("window", "4"), Map.of("downAfter", "10")).awaitUp()) {
            List<Outcome> outcomes = open.send("暴雨", OpenLink.numbers(40));

            long taken =
                    outcomes.stream().filter(Outcome.Accepted.class::isInstance).count();
            assertTrue(taken <= 10 && taken >= 6, taken + " taken");
            assertTrue(open.simulator.submits() <= 10 + 4, "what was in the window at most");
        }
    }

    @Test
    void smppReceiptsOfUnknownIdsAndOutOfOrderKeepTheirNumber() throws Exception {
        Map<String, String> carrier = Map.of("reorder", "1");
        try (OpenLink open = new OpenLink(Map.of(), carrier, Map.of("wrongIds", 1.0)).awaitUp()) {
            Set<String> known = new HashSet<>();
            open.send("暴雨", OpenLink.numbers(20))
                    .forEach(outcome -> known.addAll(((Outcome.Accepted) outcome).references()));

            Awaitility.await().until(() -> open.simulator.reportsAnswered() == 20);
            Set<String> numbers = new HashSet<>();
            for (Receipt receipt : open.context.received()) {
                assertTrue(!known.contains(String.valueOf(receipt.reference())));
                numbers.add(String.valueOf(receipt.address()));
            }
            assertEquals(Set.copyOf(OpenLink.numbers(20)), numbers);
        }
    }

    @Test
    void theBookHasTheTimeThatItIsTold(@TempDir Path truth) throws Exception {
        Instant then = Instant.parse("2026-07-20T00:00:00Z");
        try (SmppSimulator simulator = new SmppSimulator(() -> then)) {
            Map<String, String> settings =
                    simulator.start(new SimulatorContext("sms-test", 1, Map.of("silent", 1.0), Map.of(), truth));
            try (RoutedLink link = new RoutedLink(settings)) {
                link.awaitUp();
                assertAccepted(link.send("暴雨", OpenLink.numbers(1)).get(0));
            }
        }

        List<String> lines = Files.readAllLines(truth.resolve("sms-simulated-smpp.csv"));
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("2026-07-20T00:00:00Z,"), lines.get(1));
    }

    private static void assertAccepted(Outcome outcome) {
        assertTrue(outcome instanceof Outcome.Accepted, outcome.toString());
    }
}
