package org.tocsin.gateway.dispatch;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.receipt.Fingerprint;
import org.tocsin.gateway.receipt.LinkEvidence;

/**
 * The outcomes of what a link handed over: written into the next journal entry, and queued again where they ask for it.
 * For the link's thread.
 */
final class Arrivals {
    private static final int MOST_SEGMENTS = 255;
    private static final int PATIENT_THROTTLES = 8;

    private final Supplier<LinkEvidence> evidence;
    private final CommitPipe pipe;
    private final ReceiptDesk desk;
    private final Breaker breaker;
    private final LinkPulse pulse;
    private final LinkQueues queues;
    private final Departures departures;
    private final DispatchSettings settings;
    private final InstantSource clock;

    Arrivals(
            Supplier<LinkEvidence> evidence,
            CommitPipe pipe,
            ReceiptDesk desk,
            Breaker breaker,
            LinkQueues queues,
            Departures departures,
            LinkPulse pulse,
            LinkWorker.Tools tools) {
        this.evidence = evidence;
        this.pipe = pipe;
        this.desk = desk;
        this.breaker = breaker;
        this.queues = queues;
        this.departures = departures;
        this.pulse = pulse;
        this.settings = tools.settings();
        this.clock = tools.clock();
    }

    /** Writes an outcome. */
    void journal(Flight flight, int index, Outcome outcome) {
        long claim = flight.claim.id();
        pipe.outcome();
        if (!outcome.taken().isEmpty()) {
            partlyTaken(claim, index, outcome.taken());
        }
        if (outcome instanceof Outcome.Accepted accepted) {
            accept(claim, index, accepted.references());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            if (Breaker.isOfTheLink(rejected.reason()) && departures.next(flight, index) != null) {
                flight.refused.set(index);
                pipe.encoder.deferred(claim, index, rejected.reason(), rejected.code());
            } else {
                pipe.encoder.rejected(claim, index, rejected.reason(), rejected.code());
            }
        } else if (outcome instanceof Outcome.Deferred deferred) {
            if (counts(deferred.reason()) && flight.attempt >= settings.attempts()) {
                pipe.encoder.gaveUp(claim, index, deferred.reason(), deferred.code());
            } else {
                pipe.encoder.deferred(claim, index, deferred.reason(), deferred.code());
            }
        }
        if (Breaker.isTrouble(outcome)) {
            flight.troubles++;
        }
        if (--flight.open == 0) {
            finish(flight);
        }
    }

    private void accept(long claim, int index, List<String> references) {
        int count = Math.min(MOST_SEGMENTS, references.size());
        if (count == 1) {
            long reference = Fingerprint.of(references.get(0));
            pipe.encoder.accepted(claim, index, reference);
            evidence.get().learn(claim, index, reference, 0);
            desk.known(reference);
            return;
        }
        long[] all = new long[count];
        for (int segment = 0; segment < count; segment++) {
            all[segment] = Fingerprint.of(references.get(segment));
        }
        pipe.encoder.accepted(claim, index, all);
        for (int segment = 0; segment < count; segment++) {
            evidence.get().learn(claim, index, all[segment], segment);
            desk.known(all[segment]);
        }
    }

    /** A segment's report finds its own try by this, and is never taken for one of the whole. */
    private void partlyTaken(long claim, int index, List<String> taken) {
        long[] all = new long[Math.min(MOST_SEGMENTS, taken.size())];
        for (int segment = 0; segment < all.length; segment++) {
            all[segment] = taken.get(segment).isEmpty() ? 0 : Fingerprint.of(taken.get(segment));
        }
        pipe.encoder.partlyTaken(claim, index, all);
        for (int segment = 0; segment < all.length; segment++) {
            if (all[segment] != 0) {
                evidence.get().learn(claim, index, all[segment], segment);
                desk.known(all[segment]);
            }
        }
    }

    /** All of a flight have their outcome: those who need it are queued again, here or on another link. */
    private void finish(Flight flight) {
        pipe.landed(flight);
        departures.answered(pulse.landed(flight));
        if (!flight.judged) {
            flight.judged = true;
            breaker.done(flight);
        }
        int[] numbers = flight.claim.numbers();
        int[] later = new int[numbers.length];
        int[] uncertain = new int[numbers.length];
        int[] elsewhere = new int[numbers.length];
        int laters = 0;
        int uncertains = 0;
        int elsewheres = 0;
        int throttled = 0;
        long wait = 0;
        boolean counted = false;
        for (int index = 0; index < numbers.length; index++) {
            Outcome outcome = flight.outcomes[index];
            if (flight.refused.get(index)) {
                elsewhere[elsewheres++] = numbers[index];
            } else if (outcome instanceof Outcome.Deferred deferred) {
                boolean counts = counts(deferred.reason());
                if (counts && flight.attempt >= settings.attempts()) {
                    continue;
                }
                if (deferred.reason() == Reason.UNANSWERED) {
                    uncertain[uncertains++] = numbers[index];
                } else {
                    later[laters++] = numbers[index];
                    wait = Math.max(wait, deferred.retryAfter().toMillis());
                    counted |= counts;
                    throttled += deferred.reason() == Reason.THROTTLED ? 1 : 0;
                }
            }
        }
        int next = counted ? flight.attempt + 1 : Math.max(2, flight.attempt);
        int throttles = throttled > 0 ? flight.throttles + 1 : flight.throttles;
        if (laters > 0) {
            // Whom the carrier throttles the rate holds back; only who is throttled again and again waits long.
            int tried = throttled == laters ? 1 + Math.max(0, throttles - PATIENT_THROTTLES) : flight.attempt;
            long pause = Math.max(wait, backOff(tried));
            queues.addAgain(
                    new Slice(flight.batch, null, next, now() + pause, throttles, Arrays.copyOf(later, laters)));
        }
        if (uncertains > 0) {
            long pause = settings.grace().toMillis();
            queues.addAgain(new Slice(
                    flight.batch, null, flight.attempt + 1, now() + pause, Arrays.copyOf(uncertain, uncertains)));
        }
        String other = flight.next;
        if (elsewheres > 0 && other != null) {
            departures.move(new Slice(flight.batch, null, next, 0, Arrays.copyOf(elsewhere, elsewheres)), other, true);
        }
    }

    /**
     * Whether a deferral is one of the attempts that are counted: not where the carrier was never asked, or asked too
     * soon.
     */
    private static boolean counts(Reason reason) {
        return reason != Reason.LINK_DOWN && reason != Reason.THROTTLED;
    }

    private long backOff(int attempt) {
        long first = settings.backOff().toMillis();
        long longest = settings.longestBackOff().toMillis();
        return Math.min(longest, first << Math.min(attempt - 1, 16));
    }

    private long now() {
        return clock.millis();
    }
}
