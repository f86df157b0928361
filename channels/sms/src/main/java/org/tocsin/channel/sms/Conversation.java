package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/**
 * One connection from its login to its end, in whatever protocol. All of what one burst of reading brings about goes
 * out in one write. Used by the event loop alone, but for {@link Answer}.
 *
 * <p>A protocol's own conversation writes what {@link #login}, {@link #ask}, {@link #sayGoodbye} and
 * {@link #writeAnswer} say, and takes what comes in {@link #take}.
 */
abstract class Conversation extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    /** How many receipts and replies may wait to be made durable; more are answered with a temporary error. */
    private static final int MOST_UNSETTLED = 100_000;

    private static final int FIRST_BUFFER = 16_384;

    private final SmsLink link;
    private final Bind bind;
    private final Window window;
    private final int header;
    private final int longest;
    private final int triesToAsk;
    private final Answers answers = new Answers();
    private final LateAnswers late = new LateAnswers();
    private final Outcome unanswered;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf out;
    private @Nullable Instant burstAt;
    private boolean bound;
    private boolean broken;
    private boolean reading;
    private int unsettled;
    private long since;
    private long heard;
    private long asked;
    private int unheard;

    /**
     * Makes a conversation.
     *
     * @param header the octets of a header, which begins with the length of the whole PDU
     * @param longest the octets of the longest PDU that can be true
     */
    Conversation(SmsLink link, Bind bind, SmsSettings settings, int header, int longest) {
        this.link = link;
        this.bind = bind;
        this.header = header;
        this.longest = longest;
        this.triesToAsk = settings.enquireTries();
        this.window = new Window(settings.window());
        this.unanswered = new Outcome.Deferred(Reason.UNANSWERED, "", Duration.ofMillis(settings.reconnectMillis()));
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        since = link.tick();
        heard = since;
        login(out(), window.next());
        flush();
    }

    /** Writes the login, with this number. */
    abstract void login(ByteBuf out, int sequence);

    /**
     * Takes a whole PDU.
     *
     * @param start where its header begins
     * @param end behind its last octet
     */
    abstract void take(ByteBuf in, int start, int end) throws MalformedPdu;

    /**
     * Writes a question whether the carrier is there, with this number; the first that comes is taken for an answer.
     *
     * @return whether the protocol has such a question
     */
    abstract boolean ask(ByteBuf out, int sequence);

    /** Writes a good-bye, with this number; the carrier's answer closes. */
    abstract void sayGoodbye(ByteBuf out, int sequence);

    /** Writes the answer to what the carrier delivered. */
    abstract void writeAnswer(ByteBuf out, int sequence, int status, long id, long more);

    /** The status that says: taken. */
    int taken() {
        return 0;
    }

    /** The status that says: not now, say it again later. */
    abstract int notNow();

    @Override
    public void channelInactive(ChannelHandlerContext inactive) throws Exception {
        super.channelInactive(inactive);
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        LOG.warn("{}: connection failed: {}", link.id(), cause.toString());
        close();
    }

    private void end() {
        broken = true;
        bound = false;
        if (out != null) {
            out.release();
            out = null;
        }
        link.unbound(this);
        window.closeBefore(Long.MAX_VALUE, (job, place, sequence) -> job.failed(place, unanswered));
        bind.ended();
    }

    @Override
    protected void decode(ChannelHandlerContext active, ByteBuf in, List<Object> none) {
        reading = true;
        try {
            int length = broken ? 0 : frame(in);
            while (length > 0) {
                int start = in.readerIndex();
                take(in, start, start + length);
                in.readerIndex(start + length);
                length = broken ? 0 : frame(in);
            }
        } catch (MalformedPdu garbage) {
            LOG.warn("{}: not {}, dropping the connection: {}", link.id(), link.protocol(), garbage.getMessage());
            close();
        }
        if (broken) {
            in.skipBytes(in.readableBytes());
        }
    }

    /** The length of the PDU that starts at the reader index; 0 while it is not there as a whole. */
    private int frame(ByteBuf in) throws MalformedPdu {
        int readable = in.readableBytes();
        if (readable < 4) {
            return 0;
        }
        int length = in.getInt(in.readerIndex());
        if (length < header || length > longest) {
            throw new MalformedPdu("a length of " + Integer.toUnsignedString(length));
        }
        return readable < length ? 0 : length;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext active) throws Exception {
        reading = false;
        heard = link.tick();
        unheard = 0;
        burstAt = null;
        link.burstEnded();
        flush();
        super.channelReadComplete(active);
    }

    /** The carrier took the login. */
    final void loggedIn() {
        if (bound) {
            return;
        }
        bound = true;
        since = link.tick();
        bind.succeeded();
        link.bound(this);
    }

    /**
     * The carrier refused the login.
     *
     * @param code its code
     * @param account whether it refuses the account, until somebody changes that or its settings
     */
    final void refused(String code, boolean account) {
        if (!bound) {
            bind.refused(code, account);
            close();
        }
    }

    final boolean isBound() {
        return bound;
    }

    final SmsLink link() {
        return link;
    }

    /** A submit was answered with success; an answer to nothing is ignored. */
    final void accepted(int sequence, IntFunction<String> references) {
        int slot = window.find(sequence);
        if (slot >= 0) {
            int place = window.place(slot);
            window.close(slot).accepted(place, references);
        } else {
            acceptedLate(sequence, references);
        }
    }

    private void timedOut(Job job, int place, int sequence) {
        List<Tries.Whom> whom = IntStream.range(0, job.count(place))
                .mapToObj(index -> job.whom(job.number(place, index)))
                .toList();
        late.add(sequence, new LateAnswers.Submit(whom, job.segmentOf(place), job.segments));
        job.timedOut(place, unanswered);
    }

    /**
     * The carrier took what had been given up. A whole message is told as one that is on its way; of a segment the next
     * try knows that the carrier has it.
     */
    private void acceptedLate(int sequence, IntFunction<String> references) {
        LateAnswers.Submit submit = late.take(sequence);
        if (submit == null) {
            return;
        }
        for (int index = 0; index < submit.whom().size(); index++) {
            Tries.Whom whom = submit.whom().get(index);
            String reference = references.apply(index);
            if (submit.segments() > 1) {
                link.tries().of(whom, submit.segments()).references[submit.segment()] = reference;
            } else {
                Receipt taken = new Receipt(reference, whom.number(), Evidence.IN_PROGRESS, null, "", burstAt());
                link.receipts().accept(taken, durable -> {});
            }
        }
    }

    /** A submit of one number was answered with success; an answer to nothing is ignored. */
    final void accepted(int sequence, String reference) {
        int slot = window.find(sequence);
        if (slot >= 0) {
            int place = window.place(slot);
            window.close(slot).accepted(place, reference);
        } else {
            acceptedLate(sequence, index -> reference);
        }
    }

    /**
     * A submit was not taken.
     *
     * @return whether it was open
     */
    final boolean failed(int sequence, Outcome outcome) {
        int slot = window.find(sequence);
        if (slot < 0) {
            return late.take(sequence) != null;
        }
        int place = window.place(slot);
        Job job = window.close(slot);
        boolean forNumber = outcome instanceof Outcome.Rejected rejected && rejected.reason() == Reason.INVALID_ADDRESS;
        if (!forNumber) {
            job.failed(place, outcome);
        } else if (job.refusedForNumber(place, outcome)) {
            link.again(job);
        }
        return true;
    }

    /** How many numbers an open submit has, or one whose time is over; 0 where none is open by this number. */
    final int numbersOf(int sequence) {
        int slot = window.find(sequence);
        if (slot < 0) {
            LateAnswers.Submit submit = late.find(sequence);
            return submit == null ? 0 : submit.whom().size();
        }
        return window.job(slot).count(window.place(slot));
    }

    /** A number of such a submit. */
    final String numberOf(int sequence, int index) {
        int slot = window.find(sequence);
        if (slot < 0) {
            LateAnswers.Submit submit = late.find(sequence);
            return submit == null ? "" : submit.whom().get(index).number();
        }
        return window.job(slot).number(window.place(slot), index);
    }

    /** A submit was taken without an id: nothing by which a receipt could be known. */
    final void takenWithoutId(int sequence) {
        boolean unused = failed(sequence, unanswered);
    }

    /** Hands on a receipt; it is answered when it is durable. */
    final void deliver(Receipt receipt, int sequence, long id, long more) {
        if (admits(sequence, id, more)) {
            link.receipts().accept(receipt, new Answer(sequence, id, more));
        }
    }

    /** Hands on what a person wrote, or a part of it; it is answered when the whole is durable. */
    final void deliver(Fragment fragment, int sequence, long id, long more) {
        if (admits(sequence, id, more)) {
            link.inbox().take(fragment, new Answer(sequence, id, more), link.tick());
        }
    }

    /** Answers what was delivered and is nobody's. */
    final void answer(int sequence, int status, long id, long more) {
        boolean unused = answers.add(sequence, status, id, more);
        unsettled++;
    }

    private boolean admits(int sequence, long id, long more) {
        if (unsettled++ < MOST_UNSETTLED) {
            return true;
        }
        boolean unused = answers.add(sequence, notNow(), id, more);
        return false;
    }

    /** The answer to what was delivered, which waits until that is durable. */
    private final class Answer implements Kept {
        private final int sequence;
        private final long id;
        private final long more;

        Answer(int sequence, long id, long more) {
            this.sequence = sequence;
            this.id = id;
            this.more = more;
        }

        @Override
        public void settled(boolean durable) {
            boolean first = answers.add(sequence, durable ? taken() : notNow(), id, more);
            if (first && !(link.isOnLoop() && reading)) {
                link.execute(link::burstEnded);
            }
        }
    }

    /** When what is being read came; one time for a burst. */
    final Instant burstAt() {
        Instant at = burstAt;
        if (at == null) {
            at = link.now();
            burstAt = at;
        }
        return at;
    }

    /** Whether another submit may go out. */
    boolean hasRoom() {
        return bound && !broken && window.hasRoom();
    }

    /** Whether nothing waits for an answer, of the carrier or of ours. */
    boolean isIdle() {
        return window.open() == 0 && unsettled == 0;
    }

    /** Writes a submit, which goes out with {@link #flush}. */
    void submit(Job job, int place) {
        int sequence = window.open(job, place, link.tick());
        job.template().write(out(), sequence, job, place);
    }

    /** How many submits are open. */
    int inFlight() {
        return window.open();
    }

    /** Sends all that was written and all answers that are ready, in one write. */
    void flush() {
        if (broken || context == null) {
            return;
        }
        if (!answers.isEmpty()) {
            unsettled -= answers.write(out(), this::writeAnswer);
        }
        ByteBuf written = out;
        if (written != null) {
            out = null;
            ChannelFuture unused = context.writeAndFlush(written, context.voidPromise());
        }
    }

    /** Gives up submits, and a bind, that were not answered in time. */
    void giveUpBefore(long tick) {
        if (!bound && context != null && since < tick) {
            LOG.warn("{}: the bind was not answered", link.id());
            close();
        }
        int open = window.open();
        window.closeBefore(tick, this::timedOut);
        if (open > window.open() && endsWithASubmit()) {
            LOG.warn("{}: a submit was not answered, dropping the connection", link.id());
            close();
        }
    }

    /** Whether a submit without an answer is the only sign that the carrier is gone. */
    boolean endsWithASubmit() {
        return false;
    }

    /**
     * Asks whether the carrier is there when it has said nothing for a while, some times; one that says nothing to that
     * either is taken for gone.
     *
     * @param idle after how many ticks of silence
     * @param patience how many ticks a question may stay without an answer
     */
    void enquire(long idle, long patience) {
        long now = link.tick();
        if (!bound || now < (unheard == 0 ? heard + idle : asked + patience)) {
            return;
        }
        if (unheard == triesToAsk) {
            LOG.warn("{}: the carrier says nothing, dropping the connection", link.id());
            close();
            return;
        }
        if (ask(out(), window.next())) {
            unheard++;
            asked = now;
            flush();
        } else {
            heard = now;
        }
    }

    /** Says good-bye; the carrier's answer closes. */
    void unbind() {
        if (!bound) {
            close();
            return;
        }
        sayGoodbye(out(), window.next());
        flush();
    }

    /** Closes the connection; what is open on it ends as unanswered. */
    void close() {
        broken = true;
        ChannelHandlerContext active = context;
        if (active != null) {
            ChannelFuture unused = active.close();
        }
    }

    /** What goes out with the next {@link #flush}. */
    final ByteBuf out() {
        ByteBuf buffer = out;
        if (buffer == null) {
            ChannelHandlerContext active = context;
            if (active == null) {
                throw new IllegalStateException("not connected");
            }
            buffer = active.alloc().ioBuffer(FIRST_BUFFER);
            out = buffer;
        }
        return buffer;
    }
}
