package org.tocsin.load.smpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

class BareSmppClientTest {
    private static final Map<String, Double> ALL_DELIVERED = Map.of("delivered", 1.0, "silent", 0.0);

    @Test
    void sendsEachMessageOnceAndAnswersEachReceipt() throws IOException {
        try (SmppSimulator simulator = new SmppSimulator()) {
            BareSmppClient.Result result = run(simulator, "tocsin", 2, "暴雨红色预警", 5_000);

            assertEquals(5_000, result.submits());
            assertEquals(5_000, result.receipts());
            assertEquals(5_000, simulator.seen().size());
            assertTrue(result.perSecond() > 0);
        }
    }

    @Test
    void countsSegmentsWhereTheTextIsLong() throws IOException {
        try (SmppSimulator simulator = new SmppSimulator()) {
            BareSmppClient.Result result = run(simulator, "tocsin", 1, "雨".repeat(71), 1_000);

            assertEquals(2_000, result.receipts());
            assertEquals(1_000, simulator.messages());
        }
    }

    @Test
    void saysWhenTheCarrierRefusesTheAccount() {
        try (SmppSimulator simulator = new SmppSimulator()) {
            assertThrows(IOException.class, () -> run(simulator, "stranger", 1, "暴雨", 1));
        }
    }

    private static BareSmppClient.Result run(
            SmppSimulator simulator, String systemId, int binds, String text, int count) throws IOException {
        Map<String, String> link =
                simulator.start(new SimulatorContext("sms", 1, ALL_DELIVERED, Map.of("reportDelayMillis", "1"), null));
        return BareSmppClient.run(
                link.getOrDefault("host", ""),
                Integer.parseInt(link.getOrDefault("port", "0")),
                systemId,
                link.getOrDefault("password", ""),
                binds,
                64,
                text,
                count);
    }
}
