package org.tocsin.gateway.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    private static final int PAGE = 100;
    private static final int LONGEST_REASON = 300;

    private final Witness witness;
    private final SealStore store;
    private final InstantSource clock;
    private Duration wait = Duration.ZERO;
    private Instant notBefore = Instant.MIN;
    private int confirmed;
    private boolean contradicted;
    private int brought;
    /** Whether it wanted what came before, and gets all again. */
    private boolean again;
    /** What was answered and could not be kept, so that nobody is asked, or written to, a second time. */
    private SealStore.@Nullable Receipt unkept;

    private volatile State state;
    private long failures;

    /**
     * How it stands with a witness.
     *
     * @param witness its name
     * @param id its {@link Witness#id}
     * @param confirmed how many of the store's seals it has confirmed, from the first on
     * @param behind how many it has not
     * @param refused whether it refuses the next one, so that people must look
     * @param contradicted whether it has confirmed a seal that the store does not have, so that people must look
     * @param failure why the last try failed; null where it did not
     * @param nextTry when it is tried again; null where nothing failed
     * @param failures how many tries have failed since the start
     */
    public record State(
            String witness,
            String id,
            int confirmed,
            int behind,
            boolean refused,
            boolean contradicted,
            @Nullable String failure,
            @Nullable Instant nextTry,
            long failures) {}

    /** Makes it. */
    public WitnessRound(Witness witness, SealStore store, InstantSource clock) {
        this.witness = witness;
        this.store = store;
        this.clock = clock;
        this.state = new State(witness.name(), witness.id(), 0, 0, false, false, null, null, 0);
    }

    /** Brings the seals that are due, unless the last try failed too lately. Blocks. */
    public void bring() {
        // In this order: a receipt that comes meanwhile is for a seal that is counted.
        int receipts = store.witnessed(witness.id());
        int count = store.count();
        compare(receipts, count);
        if (clock.instant().isBefore(notBefore)) {
            say(count, state.refused(), state.failure(), state.nextTry());
            return;
        }
        if (brought > count || (!again && brought < confirmed)) {
            brought = confirmed;
        }
        try {
            for (int left = AT_ONCE; left > 0 && brought < count; left--) {
                Seal seal = store.read(brought, 1).get(0);
                store.confirm(witness.id(), brought, seal, answer(seal), clock.instant());
                unkept = null;
                brought++;
                confirmed = contradicted ? confirmed : Math.max(confirmed, brought);
                say(count, again && state.refused(), null, null);
            }
            again = again && brought < count;
            wait = Duration.ZERO;
            say(count, again && state.refused(), null, null);
        } catch (Witness.Failed failed) {
            boolean isGap = failed.kind() == Witness.Failed.Kind.GAP;
            // It has lost some, or never had them: it gets them all again, which it knows where it has them. Who then
            // still wants others has the row of another ledger.
            boolean refused = failed.kind() == Witness.Failed.Kind.REFUSED || (isGap && (again || brought == 0));
            if (isGap) {
                again = true;
                brought = 0;
            }
            String reason = String.valueOf(failed.getMessage());
            later();
            say(
                    count,
                    refused,
                    reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason,
                    notBefore);
        } catch (RuntimeException failed) {
            later();
            say(count, state.refused(), failed.toString(), notBefore);
            throw failed;
        }
    }

    private String answer(Seal seal) throws Witness.Failed {
        SealStore.Receipt before = unkept;
        if (before == null || !before.seal().equals(seal.hash())) {
            before = new SealStore.Receipt(seal.hash(), witness.show(seal));
            unkept = before;
        }
        return before.answer();
    }

    private void later() {
        failures++;
        wait = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
        wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        notBefore = clock.instant().plus(wait);
    }

    /**
     * Finds how many receipts, from the first on, are for the seals that the store has; the rest was looked at before.
     */
    private void compare(int receipts, int count) {
        int end = Math.min(receipts, count);
        if (confirmed > end || (confirmed > 0 && fitting(confirmed - 1, 1) == 0)) {
            confirmed = 0;
        }
        while (confirmed < end) {
            int size = Math.min(PAGE, end - confirmed);
            int fitting = fitting(confirmed, size);
            confirmed += fitting;
            if (fitting < size) {
                break;
            }
        }
        contradicted = confirmed < receipts;
    }

    private int fitting(int from, int size) {
        List<Seal> seals = store.read(from, size);
        List<SealStore.Receipt> receipts = store.receipts(witness.id(), from, size);
        int at = 0;
        while (at < Math.min(seals.size(), receipts.size())
                && seals.get(at).hash().equals(receipts.get(at).seal())) {
            at++;
        }
        return at;
    }

    /** How it stands. */
    public State state() {
        return state;
    }

    private void say(int count, boolean refused, @Nullable String failure, @Nullable Instant nextTry) {
        state = new State(
                witness.name(),
                witness.id(),
                confirmed,
                Math.max(0, count - confirmed),
                refused,
                contradicted,
                failure,
                nextTry,
                failures);
    }
}
