package org.tocsin.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
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

/** What every channel must do, against its carrier's simulator over sockets. A channel's test extends it. */
public abstract class ChannelContract {
    /** The channel under test. */
    protected abstract Channel channel();

    /** A context by whose settings a link reaches the running simulator, which takes all and reports none as failed. */
    protected abstract FakeChannelContext context() throws Exception;

    /** What the channel carries: the parts that {@link Message} names for it. */
    protected abstract Map<String, String> parts();

    /** Valid addresses, as many as asked for; the same ones each time. */
    protected abstract List<String> addresses(int count);

    /** The addresses to which the simulator was asked to send something since the test began. */
    protected abstract Set<String> seenByCarrier();

    /** Makes the carrier go away, so that nothing can be submitted any more. */
    protected abstract void stopCarrier() throws Exception;

    @Test
    void nameIsLowerCaseLettersAndDigits() {
        assertTrue(channel().name().matches("[a-z0-9]+"), channel().name());
    }

    @Test
    void settlesEveryAddresseeOfABatchAndTheCarrierHasSeenEachOne() throws Exception {
        List<String> addresses = addresses(5);

        List<Outcome> outcomes = send(Status.ACTUAL, addresses, false);

        for (Outcome outcome : outcomes) {
            assertInstanceOf(Outcome.Accepted.class, outcome, outcomes.toString());
        }
        assertEquals(Set.copyOf(addresses), seenByCarrier());
    }

    @Test
    void givesEveryAcceptedAddresseeReferencesOfItsOwn() throws Exception {
        List<Outcome> outcomes = send(Status.ACTUAL, addresses(5), false);

        List<String> references = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            references.addAll(assertInstanceOf(Outcome.Accepted.class, outcome, outcomes.toString())
                    .references());
        }
        assertEquals(references.size(), Set.copyOf(references).size(), references.toString());
    }

    @Test
    void anExerciseReachesNobodyWhoIsNotAProbe() throws Exception {
        List<Outcome> outcomes = send(Status.EXERCISE, addresses(3), false);

        for (Outcome outcome : outcomes) {
            assertEquals(new Outcome.Rejected(Reason.NOT_A_PROBE, ""), outcome);
        }
        assertEquals(Set.of(), seenByCarrier());
    }

    @Test
    void aTestReachesNobodyWhoIsNotAProbe() throws Exception {
        List<Outcome> outcomes = send(Status.TEST, addresses(3), false);

        for (Outcome outcome : outcomes) {
            assertEquals(new Outcome.Rejected(Reason.NOT_A_PROBE, ""), outcome);
        }
        assertEquals(Set.of(), seenByCarrier());
    }

    @Test
    void anExerciseReachesProbes() throws Exception {
        List<String> addresses = addresses(3);

        List<Outcome> outcomes = send(Status.EXERCISE, addresses, true);

        for (Outcome outcome : outcomes) {
            assertInstanceOf(Outcome.Accepted.class, outcome, outcomes.toString());
        }
        assertEquals(Set.copyOf(addresses), seenByCarrier());
    }

    @Test
    void defersAndDoesNotThrowWhenTheCarrierIsGone() throws Exception {
        stopCarrier();

        List<Outcome> outcomes = send(Status.ACTUAL, addresses(3), false, false);

        for (Outcome outcome : outcomes) {
            assertInstanceOf(Outcome.Deferred.class, outcome, outcomes.toString());
        }
    }

    @Test
    void refusesASettingThatItDoesNotKnow() {
        try (FakeChannelContext wrong = new FakeChannelContext("wrong", Map.of("noSuchSetting", "1"))) {
            InvalidSettings refused =
                    assertThrows(InvalidSettings.class, () -> channel().open(wrong));

            assertTrue(String.valueOf(refused.getMessage()).contains("noSuchSetting"), refused.getMessage());
        }
    }

    @Test
    void mayBeClosedTwice() throws Exception {
        try (FakeChannelContext context = context()) {
            Link link = channel().open(context);

            link.close();
            link.close();

            assertEquals(LinkState.CLOSED, link.state());
        }
    }

    /** Sends one batch through the link's own Camel route and waits for all outcomes. */
    protected final List<Outcome> send(Status status, List<String> addresses, boolean probes) throws Exception {
        return send(status, addresses, probes, true);
    }

    private List<Outcome> send(Status status, List<String> addresses, boolean probes, boolean awaitUp)
            throws Exception {
        CamelContext camel = new DefaultCamelContext();
        try (FakeChannelContext context = context();
                Link link = channel().open(context)) {
            camel.addRoutes(link.routes());
            camel.start();
            if (awaitUp) {
                Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> link.state() == LinkState.UP);
            }
            try (ProducerTemplate producer = camel.createProducerTemplate()) {
                return submit(producer, context.link(), notice(status), addresses, probes);
            }
        } finally {
            camel.stop();
        }
    }

    /** Submits a batch by a running route and waits for all outcomes. */
    protected static List<Outcome> submit(
            ProducerTemplate producer, String link, Notice notice, List<String> addresses, boolean probes)
            throws Exception {
        List<Outcome> outcomes = Collections.synchronizedList(
                new ArrayList<>(Collections.nCopies(addresses.size(), new Outcome.Rejected(Reason.INTERNAL, "none"))));
        Batch batch = new Batch(
                "batch-1",
                notice,
                addresses.stream()
                        .map(address -> new Addressee(address, probes))
                        .toList(),
                outcomes::set);
        producer.asyncSendBody("direct:" + link, batch).get(60, TimeUnit.SECONDS);
        return List.copyOf(outcomes);
    }

    /** A red rainstorm notice with the channel's parts. */
    protected final Notice notice(Status status) {
        return notice(status, parts());
    }

    /** A red rainstorm notice with these parts. */
    public static Notice notice(Status status, Map<String, String> parts) {
        OffsetDateTime sent = OffsetDateTime.parse("2026-07-20T08:00:00+08:00");
        Info info = new Info(
                "zh-CN",
                List.of(Category.MET),
                "暴雨",
                List.of(),
                Urgency.IMMEDIATE,
                Severity.EXTREME,
                Certainty.LIKELY,
                null,
                List.of(new NamedValue("CMA", "11B03")),
                null,
                null,
                sent.plusHours(6),
                "夏邑县气象台",
                "夏邑县气象台发布暴雨红色预警[I级/特别严重]",
                "预计未来3小时降雨量将达100毫米以上。",
                "请立即转移到安全地带。",
                null,
                null,
                List.of(),
                List.of(),
                List.of(new Area(
                        "夏邑县",
                        List.of(),
                        List.of(),
                        List.of(new NamedValue("CPEAS Geographic Code", "411426000000")),
                        null,
                        null)));
        Alert alert = new Alert(
                "41142641600000_20260720080000",
                "41142641600000",
                sent,
                status,
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
        return new Notice(
                "w1", "w1.1", alert, info, Level.I, new Message("zh-CN", parts), Instant.parse("2036-01-01T00:00:00Z"));
    }
}
