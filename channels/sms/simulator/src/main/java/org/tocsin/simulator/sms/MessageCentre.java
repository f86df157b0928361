package org.tocsin.simulator.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
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
 * What becomes of the messages: answers, receipts in their time, and the book. Used by the event loop alone, but for
 * the counters.
 */
final class MessageCentre {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneId.of("Asia/Shanghai"));
    private static final long NANOS = 1_000_000;

    /** An answer that waits for its time. */
    private record Answer(long due, Session session, Submit submit, int status, long id) {}

    /** A message of which not all segments are in. */
    private static final class Partial {
        final Set<Integer> numbers = new HashSet<>();
        final StringBuilder text = new StringBuilder();
        long firstId;
    }

    final AtomicLong submits = new AtomicLong();
    final AtomicLong messages = new AtomicLong();
    final AtomicLong refusals = new AtomicLong();
    final AtomicLong throttles = new AtomicLong();
    final AtomicLong reports = new AtomicLong();
    final AtomicLong reportsAnswered = new AtomicLong();
    final AtomicLong reportsDeferred = new AtomicLong();
    final SeenNumbers seen = new SeenNumbers();
    final Map<String, String> texts = new HashMap<>();
    final List<Session> sessions = new ArrayList<>();

    private final String link;
    private final InstantSource clock;
    private final String systemId;
    private final String password;
    private final Chance chance;
    private final @Nullable Book book;
    private final double delivered;
    private final double silent;
    private final double refused;
    private final double throttled;
    private final long reportDelay;
    private final long answerDelay;
    private final long retryDelay;
    private final long deliverTimeout;
    private int rate;
    private final int widestDeliverWindow;
    private int deliverWindow;
    private final int copies;
    private final int mostTexts;
    private final int downAfter;
    private final int dropEvery;
    private final boolean reorder;
    private final double wrongIds;

    private final ArrayDeque<Report> waiting = new ArrayDeque<>();
    private final ArrayDeque<Report> again = new ArrayDeque<>();
    private final ArrayDeque<Answer> answers = new ArrayDeque<>();
    private final List<Session> bound = new ArrayList<>();
    private final Map<String, Partial> partials = new HashMap<>();
    private final Set<String> throttledOnce = new HashSet<>();
    private int turn;
    private long lastId;
    private double tokens;
    private long tokensAt = now();
    private boolean paused;
    private boolean mute;
    private boolean held;
    private boolean down;
    private @Nullable SmppObserver observer;
    private long minuteOf;
    private byte[] minute = new byte[0];

    MessageCentre(
            SimulatorContext context,
            String channel,
            String provider,
            String systemId,
            String password,
            InstantSource clock) {
        this.clock = clock;
        this.link = context.link();
        this.systemId = systemId;
        this.password = password;
        this.chance = context.chance();
        this.book = context.truth() == null ? null : context.book(channel, provider);
        this.delivered = context.share("delivered", 0.95);
        this.silent = context.share("silent", 0.02);
        this.refused = context.share("refused", 0);
        this.throttled = context.share("throttled", 0);
        this.reportDelay = context.integer("reportDelayMillis", 50) * NANOS;
        this.answerDelay = context.integer("answerDelayMillis", 0) * NANOS;
        this.retryDelay = context.integer("retryDelayMillis", 1000) * NANOS;
        this.deliverTimeout = context.integer("deliverTimeoutMillis", 10_000) * NANOS;
        this.rate = context.integer("ratePerSecond", 0);
        this.deliverWindow = context.integer("deliverWindow", 1000);
        this.widestDeliverWindow = deliverWindow;
        this.copies = context.integer("reportCopies", 1);
        this.mostTexts = context.integer("keepTexts", 0);
        this.downAfter = context.integer("downAfter", 0);
        this.dropEvery = context.integer("dropEvery", 0);
        this.reorder = context.integer("reorder", 0) != 0;
        this.wrongIds = context.share("wrongIds", 0);
        this.lastId = clock.instant().getEpochSecond() << 32;
    }

    static long now() {
        return System.nanoTime();
    }

    int deliverWindow() {
        return deliverWindow;
    }

    int widestDeliverWindow() {
        return widestDeliverWindow;
    }

    void deliverWindow(int unanswered) {
        if (unanswered < 1 || unanswered > widestDeliverWindow) {
            throw new IllegalArgumentException("the window must be 1 to " + widestDeliverWindow);
        }
        deliverWindow = unanswered;
    }

    boolean keepsTexts() {
        return texts.size() < mostTexts;
    }

    boolean isPaused() {
        return paused;
    }

    boolean admits(String system, String secret) {
        return system.equals(systemId) && secret.equals(password);
    }

    void connected(Session session) {
        sessions.add(session);
    }

    void bound(Session session) {
        bound.add(session);
    }

    /** Forgets a connection; the receipts that it left unanswered go out again by another one. */
    void disconnected(Session session, List<Report> unanswered) {
        sessions.remove(session);
        bound.remove(session);
        for (Report report : unanswered) {
            report.due = now();
            again.add(report);
        }
    }

    void pause(boolean pausing) {
        paused = pausing;
        if (!pausing) {
            tick();
        }
    }

    void mute(boolean muting) {
        mute = muting;
    }

    void hold(boolean holding) {
        held = holding;
        if (!holding) {
            tick();
        }
    }

    void down(boolean isDown) {
        down = isDown;
        if (isDown) {
            List.copyOf(sessions).forEach(Session::drop);
        }
    }

    boolean isDown() {
        return down;
    }

    void rate(int perSecond) {
        rate = perSecond;
        tokens = Math.min(tokens, perSecond / 10.0);
    }

    void observe(SmppObserver observing) {
        observer = observing;
    }

    /** Takes a submit_sm: decides by the address what becomes of it. */
    void submitted(Session session, Submit submit) {
        count(submits);
        if (downAfter > 0 && submits.get() > downAfter) {
            down(true);
            return;
        }
        if (dropEvery > 0 && submits.get() % dropEvery == 0) {
            session.drop();
            return;
        }
        seen.add(submit.address());
        if (observer != null) {
            observer.submitted(submit.address());
        }
        int status = admit(submit.address());
        long id = ++lastId;
        if (status == Wire.OK && submit.wantsReport() && !mute) {
            planReport(submit, id);
        }
        if (paused || answerDelay > 0) {
            answers.add(new Answer(now() + answerDelay, session, submit, status, id));
        } else {
            answer(session, submit, status, id);
        }
    }

    private int admit(String address) {
        if (refused > 0 && chance.falls("refused", address, refused)) {
            count(refusals);
            return Wire.INVALID_DESTINATION;
        }
        if (throttled > 0 && chance.falls("throttled", address, throttled) && throttledOnce.add(address)) {
            count(throttles);
            return Wire.THROTTLED;
        }
        if (rate > 0 && !takeToken()) {
            count(throttles);
            return Wire.THROTTLED;
        }
        return Wire.OK;
    }

    private boolean takeToken() {
        long now = now();
        tokens = Math.min(Math.max(1, rate / 10.0), tokens + (now - tokensAt) * 1e-9 * rate);
        tokensAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private void planReport(Submit submit, long id) {
        double lot = chance.lot("delivered", submit.address());
        if (lot >= 1 - silent) {
            return;
        }
        Report.State state = lot < delivered ? Report.State.DELIVERED : failure(submit.address());
        boolean wrong = wrongIds > 0 && chance.falls("wrongIds", submit.address(), wrongIds);
        long told = wrong ? id ^ 0x5A5A5A5A5AL : id;
        Report report = new Report(told, submit.address(), submit.source(), state, now() + reportDelay, copies);
        if (reorder && (waiting.size() & 1) == 1) {
            waiting.addFirst(report);
        } else {
            waiting.add(report);
        }
    }

    private Report.State failure(String address) {
        double lot = chance.lot("failure", address);
        if (lot < 0.5) {
            return Report.State.EXPIRED;
        }
        return lot < 0.9 ? Report.State.UNDELIVERABLE : Report.State.REJECTED;
    }

    private void answer(Session session, Submit submit, int status, long id) {
        session.answerSubmit(submit.sequence(), status, id);
        if (submit.total() <= 1) {
            complete(submit, id, status, submit.text());
        } else if (status != Wire.OK) {
            note(submit.address(), id, Book.Event.ANSWER, "0x%08X".formatted(status));
        } else {
            assemble(submit, id);
        }
    }

    private void assemble(Submit submit, long id) {
        String key = submit.address() + ' ' + submit.reference() + ' ' + submit.total();
        Partial partial = partials.computeIfAbsent(key, unknown -> new Partial());
        if (partial.numbers.add(submit.number()) && submit.text() != null) {
            partial.text.append(submit.text());
        }
        if (submit.number() == 1) {
            partial.firstId = id;
        }
        if (partial.numbers.size() == submit.total()) {
            partials.remove(key);
            complete(submit, partial.firstId, Wire.OK, partial.text.toString());
        }
    }

    private void complete(Submit submit, long id, int status, @Nullable String text) {
        if (status == Wire.OK) {
            count(messages);
        }
        if (text != null && keepsTexts()) {
            texts.put(submit.address(), text);
        }
        if (book != null) {
            note(submit.address(), id, Book.Event.SUBMIT, "");
            note(submit.address(), id, Book.Event.ANSWER, status == Wire.OK ? "ok" : "0x%08X".formatted(status));
        }
    }

    /** Sends what has come due since the last time. */
    void tick() {
        if (!paused) {
            long now = now();
            Answer first = answers.peek();
            while (first != null && first.due <= now) {
                answers.remove();
                answer(first.session, first.submit, first.status, first.id);
                first = answers.peek();
            }
        }
        sendDueReports();
        for (Session session : sessions) {
            session.flush();
        }
    }

    /** Hands the receipts that are due to connections with room; the connections are yet to be flushed. */
    void sendDueReports() {
        if (held || (waiting.isEmpty() && again.isEmpty())) {
            return;
        }
        long now = now();
        send(again, now);
        send(waiting, now);
    }

    private void send(ArrayDeque<Report> queue, long now) {
        Report report = queue.peek();
        while (report != null && report.due <= now) {
            Session session = roomy();
            if (session == null) {
                return;
            }
            count(reports);
            session.deliver(report, now);
            note(report.address, report.id, Book.Event.REPORT, report.state.word);
            if (--report.copies <= 0) {
                queue.remove();
            }
            report = queue.peek();
        }
    }

    private @Nullable Session roomy() {
        for (int tried = 0; tried < bound.size(); tried++) {
            turn = turn + 1 < bound.size() ? turn + 1 : 0;
            if (bound.get(turn).hasRoom()) {
                return bound.get(turn);
            }
        }
        return null;
    }

    /** Takes a deliver_sm_resp. */
    void reportAnswered(Report report, int status, int sequence, long sentAt) {
        switch (status) {
            case Wire.OK -> {
                count(reportsAnswered);
                if (observer != null && (sequence & 15) == 0) {
                    observer.reportAnswered(now() - sentAt);
                }
                note(report.address, report.id, Book.Event.REPORT_ANSWERED, "ok");
            }
            case Wire.TEMPORARY_APPLICATION_ERROR, Wire.QUEUE_FULL, Wire.THROTTLED -> {
                count(reportsDeferred);
                report.due = now() + retryDelay;
                again.add(report);
            }
            default -> {
                // Refused for good: it is not sent again, and never counts as answered.
            }
        }
    }

    /** Once a second: takes back receipts that were never answered, and writes the book out. */
    void sweep() {
        long now = now();
        for (Session session : sessions) {
            session.takeBack(now - deliverTimeout, report -> {
                report.due = now;
                again.add(report);
            });
        }
        if (book != null) {
            book.flush();
        }
    }

    void close() {
        if (book != null) {
            book.close();
        }
    }

    /** Writes the body of a receipt: the text form of appendix B and the two TLVs of 5.3.2.12 and 5.3.2.35. */
    void writeReport(ByteBuf out, Report report) {
        out.writeByte(0);
        out.writeShort(0x0101);
        ascii(out, report.address);
        out.writeByte(0);
        out.writeShort(0x0001);
        ascii(out, report.source);
        out.writeByte(0);
        out.writeByte(0x04);
        out.writeLong(0);
        int lengthAt = out.writerIndex();
        out.writeByte(0);
        out.writeBytes(ID);
        Wire.id(out, report.id);
        out.writeBytes(SUBMITTED);
        out.writeBytes(minute());
        out.writeBytes(DONE);
        out.writeBytes(minute());
        out.writeBytes(STAT);
        ascii(out, report.state.word);
        out.writeBytes(ERR);
        ascii(out, report.state.error);
        out.writeBytes(TEXT);
        out.setByte(lengthAt, out.writerIndex() - lengthAt - 1);
        out.writeInt(0x001E0011);
        Wire.id(out, report.id);
        out.writeByte(0);
        out.writeInt(0x04270001);
        out.writeByte(report.state.number);
    }

    private static final byte[] ID = octets("id:");
    private static final byte[] SUBMITTED = octets(" sub:001 dlvrd:001 submit date:");
    private static final byte[] DONE = octets(" done date:");
    private static final byte[] STAT = octets(" stat:");
    private static final byte[] ERR = octets(" err:");
    private static final byte[] TEXT = octets(" text:");

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void ascii(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    private byte[] minute() {
        long now = clock.millis() / 60_000;
        if (now != minuteOf) {
            minuteOf = now;
            minute = octets(MINUTE.format(Instant.ofEpochSecond(now * 60)));
        }
        return minute;
    }

    private void note(String address, long id, Book.Event event, String code) {
        if (book != null) {
            book.write(clock.instant(), link, address, Wire.id(id), event, code);
        }
    }

    private static void count(AtomicLong counter) {
        // One thread writes.
        counter.lazySet(counter.getPlain() + 1);
    }
}
