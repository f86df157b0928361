package org.tocsin.gateway.dispatch;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;

/** Keeps a link that fails from being asked again and again. One call is one slice of a batch. Any thread. */
final class Breaker {
    private static final int SLICES = 20;
    private static final int LEAST_SLICES = 5;

    private final CircuitBreaker breaker;

    /** Makes a closed one. */
    Breaker(String link) {
        breaker = CircuitBreaker.of(
                link,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(SLICES)
                        .minimumNumberOfCalls(LEAST_SLICES)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(5))
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .build());
    }

    /** Whether a slice may go; then {@link #done} or {@link #forget} must follow. */
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    /** A slice has all its outcomes. */
    void done(Flight flight) {
        if (2 * flight.troubles > flight.outcomes.length) {
            breaker.onError(0, TimeUnit.MILLISECONDS, new LinkTrouble());
        } else {
            breaker.onSuccess(0, TimeUnit.MILLISECONDS);
        }
    }

    /** A slice that was permitted did not go. */
    void forget() {
        breaker.releasePermission();
    }

    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** Whether an outcome speaks against the link rather than against the addressee. */
    static boolean isTrouble(Outcome outcome) {
        if (outcome instanceof Outcome.Deferred deferred) {
            return deferred.reason() != Reason.THROTTLED && deferred.reason() != Reason.UNREACHABLE;
        }
        return outcome instanceof Outcome.Rejected rejected && isOfTheLink(rejected.reason());
    }

    /** Whether another link of the channel may do what this one refused. */
    static boolean isOfTheLink(Reason reason) {
        return reason == Reason.UNAUTHORISED || reason == Reason.QUOTA || reason == Reason.CONTENT_REFUSED;
    }

    private static final class LinkTrouble extends RuntimeException {
        private static final long serialVersionUID = 1;

        LinkTrouble() {
            super("most of a slice failed by the link", null, false, false);
        }
    }
}
