package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/**
 * One connection from its bind to its end. All of what one burst of reading brings about goes out in one write. Used by
 * the event loop alone, but for {@link Answer}.
 */
final class Conversation extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    /** How many receipts may wait to be made durable; more are answered with a temporary error. */
    private static final int MOST_UNSETTLED = 100_000;

    private static final int FIRST_BUFFER = 16_384;

    private final SmsLink link;
    private final Bind bind;
    private final SmsSettings settings;
    private final Window window;
    private final ReceiptAnswers answers = new ReceiptAnswers();
    private final Outcome unanswered;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf out;
    private @Nullable Instant burstAt;
    private boolean bound;
    private boolean broken;
    private boolean reading;
    private boolean heard = true;
    private int unsettled;
    private long since;

    Conversation(SmsLink link, Bind bind, SmsSettings settings) {
        this.link = link;
        this.bind = bind;
        this.settings = settings;
        this.window = new Window(settings.window());
        this.unanswered = new Outcome.Deferred(Reason.UNANSWERED, "", Duration.ofMillis(settings.reconnectMillis()));
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        since = link.tick();
        ByteBuf buffer = out();
        int start = buffer.writerIndex();
        Smpp.header(buffer, 0, Smpp.BIND_TRANSCEIVER, 0, window.next());
        Smpp.text(buffer, settings.systemId());
        Smpp.text(buffer, settings.password());
        Smpp.text(buffer, settings.systemType());
        buffer.writeByte(Smpp.VERSION);
        buffer.writeShort(0);
        buffer.writeByte(0);
        buffer.setInt(start, buffer.writerIndex() - start);
        flush();
    }

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
        window.closeBefore(Long.MAX_VALUE, (job, place) -> job.failed(place, unanswered));
        bind.ended();
    }

    @Override
    protected void decode(ChannelHandlerContext active, ByteBuf in, List<Object> none) {
        reading = true;
        try {
            int length = broken ? 0 : Smpp.frame(in);
            while (length > 0) {
                int start = in.readerIndex();
                take(in, start, start + length);
                in.readerIndex(start + length);
                length = broken ? 0 : Smpp.frame(in);
            }
        } catch (MalformedPdu garbage) {
            LOG.warn("{}: not SMPP, dropping the connection: {}", link.id(), garbage.getMessage());
            close();
        }
        if (broken) {
            in.skipBytes(in.readableBytes());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext active) throws Exception {
        reading = false;
        heard = true;
        burstAt = null;
        link.burstEnded();
        flush();
        super.channelReadComplete(active);
    }

    private void take(ByteBuf in, int start, int end) throws MalformedPdu {
        int command = in.getInt(start + 4);
        int status = in.getInt(start + 8);
        int sequence = in.getInt(start + 12);
        switch (command) {
            case Smpp.SUBMIT_SM_RESP -> submitAnswered(in, start + Smpp.HEADER, end, status, sequence);
            case Smpp.DELIVER_SM -> delivered(in, start + Smpp.HEADER, end, sequence);
            case Smpp.ENQUIRE_LINK -> Smpp.header(out(), Smpp.HEADER, Smpp.ENQUIRE_LINK_RESP, 0, sequence);
            case Smpp.BIND_TRANSCEIVER_RESP -> bindAnswered(status);
            case Smpp.GENERIC_NACK -> nacked(status, sequence);
            case Smpp.UNBIND -> {
                Smpp.header(out(), Smpp.HEADER, Smpp.UNBIND_RESP, 0, sequence);
                flush();
                close();
            }
            case Smpp.UNBIND_RESP -> close();
            case Smpp.ENQUIRE_LINK_RESP, Smpp.ALERT_NOTIFICATION -> {
                // That something came is all that counts.
            }
            default -> {
                if ((command & Smpp.RESPONSE) == 0) {
                    Smpp.header(out(), Smpp.HEADER, Smpp.GENERIC_NACK, CommandStatus.INVALID_COMMAND, sequence);
                }
            }
        }
    }

    private void bindAnswered(int status) {
        if (bound) {
            return;
        }
        if (status == CommandStatus.OK) {
            bound = true;
            since = link.tick();
            bind.succeeded();
            link.bound(this);
        } else {
            bind.refused(status);
            close();
        }
    }

    private void nacked(int status, int sequence) throws MalformedPdu {
        if (!bound) {
            bindAnswered(status == 0 ? CommandStatus.BIND_FAILED : status);
            return;
        }
        int slot = window.find(sequence);
        if (slot < 0) {
            throw new MalformedPdu("the carrier could not read us, " + CommandStatus.code(status));
        }
        int place = window.place(slot);
        window.close(slot).failed(place, CommandStatus.outcome(status == 0 ? 0xFF : status));
    }

    private void submitAnswered(ByteBuf in, int start, int end, int status, int sequence) throws MalformedPdu {
        int slot = window.find(sequence);
        if (slot < 0) {
            return;
        }
        if (status != CommandStatus.OK) {
            int place = window.place(slot);
            window.close(slot).failed(place, CommandStatus.outcome(status));
            return;
        }
        int idEnd = Smpp.endOfText(in, start, end, Smpp.LONGEST_ID);
        int place = window.place(slot);
        Job job = window.close(slot);
        if (idEnd == start) {
            // Taken without an id: nothing by which a receipt could be known.
            job.failed(place, unanswered);
        } else {
            job.accepted(place, Smpp.text(in, start, idEnd));
        }
    }

    private void delivered(ByteBuf in, int start, int end, int sequence) throws MalformedPdu {
        Receipt receipt = DeliveryReceipt.read(in, start, end, burstAt());
        if (receipt == null) {
            answers.add(sequence, CommandStatus.REJECTED_BY_APPLICATION);
            unsettled++;
            return;
        }
        if (unsettled++ >= MOST_UNSETTLED) {
            answers.add(sequence, CommandStatus.TEMPORARY_APPLICATION_ERROR);
            return;
        }
        link.receipts().accept(receipt, new Answer(sequence));
    }

    /** A receipt's answer, which waits until it is durable. */
    private final class Answer implements Kept {
        private final int sequence;

        Answer(int sequence) {
            this.sequence = sequence;
        }

        @Override
        public void settled(boolean durable) {
            int status = durable ? CommandStatus.OK : CommandStatus.TEMPORARY_APPLICATION_ERROR;
            boolean first = answers.add(sequence, status);
            if (first && !(link.isOnLoop() && reading)) {
                link.execute(link::burstEnded);
            }
        }
    }

    private Instant burstAt() {
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
    void submit(Job job, int place, String number) {
        int sequence = window.open(job, place, link.tick());
        job.template().write(out(), sequence, number, job.segmentOf(place));
    }

    /** Sends all that was written and all answers that are ready, in one write. */
    void flush() {
        if (broken || context == null) {
            return;
        }
        if (!answers.isEmpty()) {
            unsettled -= answers.write(out());
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
        window.closeBefore(tick, (job, place) -> job.failed(place, unanswered));
    }

    /** Asks whether the carrier is there; one that said nothing since the last time is taken for gone. */
    void enquire() {
        if (!bound) {
            return;
        }
        if (!heard) {
            LOG.warn("{}: the carrier says nothing, dropping the connection", link.id());
            close();
            return;
        }
        heard = false;
        Smpp.header(out(), Smpp.HEADER, Smpp.ENQUIRE_LINK, 0, window.next());
        flush();
    }

    /** Says good-bye; the carrier's answer closes. */
    void unbind() {
        if (!bound) {
            close();
            return;
        }
        Smpp.header(out(), Smpp.HEADER, Smpp.UNBIND, 0, window.next());
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

    private ByteBuf out() {
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
