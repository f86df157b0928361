package org.tocsin.simulator.sms;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tocsin.simulator.Book;
import org.tocsin.simulator.Chance;
import org.tocsin.simulator.SimulatorContext;

/**
 * What becomes of the messages at an operator, whatever the protocol: verdicts, reports in their time, and the book.
 * Used by the event loop alone, but for the counters.
 */
final class Operator {
    private static final long NANOS = 1_000_000;
    private static final String[] FAILURES = {"EXPIRED", "UNDELIV", "REJECTD", "MA:0054"};

    /** An answer that waits for its time. */
    private record Answer(long due, Desk desk, Submission submission, Verdict verdict, Ticket ticket) {}

    /** A message of which not all segments are in. */
    private static final class Partial {
        final Set<Integer> numbers = new HashSet<>();
        final StringBuilder text = new StringBuilder();
        String first = "";
    }

    final AtomicLong submits = new AtomicLong();
    final AtomicLong messages = new AtomicLong();
    final AtomicLong refusals = new AtomicLong();
    final AtomicLong throttles = new AtomicLong();
    final AtomicLong reports = new AtomicLong();
    final AtomicLong reportsAnswered = new AtomicLong();
    final AtomicLong reportsDeferred = new AtomicLong();
    final AtomicLong repliesAnswered = new AtomicLong();
    final SeenNumbers seen = new SeenNumbers();
    final Map<String, String> texts = new HashMap<>();
    final Map<String, Integer> codings = new HashMap<>();
    final Map<String, String> sources = new HashMap<>();
    final List<Desk> desks = new ArrayList<>();
    final List<Desk> outlets = new ArrayList<>();

    private final Numbering numbering;
    private final InstantSource clock;
    private final String link;
    private final Chance chance;
    private final @Nullable Book book;
    private final double delivered;
    private final double silent;
    private final double refused;
    private final double throttled;
    private final double wrongIds;
    private final long reportDelay;
    private final long answerDelay;
    private final long retryDelay;
    private final int copies;
    private final int mostTexts;
    private final int dropEvery;
    private final int downAfter;
    private final boolean reorder;
    private int rate;

    private final ArrayDeque<Notification> waiting = new ArrayDeque<>();
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final Map<String, Partial> partials = new HashMap<>();
    private final Set<String> throttledOnce = new HashSet<>();
    private double tokens;
    private long tokensAt = now();
    private int turn;
    private boolean paused;
    private boolean mute;
    private boolean held;
    private boolean down;

    Operator(SimulatorContext context, Numbering numbering, String channel, String provider, InstantSource clock) {
        this.clock = clock;
        this.numbering = numbering;
        this.link = context.link();
        this.chance = context.chance();
        this.book = context.truth() == null ? null : context.book(channel, provider);
        this.delivered = context.share("delivered", 0.95);
        this.silent = context.share("silent", 0.02);
        this.refused = context.share("refused", 0);
        this.throttled = context.share("throttled", 0);
        this.wrongIds = context.share("wrongIds", 0);
        this.reportDelay = context.integer("reportDelayMillis", 50) * NANOS;
        this.answerDelay = context.integer("answerDelayMillis", 0) * NANOS;
        this.retryDelay = context.integer("retryDelayMillis", 1000) * NANOS;
        this.copies = context.integer("reportCopies", 1);
        this.mostTexts = context.integer("keepTexts", 0);
        this.dropEvery = context.integer("dropEvery", 0);
        this.downAfter = context.integer("downAfter", 0);
        this.reorder = context.integer("reorder", 0) != 0;
        this.rate = context.integer("ratePerSecond", 0);
    }

    /** How a protocol makes its ids. */
    interface Numbering {
        /** The id of a submit that is taken. */
        Ticket ticket(Submission submission);

        /** The id of one number of it. */
        Ticket of(Ticket ticket, int index);

        /** An id as the gateway may write it. */
        String text(Ticket ticket);
    }

    static long now() {
        return System.nanoTime();
    }

    boolean keepsTexts() {
        return texts.size() < mostTexts;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isDown() {
        return down;
    }

    void pause(boolean pausing) {
        paused = pausing;
        tick();
    }

    void mute(boolean muting) {
        mute = muting;
    }

    void hold(boolean holding) {
        held = holding;
        tick();
    }

    void rate(int perSecond) {
        rate = perSecond;
    }

    void down(boolean isDown) {
        down = isDown;
        if (isDown) {
            List.copyOf(desks).forEach(Desk::drop);
        }
    }

    /** Forgets a connection; what it left unanswered goes out again by another one. */
    void disconnected(Desk desk, List<Notification> unanswered) {
        desks.remove(desk);
        outlets.remove(desk);
        for (Notification notification : unanswered) {
            notification.due = now();
            waiting.add(notification);
        }
    }

    /** Takes a submit: decides by the addresses what becomes of it. */
    void submitted(Desk desk, Submission submission) {
        long count = submits.incrementAndGet();
        submission.addresses().forEach(seen::add);
        if (downAfter > 0 && count > downAfter) {
            down(true);
            return;
        }
        if (dropEvery > 0 && count % dropEvery == 0) {
            desk.drop();
            return;
        }
        Verdict verdict = verdict(submission);
        Ticket ticket = numbering.ticket(submission);
        if (verdict == Verdict.OK && submission.wantsReport() && !mute) {
            planReports(submission, ticket);
        }
        if (paused || answerDelay > 0) {
            answers.add(new Answer(now() + answerDelay, desk, submission, verdict, ticket));
        } else {
            answer(desk, submission, verdict, ticket);
        }
    }

    /** One illegal number refuses the whole submit, as in CMPP 3.0, appendix 1. */
    private Verdict verdict(Submission submission) {
        for (String address : submission.addresses()) {
            if (refused > 0 && chance.falls("refused", address, refused)) {
                refusals.incrementAndGet();
                return Verdict.ILLEGAL_NUMBER;
            }
        }
        for (String address : submission.addresses()) {
            if (throttled > 0 && chance.falls("throttled", address, throttled) && throttledOnce.add(address)) {
                throttles.incrementAndGet();
                return Verdict.THROTTLED;
            }
        }
        if (rate > 0 && !takeTokens(submission.addresses().size())) {
            throttles.incrementAndGet();
            return Verdict.THROTTLED;
        }
        return Verdict.OK;
    }

    private boolean takeTokens(int wanted) {
        long now = now();
        tokens = Math.min(Math.max(wanted, rate / 10.0), tokens + (now - tokensAt) * 1e-9 * rate);
        tokensAt = now;
        if (tokens < wanted) {
            return false;
        }
        tokens -= wanted;
        return true;
    }

    private void planReports(Submission submission, Ticket ticket) {
        long due = now() + reportDelay;
        for (int i = 0; i < submission.addresses().size(); i++) {
            String address = submission.addresses().get(i);
            double lot = chance.lot("delivered", address);
            if (lot >= 1 - silent) {
                continue;
            }
            String stat = lot < delivered ? "DELIVRD" : FAILURES[(int) (chance.lot("failure", address) * 4)];
            Ticket own = numbering.of(ticket, i);
            if (wrongIds > 0 && chance.falls("wrongIds", address, wrongIds)) {
                own = new Ticket(own.first() ^ 0x5A5A5A, own.second() ^ 0x5A5A5A);
            }
            Notification report = new Notification(own, address, submission.source(), stat, null, due, copies);
            if (reorder && (waiting.size() & 1) == 1) {
                waiting.addFirst(report);
            } else {
                waiting.add(report);
            }
        }
    }

    /** A person writes to a number. */
    void say(String from, String to, String text) {
        waiting.add(new Notification(new Ticket(now(), 1), from, to, "", text, now(), 1));
        tick();
    }

    private void answer(Desk desk, Submission submission, Verdict verdict, Ticket ticket) {
        desk.answer(submission, verdict, ticket);
        for (int i = 0; i < submission.addresses().size(); i++) {
            String address = submission.addresses().get(i);
            String id = book == null ? "" : numbering.text(numbering.of(ticket, i));
            if (submission.total() <= 1) {
                complete(submission, address, id, verdict, submission.text());
            } else if (verdict == Verdict.OK) {
                assemble(submission, address, id);
            } else {
                note(address, id, Book.Event.ANSWER, verdict.word);
            }
        }
    }

    private void assemble(Submission submission, String address, String id) {
        String key = address + ' ' + submission.reference() + ' ' + submission.total();
        Partial partial = partials.computeIfAbsent(key, unknown -> new Partial());
        if (partial.numbers.add(submission.number()) && submission.text() != null) {
            partial.text.append(submission.text());
        }
        if (submission.number() == 1) {
            partial.first = id;
        }
        if (partial.numbers.size() == submission.total()) {
            partials.remove(key);
            complete(submission, address, partial.first, Verdict.OK, partial.text.toString());
        }
    }

    private void complete(Submission submission, String address, String id, Verdict verdict, @Nullable String text) {
        if (verdict == Verdict.OK) {
            messages.incrementAndGet();
            if (text != null && keepsTexts()) {
                texts.put(address, text);
                codings.put(address, submission.coding());
                sources.put(address, submission.source());
            }
        }
        note(address, id, Book.Event.SUBMIT, "");
        note(address, id, Book.Event.ANSWER, verdict.word);
    }

    /** Sends what has come due since the last time. */
    void tick() {
        if (!paused) {
            long now = now();
            for (Answer first = answers.peek(); first != null && first.due <= now; first = answers.peek()) {
                answers.remove();
                answer(first.desk, first.submission, first.verdict, first.ticket);
            }
        }
        sendDue();
        desks.forEach(Desk::flush);
        outlets.forEach(Desk::flush);
    }

    /** Hands what is due to connections with room; the connections are yet to be flushed. */
    void sendDue() {
        if (held) {
            return;
        }
        long now = now();
        for (Notification next = waiting.peek(); next != null && next.due <= now; next = waiting.peek()) {
            Desk outlet = roomy();
            if (outlet == null) {
                return;
            }
            outlet.deliver(next, now);
            if (next.isReport()) {
                reports.incrementAndGet();
                if (book != null) {
                    note(next.address, numbering.text(next.ticket), Book.Event.REPORT, next.stat);
                }
            }
            if (--next.copies <= 0) {
                waiting.remove();
            }
        }
    }

    private @Nullable Desk roomy() {
        for (int tried = 0; tried < outlets.size(); tried++) {
            turn = turn + 1 < outlets.size() ? turn + 1 : 0;
            if (outlets.get(turn).hasRoom()) {
                return outlets.get(turn);
            }
        }
        return null;
    }

    /** The gateway answered what was delivered. */
    void answered(Notification notification, boolean taken) {
        if (!taken) {
            reportsDeferred.incrementAndGet();
            notification.due = now() + retryDelay;
            notification.copies = 1;
            waiting.add(notification);
        } else if (notification.isReport()) {
            reportsAnswered.incrementAndGet();
            if (book != null) {
                note(notification.address, numbering.text(notification.ticket), Book.Event.REPORT_ANSWERED, "ok");
            }
        } else {
            repliesAnswered.incrementAndGet();
        }
    }

    /** Whether something waits for a connection by which it can go out. */
    boolean hasDue() {
        Notification next = waiting.peek();
        return !held && next != null && next.due <= now();
    }

    /** Once a second: writes the book out. */
    void sweep() {
        if (book != null) {
            book.flush();
        }
    }

    void close() {
        if (book != null) {
            book.close();
        }
    }

    private void note(String address, String id, Book.Event event, String code) {
        if (book != null) {
            book.write(clock.instant(), link, address, id, event, code);
        }
    }
}
