package org.tocsin.gateway.validation;

import java.time.Duration;
import java.util.Set;

/**
 * What an operator sets about the rules.
 *
 * @param clockTolerance how far {@code sent} may lie in the future, 0 or more
 * @param eventCodeNames the valueNames under which an eventCode holds the event, compared without case; empty means any
 * @param limits how much an alert may hold
 */
public record ValidationSettings(Duration clockTolerance, Set<String> eventCodeNames, Limits limits) {
    /** Five minutes, an event code under any name, the standard limits. */
    public static final ValidationSettings STANDARD =
            new ValidationSettings(Duration.ofMinutes(5), Set.of(), Limits.STANDARD);

    /** Copies the names; refuses a negative tolerance. */
    public ValidationSettings {
        eventCodeNames = Set.copyOf(eventCodeNames);
        if (clockTolerance.isNegative()) {
            throw new IllegalArgumentException("clock tolerance must be 0 or more, was " + clockTolerance);
        }
    }
}
