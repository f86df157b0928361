package org.tocsin.channel.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.JdkHttpExchange;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

class PushesTest {
    private static final Outcome UNREADABLE =
            new Outcome.Deferred(Reason.UNANSWERED, "unreadable", Duration.ofSeconds(1));

    private final WireMockServer platform =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @BeforeEach
    void start() {
        platform.start();
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @Test
    void givesEachTokenItsOwnOutcomeWhateverTheOrderOfTheAnswer() throws Exception {
        answer(
                okJson(
                        """
                {"results": [
                  {"token": "d", "error": "QUOTA"},
                  {"token": "c", "error": "UNREGISTERED"},
                  {"token": "a", "messageId": "m1"},
                  {"token": "nobody", "messageId": "m9"},
                  {"token": "e", "error": "SOMETHING_NEW"},
                  {"token": "a", "messageId": "m2"}]}"""));

        List<Outcome> outcomes = send("20000", "a", "b", "c", "d", "e", "a");

        assertEquals(
                List.of(
                        new Outcome.Accepted("m1"),
                        UNREADABLE,
                        new Outcome.Rejected(Reason.UNKNOWN_SUBSCRIBER, "UNREGISTERED"),
                        new Outcome.Deferred(Reason.QUOTA, "QUOTA", Duration.ofMinutes(1)),
                        new Outcome.Deferred(Reason.UNKNOWN_CODE, "SOMETHING_NEW", Duration.ofSeconds(5)),
                        new Outcome.Accepted("m2")),
                outcomes);
        platform.verify(
                1, postRequestedFor(urlPathEqualTo("/v1/push")).withHeader("Authorization", equalTo("Bearer the-key")));
    }

    @Test
    void saysUnansweredWhenTheAnswerIsLateResetOrGarbage() throws Exception {
        Outcome unanswered = new Outcome.Deferred(Reason.UNANSWERED, "", Duration.ofSeconds(1));

        answer(okJson("{}").withFixedDelay(3000));
        assertEquals(List.of(unanswered), send("700", "a"));
        answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertEquals(List.of(unanswered), send("20000", "a"));
        answer(okJson("{\"results\": 7}"));
        assertEquals(List.of(UNREADABLE), send("20000", "a"));
        answer(okJson("[".repeat(5000)));
        assertEquals(List.of(UNREADABLE), send("20000", "a"));
        answer(aResponse().withStatus(504));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.UNANSWERED, "http 504", Duration.ofSeconds(1))),
                send("20000", "a"));
    }

    @Test
    void defersWhenThePlatformIsBusyOrRefusesTheAccount() throws Exception {
        answer(aResponse().withStatus(500));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.CARRIER_ERROR, "http 500", Duration.ofSeconds(1))),
                send("20000", "a"));
        answer(aResponse().withStatus(429).withHeader("Retry-After", "9"));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.THROTTLED, "http 429", Duration.ofSeconds(9))), send("20000", "a"));
        answer(aResponse().withStatus(401));
        assertEquals(
                List.of(new Outcome.Deferred(Reason.UNAUTHORISED, "http 401", Duration.ofSeconds(30))),
                send("20000", "a"));
    }

    @Test
    void namesTheSameBatchTheSameAndAnotherOtherwise() throws Exception {
        answer(okJson("{\"results\": []}"));
        send("20000", "a", "b");
        send("20000", "a", "b");
        send("20000", "a", "c");

        List<String> cids = platform.getAllServeEvents().stream()
                .map(event ->
                        Json.read(event.getRequest().getBody()).path("cid").asText())
                .distinct()
                .toList();
        assertEquals(2, cids.size(), cids.toString());
        assertTrue(cids.stream().allMatch(cid -> cid.matches("[0-9a-f]{32}")), cids.toString());
    }

    @Test
    void refusesATokenThatCannotBeWithoutAsking() throws Exception {
        List<Outcome> outcomes = send("20000", "", "a b", "x".repeat(600));

        assertEquals(Collections.nCopies(3, new Outcome.Rejected(Reason.INVALID_ADDRESS, "")), outcomes);
        assertEquals(0, platform.getAllServeEvents().size());
    }

    private void answer(ResponseDefinitionBuilder response) {
        platform.stubFor(post(urlPathEqualTo("/v1/push")).willReturn(response));
    }

    private List<Outcome> send(String timeoutMillis, String... tokens) throws Exception {
        AppSettings settings = AppSettings.read(new LinkSettings(
                "app-main",
                Map.of(
                        "base",
                        platform.baseUrl(),
                        "key",
                        "the-key",
                        "callbackSecret",
                        "0123456789abcdef",
                        "timeoutMillis",
                        timeoutMillis)));
        List<Outcome> outcomes = Collections.synchronizedList(
                new ArrayList<>(Collections.nCopies(tokens.length, new Outcome.Rejected(Reason.INTERNAL, "none"))));
        Batch batch = new Batch(
                "b",
                Notices.actual(Map.of("title", "暴雨红色预警", "body", "请转移")),
                List.of(tokens).stream()
                        .map(token -> new Addressee(token, false))
                        .toList(),
                outcomes::set);
        new Pushes(settings, new JdkHttpExchange(), InstantSource.system()).submit(batch);
        batch.done().toCompletableFuture().get(60, TimeUnit.SECONDS);
        return List.copyOf(outcomes);
    }
}
