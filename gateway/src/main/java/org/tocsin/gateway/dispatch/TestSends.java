package org.tocsin.gateway.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Scope;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Status;
import org.tocsin.alert.Urgency;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Receipt;
import org.tocsin.gateway.registry.People;
import org.tocsin.wording.Wording;

/**
 * Tests that people send to themselves: to the registry's contact whose key is their own id, who must be a probe. A
 * test is no warning's issue: it is in no journal and no figure, and is remembered here alone, the latest
 * {@value #MOST}. May be used by any thread.
 */
final class TestSends {
    private static final int MOST = 64;
    private static final int MOST_AN_HOUR = 30;
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration HOLDS = Duration.ofMinutes(10);

    /** The link that a test goes over. */
    record Way(String link, String channel, String column) {}

    private record Known(String reference, String id) {}

    private final Wording wording;
    private final InstantSource clock;
    private final Submitter submitter;
    private final Deque<TestSend> tests = new ArrayDeque<>();
    private final Deque<Known> references = new ArrayDeque<>();
    private long count;

    TestSends(Wording wording, InstantSource clock, Submitter submitter) {
        this.wording = wording;
        this.clock = clock;
        this.submitter = submitter;
    }

    /**
     * Sends.
     *
     * @throws TestSendRefused where it may not be; nothing was sent
     */
    TestSend send(Way way, String who, String name, People people) {
        int number = people.find(who);
        if (number < 0) {
            throw new TestSendRefused(TestSendRefused.Why.NOT_ON_RECORD);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Notice notice = notice(way, name, people.language(number), now);
        if (ProbeGuard.allowed(notice.alert(), RoaringBitmap.bitmapOf(number), people::isProbe)
                .isEmpty()) {
            throw new TestSendRefused(TestSendRefused.Why.NO_PROBE);
        }
        String address = people.address(way.column(), number);
        if (address == null) {
            throw new TestSendRefused(TestSendRefused.Why.NO_ADDRESS);
        }
        TestSend test;
        synchronized (this) {
            requireSeldom(who, now);
            test = new TestSend(
                    "test-" + now.toEpochMilli() + "-" + ++count,
                    who,
                    way.link(),
                    way.channel(),
                    now,
                    TestSend.Said.NOTHING,
                    null,
                    "",
                    null,
                    "",
                    null);
            tests.addFirst(test);
            while (tests.size() > MOST) {
                tests.removeLast();
            }
        }
        submitter.submit(
                way.link(),
                new Batch(
                        test.id(),
                        notice,
                        List.of(new Addressee(address, people.isProbe(number))),
                        (index, outcome) -> answered(test.id(), outcome)));
        return test;
    }

    /** The tests of somebody, the latest first. */
    synchronized List<TestSend> of(String who) {
        return tests.stream().filter(test -> test.who().equals(who)).toList();
    }

    /** Whether a receipt is of a test: then it is noted here and nowhere else. */
    synchronized boolean isTaken(Receipt receipt) {
        if (references.isEmpty() || receipt.reference() == null) {
            return false;
        }
        Optional<Known> known = references.stream()
                .filter(one -> one.reference().equals(receipt.reference()))
                .findFirst();
        known.ifPresent(
                one -> change(one.id(), test -> test.reported(receipt.evidence(), receipt.code(), clock.instant())));
        return known.isPresent();
    }

    private synchronized void answered(String id, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted accepted) {
            accepted.references().forEach(reference -> references.addLast(new Known(reference, id)));
            while (references.size() > 4 * MOST) {
                references.removeFirst();
            }
            change(id, test -> test.answered(TestSend.Said.ACCEPTED, null, ""));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            change(id, test -> test.answered(TestSend.Said.REJECTED, rejected.reason(), rejected.code()));
        } else if (outcome instanceof Outcome.Deferred deferred) {
            change(id, test -> test.answered(TestSend.Said.DEFERRED, deferred.reason(), deferred.code()));
        }
    }

    private void change(String id, java.util.function.UnaryOperator<TestSend> by) {
        List<TestSend> all = new ArrayList<>(tests);
        tests.clear();
        all.forEach(test -> tests.addLast(test.id().equals(id) ? by.apply(test) : test));
    }

    private void requireSeldom(String who, Instant now) {
        boolean justNow = tests.stream()
                .anyMatch(test -> test.who().equals(who) && test.at().isAfter(now.minus(BETWEEN)));
        long lately = tests.stream()
                .filter(test -> test.at().isAfter(now.minus(Duration.ofHours(1))))
                .count();
        if (justNow || lately >= MOST_AN_HOUR) {
            throw new TestSendRefused(TestSendRefused.Why.TOO_OFTEN);
        }
    }

    private Notice notice(Way way, String name, String language, Instant now) {
        boolean english =
                java.util.Locale.forLanguageTag(language).getLanguage().equals("en");
        Info info = new Info(
                english ? "en-US" : "zh-CN",
                List.of(Category.OTHER),
                english ? "Test of this link" : "通道测试",
                List.of(),
                Urgency.UNKNOWN,
                Severity.MINOR,
                Certainty.UNKNOWN,
                null,
                List.of(),
                null,
                null,
                null,
                english ? "Test" : "测试",
                null,
                english
                        ? "This is a test which " + name + " sent to themselves. It is no warning."
                        : "这是" + name + "发给本人的测试消息，不是预警。",
                english ? "This is a test: please do nothing." : "这是测试，无需采取任何行动。",
                null,
                null,
                List.of(),
                List.of(),
                List.of());
        Alert alert = new Alert(
                "test-" + now.toEpochMilli(),
                "tocsin",
                now.atOffset(ZoneOffset.UTC),
                Status.TEST,
                MsgType.ALERT,
                null,
                Scope.PRIVATE,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(info));
        return new Notice(
                alert.identifier(),
                alert.identifier(),
                alert,
                info,
                Level.IV,
                wording.render(alert, Content.of(alert).get(0), info, way.channel(), Level.IV),
                now.plus(HOLDS));
    }
}
