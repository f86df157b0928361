package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Receipt;

/** Whole sessions of our links with servers that others wrote: SMSGate's for CMPP, SMGP and SGIP. */
class IndependentServerTest {
    private static final String LONG = "暴雨红色预警：请立即转移。".repeat(12);

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "cmpp2", "smgp", "sgip"})
    void itLetsUsInReadsOurTextsAndItsReportsAndRepliesReachUs(String protocol) throws Exception {
        Map<String, String> settings = settings(protocol, SmsGate.SECRET);
        try (SmsGate gate = new SmsGate(protocol, Integer.parseInt(settings.getOrDefault("listenPort", "0")))) {
            settings.put("port", Integer.toString(gate.port));
            try (RoutedLink link = new RoutedLink(settings)) {
                link.awaitUp();

                List<Outcome> outcomes = link.send(LONG, OpenLink.numbers(3));

                Set<String> references = new HashSet<>();
                for (Outcome outcome : outcomes) {
                    references.addAll(
                            assertInstanceOf(Outcome.Accepted.class, outcome).references());
                }
                assertEquals(9, references.size());
                assertEquals(Set.of(LONG), Set.copyOf(gate.texts.values()));
                assertEquals(3, gate.texts.size());
                await(() -> link.context.received().size() == 9);
                Set<String> reported = new HashSet<>();
                for (Receipt receipt : link.context.received()) {
                    reported.add(String.valueOf(receipt.reference()));
                }
                assertEquals(references, reported);

                gate.say("13800000001", "106900004711", "1 收到");
                await(() -> link.context.replied().size() == 1);
                assertEquals("13800000001", link.context.replied().get(0).from());
                assertEquals("4711", link.context.replied().get(0).extension());
                assertEquals("1 收到", link.context.replied().get(0).text());
                await(() -> gate.taken.get() == 10);
            }
        }
    }

    /** SMGP is left out: that server answers a wrong secret as "busy" (1), which is to be tried again. */
    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "cmpp2", "sgip"})
    void aWrongSecretIsRefusedByIt(String protocol) throws Exception {
        Map<String, String> settings = settings(protocol, "wrong");
        try (SmsGate gate = new SmsGate(protocol, 0)) {
            settings.put("port", Integer.toString(gate.port));
            try (RoutedLink link = new RoutedLink(settings)) {
                await(() -> link.link.state() == LinkState.REFUSED);
            }
        }
    }

    private static Map<String, String> settings(String protocol, String secret) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "protocol",
                protocol.equals("cmpp2") ? "cmpp" : protocol,
                "host",
                "127.0.0.1",
                "systemId",
                SmsGate.NAME,
                "password",
                secret,
                "sourceAddress",
                "10690000",
                "reconnectMillis",
                "50"));
        if (protocol.equals("cmpp2")) {
            settings.put("version", "2.0");
        }
        if (protocol.equals("sgip")) {
            settings.putAll(Map.of(
                    "node",
                    Long.toString(SmsGate.NODE),
                    "corpId",
                    "12345",
                    "listenPort",
                    Integer.toString(SmsGate.freePort()),
                    "listenName",
                    SmsGate.NAME,
                    "listenPassword",
                    SmsGate.SECRET));
        }
        return settings;
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(condition);
    }
}
