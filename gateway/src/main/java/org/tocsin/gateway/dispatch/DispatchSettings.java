package org.tocsin.gateway.dispatch;

import java.time.Duration;

/**
 * The times and limits of dispatch.
 *
 * @param lease for how long a node owns a link without renewing
 * @param renew how often it renews
 * @param park how long a receipt of unknown reference waits for the submit's answer before it is journalled as an
 *     orphan
 * @param grace how long an unanswered submit waits for a receipt before it is repeated
 * @param backOff the shortest wait before a deferred submit is tried again; doubled with each attempt
 * @param longestBackOff the longest
 * @param attempts how often a submit is tried that the carrier defers; those that never reached it do not count
 * @param failoverAfter how long a link may be down before its work goes to another link of the channel
 * @param redReserve the share of a link's rate and window that only level I may use, 0 to 1
 */
public record DispatchSettings(
        Duration lease,
        Duration renew,
        Duration park,
        Duration grace,
        Duration backOff,
        Duration longestBackOff,
        int attempts,
        Duration failoverAfter,
        double redReserve) {
    /** The ones that architecture.md names, and sensible others. */
    public static DispatchSettings standard() {
        return new DispatchSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                8,
                Duration.ofSeconds(1),
                0.25);
    }
}
