package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Status;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

class SmsChannelTest extends ChannelContract {
    private final SmppSimulator simulator = new SmppSimulator();
    private Map<String, String> settings = Map.of();

    @BeforeEach
    void startCarrier() throws IOException {
        settings = simulator.start(
                new SimulatorContext("sms-test", 1, Map.of("delivered", 1.0, "silent", 0.0), Map.of(), null));
    }

    @AfterEach
    void closeCarrier() {
        simulator.close();
    }

    @Test
    void refusesAddressesThatAreNoNumbersAndSendsNothingToThem() throws Exception {
        List<Outcome> outcomes = send(Status.ACTUAL, List.of("abc", "", "+", "12", "1 2 3 4", "1".repeat(21)), false);

        for (Outcome outcome : outcomes) {
            assertEquals(new Outcome.Rejected(Reason.INVALID_ADDRESS, ""), outcome);
        }
        assertEquals(Set.of(), seenByCarrier());
    }

    @Override
    protected Channel channel() {
        return new SmsChannel();
    }

    @Override
    protected FakeChannelContext context() {
        return new FakeChannelContext("sms-test", settings);
    }

    @Override
    protected Map<String, String> parts() {
        return Map.of("text", "【夏邑县】暴雨红色预警：请立即转移到安全地带。");
    }

    @Override
    protected List<String> addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> "1990000000" + i).toList();
    }

    @Override
    protected Set<String> seenByCarrier() {
        return simulator.seen();
    }

    @Override
    protected void stopCarrier() {
        simulator.close();
    }
}
