package org.tocsin.gateway.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Message;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Receipt;
import org.tocsin.gateway.receipt.AddressBook;

/**
 * Tests a link end to end: now and then one message of status Test to a probe number, from the submit to the report of
 * its delivery. It stands in no journal, since it is nobody's warning. Any thread.
 */
final class LinkProbe {
    /** How long a report may take before the test has failed. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final String link;
    private final String number;
    private final Submitter submitter;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Duration every;
    private final Set<String> references = new HashSet<>();
    private @Nullable Instant sent;
    private Instant next = Instant.EPOCH;
    private long count;
    private volatile boolean waiting;
    private volatile Tested last = Tested.NEVER;

    /**
     * How the last test ended.
     *
     * @param at when it ended; the epoch where there was none
     * @param ok whether the report of a delivery came in time
     * @param millis how long that took; -1 where it did not
     * @param why what went wrong; empty where nothing did
     */
    record Tested(Instant at, boolean ok, long millis, String why) {
        static final Tested NEVER = new Tested(Instant.EPOCH, false, -1, "");
    }

    LinkProbe(String link, String number, Submitter submitter, InstantSource clock, ZoneId zone, Duration every) {
        this.link = link;
        this.number = number;
        this.submitter = submitter;
        this.clock = clock;
        this.zone = zone;
        this.every = every;
    }

    /** Begins a test when one is due, ends one that waits for too long. Called now and then. */
    void look(boolean up) {
        Batch batch;
        synchronized (this) {
            Instant now = clock.instant();
            Instant since = sent;
            if (since != null && Duration.between(since, now).compareTo(PATIENCE) > 0) {
                end(now, false, -1, "no report within " + PATIENCE.toSeconds() + " s");
            }
            if (number.isEmpty() || every.isZero() || !up || sent != null || now.isBefore(next)) {
                return;
            }
            next = now.plus(every);
            sent = now;
            waiting = true;
            references.clear();
            batch = batch(now);
        }
        submitter.submit(link, batch);
    }

    /** How the last one ended. */
    Tested last() {
        return last;
    }

    /** Whether a receipt is the test's; then it is taken. Cheap while no test is under way. */
    boolean takes(Receipt receipt) {
        if (!waiting) {
            return false;
        }
        synchronized (this) {
            Instant since = sent;
            String reference = receipt.reference();
            String address = receipt.address();
            boolean mine = (reference != null && references.contains(reference))
                    || (address != null && AddressBook.same(number, address) && !isOfAnother(reference));
            if (since == null || !mine) {
                return false;
            }
            Instant now = clock.instant();
            if (receipt.evidence().isPositive()) {
                end(now, true, Duration.between(since, now).toMillis(), "");
            } else if (receipt.reason() != null) {
                end(now, false, -1, receipt.reason().label() + " " + receipt.code());
            }
            return true;
        }
    }

    /** Before the answer to the submit no reference is known, and the number alone tells. */
    private boolean isOfAnother(@Nullable String reference) {
        return reference != null && !references.isEmpty() && !references.contains(reference);
    }

    private void answered(Outcome outcome) {
        synchronized (this) {
            if (sent == null) {
                return;
            }
            if (outcome instanceof Outcome.Accepted accepted) {
                references.addAll(accepted.references());
            } else if (outcome instanceof Outcome.Rejected rejected) {
                end(clock.instant(), false, -1, rejected.reason().label() + " " + rejected.code());
            } else if (outcome instanceof Outcome.Deferred deferred) {
                end(clock.instant(), false, -1, deferred.reason().label() + " " + deferred.code());
            }
        }
    }

    private void end(Instant now, boolean ok, long millis, String why) {
        last = new Tested(now, ok, millis, why.strip());
        sent = null;
        waiting = false;
        references.clear();
    }

    private Batch batch(Instant now) {
        String id = "probe-" + link + "-" + now.toEpochMilli() + "-" + ++count;
        Info info = Info.of(
                "zh-CN",
                List.of(Category.OTHER),
                "链路测试",
                Urgency.UNKNOWN,
                Severity.MINOR,
                Certainty.UNKNOWN,
                List.of());
        Alert alert = new Alert(
                id,
                "tocsin",
                OffsetDateTime.ofInstant(now, zone).withNano(0),
                Status.TEST,
                MsgType.ALERT,
                null,
                Scope.PUBLIC,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(info));
        Notice notice = new Notice(
                id, id, alert, info, Level.IV, new Message("zh-CN", Map.of("text", "链路测试，请忽略")), now.plus(VALIDITY));
        return new Batch(id, notice, List.of(new Addressee(number, true)), (index, outcome) -> answered(outcome));
    }
}
