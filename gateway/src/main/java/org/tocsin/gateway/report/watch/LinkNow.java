package org.tocsin.gateway.report.watch;

/**
 * How a link is.
 *
 * @param link its id
 * @param channel its channel's name
 * @param provider its provider's name
 * @param state what it can do
 * @param queued how many addressees wait for it
 * @param outstanding how many are with the carrier and unanswered
 */
public record LinkNow(String link, String channel, String provider, State state, int queued, int outstanding) {
    /** What a link can do now; the worst that holds. */
    public enum State {
        /** It sends. */
        UP,
        /** Most of what it sent lately failed: it rests for some seconds and is tried again. */
        RESTING,
        /** It is not connected. */
        DOWN,
        /** The provider refuses the account. */
        REFUSED
    }

    /** Whether it sends. */
    public boolean isHealthy() {
        return state == State.UP;
    }
}
