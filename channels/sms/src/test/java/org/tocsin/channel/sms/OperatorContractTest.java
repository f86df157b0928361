package org.tocsin.channel.sms;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.JdkHttpExchange;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.AliyunSimulator;
import org.tocsin.simulator.sms.CmppSimulator;
import org.tocsin.simulator.sms.HttpSmsSimulator;
import org.tocsin.simulator.sms.OperatorSimulator;

/** What every channel must do, by a group protocol of an operator and by an HTTP platform. */
class OperatorContractTest {
    @Nested
    class ByCmppInGroups extends OneProtocol {
        private final CmppSimulator simulator = new CmppSimulator();

        @Override
        CarrierSimulator simulator() {
            return simulator;
        }

        @Override
        Map<String, String> more() {
            return Map.of("group", "3");
        }

        @Override
        protected Set<String> seenByCarrier() {
            return ((OperatorSimulator) simulator).seen();
        }
    }

    @Nested
    class ByHttp extends OneProtocol {
        private final AliyunSimulator simulator = new AliyunSimulator();

        @Override
        CarrierSimulator simulator() {
            return simulator;
        }

        @Override
        protected Set<String> seenByCarrier() {
            return ((HttpSmsSimulator) simulator).seen();
        }
    }

    abstract static class OneProtocol extends ChannelContract {
        private final JdkHttpExchange http = new JdkHttpExchange();
        private final Map<String, String> settings = new HashMap<>();

        abstract CarrierSimulator simulator();

        Map<String, String> more() {
            return Map.of();
        }

        @BeforeEach
        void startCarrier() throws Exception {
            settings.putAll(simulator().start(new SimulatorContext("sms-test", 1, Map.of(), Map.of(), null)));
            settings.putAll(more());
        }

        @AfterEach
        void closeCarrier() {
            simulator().close();
        }

        @Override
        protected Channel channel() {
            return new SmsChannel();
        }

        @Override
        protected FakeChannelContext context() {
            return new FakeChannelContext("sms-test", settings) {
                @Override
                public HttpExchange http() {
                    return http;
                }
            };
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
        protected void stopCarrier() {
            simulator().close();
        }
    }
}
