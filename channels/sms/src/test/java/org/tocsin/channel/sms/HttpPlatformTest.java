package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.InvalidSettings;
import org.tocsin.channel.JdkHttpExchange;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.Reply;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.http.Form;
import org.tocsin.simulator.sms.AliyunSimulator;
import org.tocsin.simulator.sms.HttpSmsSimulator;
import org.tocsin.simulator.sms.TencentSimulator;

/** What a link to each shape of HTTP platform does, over sockets both ways. */
class HttpPlatformTest {
    private static final String TEXT = "暴雨红色预警：请立即转移。";

    @ParameterizedTest
    @ValueSource(strings = {"aliyun", "tencent"})
    void aBatchIsOneRequestAndEachPersonHasAReferenceAndAReportOfTheirOwn(String protocol) throws Exception {
        try (Open open = new Open(protocol, Map.of(), Map.of("keepTexts", "999", "reportCopies", "2"), Map.of())) {
            List<Outcome> outcomes = open.send(OpenLink.numbers(150));

            Set<String> references = new HashSet<>();
            for (Outcome outcome : outcomes) {
                references.addAll(
                        assertInstanceOf(Outcome.Accepted.class, outcome).references());
            }
            assertEquals(150, references.size());
            assertEquals(1, open.simulator.requests());
            assertEquals(Set.of(TEXT), Set.copyOf(open.simulator.texts().values()));
            await(() -> open.simulator.reportsTaken() == 300);
            Set<String> reported = new HashSet<>();
            for (Receipt receipt : open.context.received()) {
                assertEquals(Evidence.DELIVERED, receipt.evidence());
                reported.add(String.valueOf(receipt.reference()));
            }
            assertEquals(references, reported);
        }
    }

    @ParameterizedTest
    @CsvSource({"aliyun,isv.MOBILE_NUMBER_ILLEGAL", "tencent,InvalidParameterValue.IncorrectPhoneNumber"})
    void oneIllegalNumberDoesNotSinkItsRequest(String protocol, String code) throws Exception {
        try (Open open = new Open(protocol, Map.of(), Map.of(), Map.of("refused", 0.03))) {
            List<Outcome> outcomes = open.send(OpenLink.numbers(150));

            Outcome illegal = new Outcome.Rejected(Reason.INVALID_ADDRESS, code);
            long refused = outcomes.stream().filter(illegal::equals).count();
            assertTrue(refused > 0 && refused < 15, refused + " refused");
            assertEquals(150 - refused, open.simulator.messages());
            assertEquals(
                    150 - refused,
                    outcomes.stream().filter(Outcome.Accepted.class::isInstance).count());
            assertTrue(open.simulator.requests() < 300);
        }
    }

    @ParameterizedTest
    @CsvSource({"aliyun,Throttling.User", "tencent,RequestLimitExceeded"})
    void tooFastIsDeferredWithItsCode(String protocol, String code) throws Exception {
        try (Open open = new Open(protocol, Map.of(), Map.of(), Map.of("throttled", 1.0))) {
            Outcome throttled = new Outcome.Deferred(Reason.THROTTLED, code, Duration.ofSeconds(1));

            assertEquals(List.of(throttled), open.send(OpenLink.numbers(1)));
            assertInstanceOf(
                    Outcome.Accepted.class, open.send(OpenLink.numbers(1)).get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aliyun", "tencent"})
    void aWrongSecretIsSaidToBeRefusedUntilItIsRight(String protocol) throws Exception {
        try (Open open = new Open(protocol, Map.of("secret", "wrong"), Map.of(), Map.of())) {
            for (Outcome outcome : open.send(OpenLink.numbers(3))) {
                assertEquals(
                        Reason.UNAUTHORISED,
                        assertInstanceOf(Outcome.Deferred.class, outcome).reason());
            }
            assertEquals(LinkState.REFUSED, open.link.state());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aliyun", "tencent"})
    void aPlatformThatIsDownDefersAll(String protocol) throws Exception {
        try (Open open = new Open(protocol, Map.of(), Map.of("downAfter", "1"), Map.of())) {
            open.send(OpenLink.numbers(1));

            Outcome failing = new Outcome.Deferred(Reason.CARRIER_ERROR, "http 503", Duration.ofSeconds(1));
            assertEquals(List.of(failing, failing), open.send(OpenLink.numbers(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aliyun", "tencent"})
    void whatAPersonWritesIsTakenOnlyWhenItIsKept(String protocol) throws Exception {
        try (Open open = new Open(protocol, Map.of(), Map.of(), Map.of())) {
            open.context.keep(false);
            open.simulator.say("13800000001", "4711", "退订");
            await(() -> !open.context.replied().isEmpty());
            assertEquals(0, open.simulator.repliesTaken());

            open.context.keep(true);

            await(() -> open.simulator.repliesTaken() == 1);
            Reply reply = open.context.replied().get(0);
            assertEquals("13800000001", reply.from());
            assertEquals("4711", reply.extension());
            assertEquals("退订", reply.text());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aliyun,wrong,[],403",
        "aliyun,,[],200",
        "aliyun,,{,400",
        "aliyun,,[{}],400",
        "tencent,,[{}],400",
        "tencent,,\"text\",400",
        "tencent,,{},400"
    })
    void aCallbackIsCheckedBeforeItIsBelieved(String protocol, String token, String body, int status) throws Exception {
        try (Open open = new Open(protocol, Map.of(), Map.of(), Map.of())) {
            String given = token == null ? "simulated-callback-token" : token;
            CallbackAnswer answer = open.link
                    .callback(new CallbackRequest(
                            Map.of(), Map.of("token", given), body.getBytes(StandardCharsets.UTF_8)))
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS);

            assertEquals(status, answer.status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aliyun", "tencent"})
    void whatIsMissingIsToldAtOnce(String protocol) {
        try (FakeChannelContext context =
                new FakeChannelContext("sms-test", Map.of("protocol", protocol, "base", "ftp://x"))) {
            InvalidSettings refused = assertThrows(InvalidSettings.class, () -> new SmsChannel().open(context));

            for (String name : List.of("base", "key", "secret", "template", "signature", "callbackToken")) {
                assertTrue(String.valueOf(refused.getMessage()).contains(name), refused.getMessage());
            }
        }
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    /** A link by its Camel route to a platform of its own, whose callbacks come over a socket. */
    private static final class Open implements AutoCloseable {
        final HttpSmsSimulator simulator;
        final FakeChannelContext context;
        final Link link;
        private final HttpServer callbacks;
        private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(2);
        private final CamelContext camel = new DefaultCamelContext();
        private final ProducerTemplate producer;

        Open(String protocol, Map<String, String> link, Map<String, String> carrier, Map<String, Double> shares)
                throws Exception {
            simulator = protocol.equals("aliyun") ? new AliyunSimulator() : new TencentSimulator();
            Map<String, Double> all = new HashMap<>(Map.of("delivered", 1.0, "silent", 0.0));
            all.putAll(shares);
            Map<String, String> settings =
                    new HashMap<>(simulator.start(new SimulatorContext("sms-test", 1, all, carrier, null)));
            settings.putAll(link);
            JdkHttpExchange http = new JdkHttpExchange();
            context = new FakeChannelContext("sms-test", settings) {
                @Override
                public HttpExchange http() {
                    return http;
                }
            };
            this.link = new SmsChannel().open(context);
            callbacks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            callbacks.setExecutor(workers);
            callbacks.createContext("/callbacks/sms/", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                Map<String, String> query = Form.read(exchange.getRequestURI().getRawQuery());
                CallbackAnswer answer = this.link
                        .callback(new CallbackRequest(Map.of(), query, body))
                        .toCompletableFuture()
                        .join();
                byte[] octets = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), octets.length == 0 ? -1 : octets.length);
                exchange.getResponseBody().write(octets);
                exchange.close();
            });
            callbacks.start();
            URI here = URI.create("http://127.0.0.1:" + callbacks.getAddress().getPort());
            simulator.attach(new GatewayAddress(here, "127.0.0.1", 0, "", List.of()));
            camel.addRoutes(this.link.routes());
            camel.start();
            producer = camel.createProducerTemplate();
        }

        List<Outcome> send(List<String> numbers) throws Exception {
            List<Outcome> outcomes = Collections.synchronizedList(
                    new ArrayList<>(Collections.nCopies(numbers.size(), new Outcome.Accepted("none"))));
            List<Addressee> addressees =
                    numbers.stream().map(number -> new Addressee(number, false)).toList();
            Batch batch = new Batch("b", OpenLink.Notices.actual(TEXT), addressees, outcomes::set);
            producer.asyncSendBody("direct:sms-test", batch).get(20, TimeUnit.SECONDS);
            return List.copyOf(outcomes);
        }

        @Override
        public void close() throws IOException {
            link.close();
            producer.close();
            camel.stop();
            simulator.close();
            callbacks.stop(0);
            workers.shutdownNow();
            context.close();
        }
    }
}
