package org.tocsin.channel.wechat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.JdkHttpExchange;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.wechat.WechatSimulator;

class TemplateSendsTest {
    private static final String TOKEN = "/cgi-bin/token";
    private static final String SEND = "/cgi-bin/message/template/send";
    private static final Map<String, String> PARTS = Map.of("first", "暴雨", "remark", "\"请\"\n转移");

    private final WireMockServer platform =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final HttpExchange http = new JdkHttpExchange();

    @BeforeEach
    void start() {
        platform.start();
        platform.stubFor(get(urlPathEqualTo(TOKEN))
                .willReturn(
                        okJson("{\"access_token\":\"T\",\"expires_in\":7200}").withFixedDelay(100)));
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @Test
    void asksForOneTokenHoweverManySendAtOnce() throws Exception {
        answer(okJson("{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":18446744073709551}"));

        List<Outcome> outcomes = send(sends(platform.baseUrl(), Map.of()), 100);

        assertEquals(Collections.nCopies(100, new Outcome.Accepted("18446744073709551")), outcomes);
        platform.verify(1, getRequestedFor(urlPathEqualTo(TOKEN)));
    }

    @Test
    void losesNobodyAndFetchesOneTokenWhenTheTokenEndsInMidFlight() throws Exception {
        try (WechatSimulator simulator = new WechatSimulator()) {
            Map<String, String> link =
                    simulator.start(new SimulatorContext("wechat-main", 1, Map.of(), Map.of(), null));
            TemplateSends sends = sends(String.valueOf(link.get("base")), link);
            send(sends, 10);
            simulator.expireToken();

            List<Outcome> outcomes = send(sends, 500);

            assertTrue(outcomes.stream().allMatch(Outcome.Accepted.class::isInstance), outcomes.toString());
            assertEquals(2, simulator.tokensIssued());
        }
    }

    @Test
    void givesUpWhenEvenANewTokenIsRefused() throws Exception {
        answer(okJson("{\"errcode\":40001,\"errmsg\":\"invalid credential\"}"));

        List<Outcome> outcomes = send(sends(platform.baseUrl(), Map.of()), 1);

        assertEquals(List.of(new Outcome.Deferred(Reason.UNAUTHORISED, "40001", Duration.ofSeconds(30))), outcomes);
        platform.verify(2, getRequestedFor(urlPathEqualTo(TOKEN)));
    }

    @Test
    void saysUnansweredWhenTheAnswerIsLateResetOrGarbage() throws Exception {
        Outcome unanswered = new Outcome.Deferred(Reason.UNANSWERED, "", Duration.ofSeconds(1));
        Outcome unreadable = new Outcome.Deferred(Reason.UNANSWERED, "unreadable", Duration.ofSeconds(1));

        answer(okJson("{\"errcode\":0,\"msgid\":1}").withFixedDelay(3000));
        assertEquals(List.of(unanswered), send(sends(platform.baseUrl(), Map.of("timeoutMillis", "700")), 1));
        answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertEquals(List.of(unanswered), send(sends(platform.baseUrl(), Map.of()), 1));
        answer(aResponse().withStatus(200).withBody("<html>not JSON"));
        assertEquals(List.of(unreadable), send(sends(platform.baseUrl(), Map.of()), 1));
        answer(okJson("[1,2,3]"));
        assertEquals(List.of(unreadable), send(sends(platform.baseUrl(), Map.of()), 1));
        answer(okJson("{\"errcode\":0}"));
        assertEquals(List.of(unreadable), send(sends(platform.baseUrl(), Map.of()), 1));
    }

    @Test
    void waitsAsToldWhenThePlatformIsBusy() throws Exception {
        answer(aResponse().withStatus(500));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.CARRIER_ERROR, "http 500", Duration.ofSeconds(1))),
                send(sends(platform.baseUrl(), Map.of()), 1));
        answer(aResponse().withStatus(429).withHeader("Retry-After", "7"));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.THROTTLED, "http 429", Duration.ofSeconds(7))),
                send(sends(platform.baseUrl(), Map.of()), 1));
    }

    @Test
    void blamesNoAddresseeWhenThereIsNoToken() throws Exception {
        platform.stubFor(get(urlPathEqualTo(TOKEN)).willReturn(aResponse().withStatus(413)));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.TOO_LONG, "http 413", Duration.ofSeconds(30))),
                send(sends(platform.baseUrl(), Map.of()), 1));
        platform.stubFor(get(urlPathEqualTo(TOKEN)).willReturn(okJson("{\"errcode\":40125,\"errmsg\":\"secret\"}")));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.UNAUTHORISED, "40125", Duration.ofSeconds(30))),
                send(sends(platform.baseUrl(), Map.of()), 1));
        platform.stubFor(get(urlPathEqualTo(TOKEN)).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofSeconds(1))),
                send(sends(platform.baseUrl(), Map.of()), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "-1,CARRIER_ERROR,false",
        "40003,INVALID_ADDRESS,true",
        "43004,UNKNOWN_SUBSCRIBER,true",
        "43019,OPTED_OUT,true",
        "40037,CONTENT_REFUSED,true",
        "45009,QUOTA,false",
        "48001,UNAUTHORISED,false",
        "99999,UNKNOWN_CODE,false"
    })
    void mapsThePlatformsCodes(int code, Reason reason, boolean forGood) throws Exception {
        answer(okJson("{\"errcode\":" + code + ",\"errmsg\":\"x\"}"));

        Outcome outcome = send(sends(platform.baseUrl(), Map.of()), 1).get(0);

        if (forGood) {
            assertEquals(new Outcome.Rejected(reason, Integer.toString(code)), outcome);
        } else {
            Outcome.Deferred deferred = (Outcome.Deferred) outcome;
            assertEquals(reason, deferred.reason());
            assertEquals(Integer.toString(code), deferred.code());
        }
    }

    @Test
    void keepsNoMoreThanTheWindowUnanswered() throws Exception {
        answer(okJson("{\"errcode\":0,\"msgid\":1}").withFixedDelay(20));
        AtomicInteger flying = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        HttpExchange counted = request -> {
            most.accumulateAndGet(flying.incrementAndGet(), Math::max);
            return http.send(request).whenComplete((answer, failure) -> flying.decrementAndGet());
        };

        send(sends(counted, platform.baseUrl(), Map.of("window", "5")), 60);

        assertTrue(most.get() <= 5, "at a time: " + most);
    }

    @Test
    void refusesAnOpenidThatCannotBeWithoutAsking() throws Exception {
        TemplateSends sends = sends(platform.baseUrl(), Map.of());

        List<Outcome> outcomes = send(sends, List.of("", "a b", "x\",\"template_id\":\"y"));

        assertEquals(Collections.nCopies(3, new Outcome.Rejected(Reason.INVALID_ADDRESS, "")), outcomes);
    }

    private void answer(ResponseDefinitionBuilder response) {
        platform.stubFor(post(urlPathEqualTo(SEND)).willReturn(response));
    }

    private TemplateSends sends(String base, Map<String, String> more) {
        return sends(http, base, more);
    }

    private static TemplateSends sends(HttpExchange http, String base, Map<String, String> more) {
        Map<String, String> values =
                new HashMap<>(Map.of("appid", "a", "secret", "s", "token", "t", "templateId", "p"));
        values.putAll(more);
        values.put("base", base);
        WechatSettings settings = WechatSettings.read(new LinkSettings("wechat-main", values));
        InstantSource clock = InstantSource.system();
        return new TemplateSends(settings, http, clock, new AccessToken(settings, http, clock));
    }

    private static List<Outcome> send(TemplateSends sends, int count) throws Exception {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add("oPerson" + i);
        }
        return send(sends, addresses);
    }

    private static List<Outcome> send(TemplateSends sends, List<String> addresses) throws Exception {
        Notice notice = Notices.actual(PARTS);
        List<Outcome> outcomes = Collections.synchronizedList(
                new ArrayList<>(Collections.nCopies(addresses.size(), new Outcome.Rejected(Reason.INTERNAL, "none"))));
        Batch batch = new Batch(
                "b",
                notice,
                addresses.stream().map(a -> new Addressee(a, false)).toList(),
                outcomes::set);
        sends.submit(batch);
        batch.done().toCompletableFuture().get(60, TimeUnit.SECONDS);
        return List.copyOf(outcomes);
    }
}
