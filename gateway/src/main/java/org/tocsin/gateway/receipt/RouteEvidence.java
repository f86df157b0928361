package org.tocsin.gateway.receipt;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * What one link knows of one issue, in sets of persons' or terminals' numbers. It changes only by journal records, so
 * that a replay gives the same. Not for several threads at once.
 */
final class RouteEvidence {
    private static final int MOST_CODES = 512;
    private static final int LONGEST_CODE = 64;

    /** Why: a reason and the carrier's word for it. */
    record Cause(Reason reason, String code) {}

    final Bits claimed = new Bits();
    final Bits pending = new Bits();
    final Bits waiting = new Bits();
    final Bits unanswered = new Bits();
    final Bits repeated = new Bits();
    final Bits submitted = new Bits();
    final Bits accepted = new Bits();
    final Bits delivered = new Bits();
    final Bits shown = new Bits();
    final Bits answered = new Bits();
    final Bits failed = new Bits();
    final Bits dropped = new Bits();
    /** Who was given to another link and has not come back; not in the archive, where nothing moves any more. */
    final Bits gone = new Bits();

    /** In how many segments each notice goes out, of those that have several; not in the archive. */
    final Map<String, Integer> segmentsOfNotice = new HashMap<>();
    /** By addressee the last try of which the carrier took some segments and not all; not in the archive. */
    final Map<Integer, PartlyTaken> partlyTaken = new HashMap<>();

    final Map<String, Bits> movedTo = new TreeMap<>();
    final Map<Cause, RoaringBitmap> causes = new LinkedHashMap<>();

    /** All sets of numbers but those by link or cause, in the order in which the archive has them. */
    List<Bits> sets() {
        return List.of(
                claimed,
                pending,
                waiting,
                unanswered,
                repeated,
                submitted,
                accepted,
                delivered,
                shown,
                answered,
                failed,
                dropped);
    }

    /** A copy of its own. */
    RouteEvidence copy() {
        RouteEvidence copy = new RouteEvidence();
        List<Bits> own = sets();
        List<Bits> copied = copy.sets();
        for (int set = 0; set < own.size(); set++) {
            copied.get(set).or(own.get(set));
        }
        copy.gone.or(gone);
        movedTo.forEach((link, numbers) -> copy.movedTo.put(link, numbers.copy()));
        causes.forEach((cause, numbers) -> copy.causes.put(cause, numbers.clone()));
        return copy;
    }

    /** Somebody is about to be handed to the channel. */
    void claim(int number) {
        claimed.set(number);
        if (pending.get(number) || unanswered.get(number)) {
            repeated.set(number);
        }
        pending.set(number);
        gone.clear(number);
        waiting.clear(number);
        unanswered.clear(number);
    }

    /** Something is about to be written of somebody who is not handed to the channel now. */
    void note(int number) {
        claimed.set(number);
    }

    void accept(int number) {
        pending.clear(number);
        gone.clear(number);
        submitted.set(number);
        accepted.set(number);
    }

    void reject(int number, Reason reason, String code) {
        pending.clear(number);
        if (reachedCarrier(reason)) {
            submitted.set(number);
        }
        fail(number, reason, code);
    }

    void defer(int number, Reason reason) {
        pending.clear(number);
        if (reachedCarrier(reason)) {
            submitted.set(number);
        }
        if (delivered.get(number) || accepted.get(number)) {
            return;
        }
        (reason == Reason.UNANSWERED ? unanswered : waiting).set(number);
    }

    void giveUp(int number, Reason reason, String code) {
        pending.clear(number);
        gone.clear(number);
        waiting.clear(number);
        unanswered.clear(number);
        fail(number, reason, code);
    }

    void move(int number, String link) {
        if (pending.get(number) || unanswered.get(number)) {
            // The other link's submit may be a second one.
            repeated.set(number);
        }
        gone.set(number);
        pending.clear(number);
        waiting.clear(number);
        unanswered.clear(number);
        movedTo.computeIfAbsent(link, unknown -> new Bits()).set(number);
    }

    void drop(int number, Reason reason) {
        if (accepted.get(number) || delivered.get(number)) {
            return;
        }
        pending.clear(number);
        waiting.clear(number);
        unanswered.clear(number);
        dropped.set(number);
        cause(number, reason, "");
    }

    /** A final report of a whole person: all segments. */
    void report(int number, Evidence evidence, @Nullable Reason reason, String code) {
        if (evidence.isPositive()) {
            accept(number);
            waiting.clear(number);
            unanswered.clear(number);
            delivered.set(number);
            if (evidence.level() >= Evidence.SHOWN.level()) {
                shown.set(number);
            }
            if (evidence.level() >= Evidence.ANSWERED.level()) {
                answered.set(number);
            }
        } else if (evidence == Evidence.FAILED && reason != null) {
            accept(number);
            waiting.clear(number);
            unanswered.clear(number);
            fail(number, reason, code);
        } else {
            accept(number);
            unanswered.clear(number);
        }
    }

    /** Whether a carrier may have taken this one without telling us by which reference. */
    boolean mayHaveBeenTaken(int number) {
        return pending.get(number) || unanswered.get(number) || repeated.get(number);
    }

    private void fail(int number, Reason reason, String code) {
        failed.set(number);
        cause(number, reason, code);
    }

    private void cause(int number, Reason reason, String code) {
        String word = code.length() > LONGEST_CODE ? code.substring(0, LONGEST_CODE) : code;
        Cause cause = new Cause(reason, word);
        if (!causes.containsKey(cause) && causes.size() >= MOST_CODES) {
            cause = new Cause(reason, "…");
        }
        causes.computeIfAbsent(cause, unknown -> new RoaringBitmap()).add(number);
    }

    /** Whether an outcome with this reason means that the carrier was asked. */
    private static boolean reachedCarrier(Reason reason) {
        return switch (reason) {
            case NO_ADDRESS, INVALID_ADDRESS, NOT_A_PROBE, LINK_DOWN, EXPIRED, DROPPED, INTERNAL -> false;
            default -> true;
        };
    }
}
