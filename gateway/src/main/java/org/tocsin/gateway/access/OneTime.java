package org.tocsin.gateway.access;

import java.time.Instant;

/**
 * A one-time password, or one half of it, as it is told this once.
 *
 * @param password what is told
 * @param until until when it counts
 */
public record OneTime(String password, Instant until) {
    /** Never the password. */
    @Override
    public String toString() {
        return "OneTime";
    }
}
