package org.tocsin.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class HttpOutcomesTest {
    private final HttpOutcomes outcomes = new HttpOutcomes(new TestClock(Instant.parse("2026-07-20T00:00:00Z")));

    @Test
    void waitsAsLongAsTheProviderSays() {
        assertEquals(
                new Outcome.Deferred(Reason.THROTTLED, "http 429", Duration.ofSeconds(7)),
                outcomes.of(answer(429, Map.of("retry-after", "7"))));
        assertEquals(
                new Outcome.Deferred(Reason.CARRIER_ERROR, "http 503", Duration.ofSeconds(90)),
                outcomes.of(answer(503, Map.of("retry-after", "Mon, 20 Jul 2026 00:01:30 GMT"))));
    }

    @Test
    void doesNotWaitForeverNorBackwardsWhateverTheProviderSays() {
        assertEquals(
                new Outcome.Deferred(Reason.THROTTLED, "http 429", Duration.ofHours(1)),
                outcomes.of(answer(429, Map.of("retry-after", "999999999"))));
        assertEquals(
                new Outcome.Deferred(Reason.THROTTLED, "http 429", Duration.ZERO),
                outcomes.of(answer(429, Map.of("retry-after", "Sun, 19 Jul 2026 00:00:00 GMT"))));
        assertEquals(
                new Outcome.Deferred(Reason.THROTTLED, "http 429", Duration.ofSeconds(1)),
                outcomes.of(answer(429, Map.of("retry-after", "soon"))));
    }

    @Test
    void saysThatItMayHaveBeenTakenWhereTheProviderMayHaveIt() {
        assertEquals(
                new Outcome.Deferred(Reason.UNANSWERED, "", Duration.ofSeconds(1)),
                outcomes.of(new CompletionException(new HttpExchange.Failure("reset", true))));
        assertEquals(
                new Outcome.Deferred(Reason.LINK_DOWN, "", Duration.ofSeconds(1)),
                outcomes.of(new HttpExchange.Failure("refused", false)));
        assertEquals(
                new Outcome.Deferred(Reason.UNANSWERED, "http 504", Duration.ofSeconds(1)),
                outcomes.of(answer(504, Map.of())));
    }

    @Test
    void defersWhatIsNotTheAddresseesFault() {
        assertEquals(
                new Outcome.Deferred(Reason.UNAUTHORISED, "http 401", Duration.ofSeconds(30)),
                outcomes.of(answer(401, Map.of())));
        assertEquals(new Outcome.Rejected(Reason.TOO_LONG, "http 413"), outcomes.of(answer(413, Map.of())));
        assertEquals(
                new Outcome.Deferred(Reason.INTERNAL, "IllegalStateException", Duration.ofSeconds(5)),
                outcomes.of(new IllegalStateException("defect")));
    }

    private static HttpExchange.Answer answer(int status, Map<String, String> headers) {
        return new HttpExchange.Answer(status, headers, new byte[0]);
    }
}
