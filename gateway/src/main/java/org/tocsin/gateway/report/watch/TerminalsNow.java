package org.tocsin.gateway.report.watch;

/**
 * How the terminals of a kind are.
 *
 * @param kind loudspeaker, screen
 * @param registered how many there are
 * @param online of these, how many are connected to the gateway
 * @param known whether the gateway can tell: not where they connect elsewhere
 */
public record TerminalsNow(String kind, int registered, int online, boolean known) {
    /** How many are not connected; 0 where nobody knows. */
    public int offline() {
        return known ? registered - online : 0;
    }

    /** Whether at most a twentieth is offline, or nobody knows. */
    public boolean isHealthy() {
        return offline() * 20 <= registered;
    }
}
