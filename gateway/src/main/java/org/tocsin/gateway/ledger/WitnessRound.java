package org.tocsin.gateway.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a witness what it has not confirmed yet. What fails is tried again, at first after a minute, then after twice
 * as long each time, at most after six hours; sealing never waits for it. One thread calls {@link #bring}; any thread
 * asks for the {@link #state}.
 */
public final class WitnessRound {
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);
    private static final int AT_ONCE = 100;
    private static final int LONGEST_REASON = 300;

    private final Witness witness;
    private final SealStore store;
    private final InstantSource clock;
    private Duration wait = Duration.ZERO;
    private Instant notBefore = Instant.MIN;
    private int brought = -1;
    private volatile State state;
    private long failures;

    /**
     * How it stands with a witness.
     *
     * @param witness its name
     * @param confirmed how many seals it has confirmed
     * @param behind how many it has not
     * @param refused whether it refuses the next one, so that people must look
     * @param failure why the last try failed; null where it did not
     * @param nextTry when it is tried again; null where nothing failed
     * @param failures how many tries have failed since the start
     */
    public record State(
            String witness,
            int confirmed,
            int behind,
            boolean refused,
            @Nullable String failure,
            @Nullable Instant nextTry,
            long failures) {}

    /** Makes it. */
    public WitnessRound(Witness witness, SealStore store, InstantSource clock) {
        this.witness = witness;
        this.store = store;
        this.clock = clock;
        this.state = new State(witness.name(), 0, 0, false, null, null, 0);
    }

    /** Brings the seals that are due, unless the last try failed too lately. Blocks. */
    public void bring() {
        int confirmed = store.witnessed(witness.name());
        int count = store.count();
        if (clock.instant().isBefore(notBefore)) {
            say(confirmed, count - confirmed, state.refused(), state.failure(), state.nextTry());
            return;
        }
        if (brought < 0 || brought > confirmed) {
            brought = confirmed;
        }
        try {
            for (int left = AT_ONCE; left > 0 && brought < count; left--) {
                Seal seal = store.read(brought, 1).get(0);
                String receipt = witness.show(seal);
                store.confirm(witness.name(), brought, seal, receipt, clock.instant());
                brought++;
                confirmed = Math.max(confirmed, brought);
                say(confirmed, count - confirmed, false, null, null);
            }
            wait = Duration.ZERO;
            say(confirmed, count - confirmed, false, null, null);
        } catch (Witness.Failed failed) {
            if (failed.kind() == Witness.Failed.Kind.GAP && brought > 0) {
                // It has lost some, or never had them: it gets them all again, which it knows where it has them.
                brought = 0;
            }
            failures++;
            wait = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
            wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            notBefore = clock.instant().plus(wait);
            String reason = String.valueOf(failed.getMessage());
            say(
                    confirmed,
                    count - confirmed,
                    failed.kind() == Witness.Failed.Kind.REFUSED,
                    reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason,
                    notBefore);
        }
    }

    /** How it stands. */
    public State state() {
        return state;
    }

    private void say(int confirmed, int behind, boolean refused, @Nullable String failure, @Nullable Instant nextTry) {
        state = new State(witness.name(), confirmed, behind, refused, failure, nextTry, failures);
    }
}
