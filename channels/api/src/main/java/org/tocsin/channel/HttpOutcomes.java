package org.tocsin.channel;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletionException;

/**
 * What an HTTP answer without the provider's own word, or no answer at all, means for a submit. A provider's own codes
 * come first; this is for what stands around them. Immutable.
 */
public final class HttpOutcomes {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSED_ACCOUNT = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final InstantSource clock;

    /** Makes it with a clock, by which a Retry-After that is a date is read. */
    public HttpOutcomes(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What an answer other than 2xx means. A gateway's 502 and 504 say nothing about the provider behind it, which may
     * have taken the submit.
     */
    public Outcome of(HttpExchange.Answer answer) {
        int status = answer.status();
        String code = "http " + status;
        return switch (status) {
            case 401, 403 -> new Outcome.Deferred(Reason.UNAUTHORISED, code, AFTER_REFUSED_ACCOUNT);
            case 413 -> new Outcome.Rejected(Reason.TOO_LONG, code);
            case 429 -> new Outcome.Deferred(Reason.THROTTLED, code, retryAfter(answer, SOON));
            case 502, 504 -> new Outcome.Deferred(Reason.UNANSWERED, code, retryAfter(answer, SOON));
            default ->
                new Outcome.Deferred(Reason.CARRIER_ERROR, code, retryAfter(answer, status >= 500 ? SOON : LATER));
        };
    }

    /**
     * What a failed exchange means.
     *
     * @param failure what {@link HttpExchange#send}'s stage failed with, wrapped or not
     */
    public Outcome of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpExchange.Failure http) {
            return http.sent()
                    ? new Outcome.Deferred(Reason.UNANSWERED, "", SOON)
                    : new Outcome.Deferred(Reason.LINK_DOWN, "", SOON);
        }
        return new Outcome.Deferred(Reason.INTERNAL, cause.getClass().getSimpleName(), LATER);
    }

    private Duration retryAfter(HttpExchange.Answer answer, Duration otherwise) {
        String value = answer.headers().get("retry-after");
        if (value == null) {
            return otherwise;
        }
        Duration told;
        try {
            told = value.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException notADate) {
            return otherwise;
        }
        if (told.isNegative()) {
            return Duration.ZERO;
        }
        return told.compareTo(LONGEST) > 0 ? LONGEST : told;
    }
}
