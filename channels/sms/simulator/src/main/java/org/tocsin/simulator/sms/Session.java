package org.tocsin.simulator.sms;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a client: framing, binding, answers, and receipts within the client's window. */
final class Session extends ByteToMessageDecoder {
    private static final byte[] SYSTEM = "simulated\0".getBytes(StandardCharsets.US_ASCII);

    private final MessageCentre centre;
    private final Report[] unanswered;
    private final long[] sentAt;
    private final int[] sequences;
    private int open;
    private int sequence;
    private boolean bound;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf out;

    Session(MessageCentre centre) {
        this.centre = centre;
        int size = Integer.highestOneBit(centre.widestDeliverWindow() * 2 - 1) * 2;
        unanswered = new Report[size];
        sentAt = new long[size];
        sequences = new int[size];
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        if (centre.isDown()) {
            ChannelFuture unused = active.close();
            return;
        }
        centre.connected(this);
        active.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) throws Exception {
        super.channelInactive(inactive);
        bound = false;
        List<Report> lost = new ArrayList<>();
        for (int slot = 0; slot < sequences.length; slot++) {
            if (sequences[slot] != 0) {
                lost.add(unanswered[slot]);
                sequences[slot] = 0;
            }
        }
        open = 0;
        if (out != null) {
            out.release();
            out = null;
        }
        centre.disconnected(this, lost);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        ChannelFuture unused = failed.close();
    }

    @Override
    protected void decode(ChannelHandlerContext reading, ByteBuf in, List<Object> none) {
        while (in.readableBytes() >= Wire.HEADER) {
            int at = in.readerIndex();
            int length = in.getInt(at);
            if (length < Wire.HEADER || length > Wire.LONGEST) {
                throw new IndexOutOfBoundsException("a PDU of " + length + " octets");
            }
            if (in.readableBytes() < length) {
                return;
            }
            take(in.getInt(at + 4), in.getInt(at + 8), in.getInt(at + 12), in, at + Wire.HEADER, at + length);
            in.readerIndex(at + length);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) throws Exception {
        centre.sendDueReports();
        flush();
        super.channelReadComplete(reading);
    }

    private void take(int command, int status, int number, ByteBuf in, int start, int end) {
        switch (command) {
            case Wire.SUBMIT_SM -> {
                if (!bound) {
                    answer(command, Wire.INVALID_BIND_STATUS, number);
                    return;
                }
                ByteBuf body = in.slice(start, end - start);
                centre.submitted(this, Submit.read(body, number, centre.keepsTexts()));
            }
            case Wire.DELIVER_SM | Wire.RESPONSE -> reportAnswered(number, status);
            case Wire.BIND_TRANSCEIVER, Wire.BIND_RECEIVER, Wire.BIND_TRANSMITTER ->
                bind(command, number, in.slice(start, end - start));
            case Wire.ENQUIRE_LINK -> {
                if (!centre.isPaused()) {
                    answer(command, Wire.OK, number);
                }
            }
            case Wire.UNBIND -> {
                bound = false;
                answer(command, Wire.OK, number);
                flush();
                if (context != null) {
                    ChannelFuture unused = context.close();
                }
            }
            default -> {
                if ((command & Wire.RESPONSE) == 0) {
                    Wire.header(out(), Wire.HEADER, Wire.GENERIC_NACK, Wire.INVALID_COMMAND, number);
                }
            }
        }
    }

    private void bind(int command, int number, ByteBuf body) {
        String system = Wire.text(body, 15);
        String password = Wire.text(body, 8);
        if (!centre.admits(system, password)) {
            answer(command, Wire.INVALID_PASSWORD, number);
            return;
        }
        Wire.header(out(), Wire.HEADER + SYSTEM.length, command | Wire.RESPONSE, Wire.OK, number);
        out().writeBytes(SYSTEM);
        bound = true;
        centre.bound(this);
    }

    private void answer(int command, int status, int number) {
        Wire.header(out(), Wire.HEADER, command | Wire.RESPONSE, status, number);
    }

    /** Answers a submit_sm; nothing is sent before {@link #flush}. */
    void answerSubmit(int number, int status, long id) {
        if (status != Wire.OK) {
            answer(Wire.SUBMIT_SM, status, number);
            return;
        }
        ByteBuf buffer = out();
        Wire.header(buffer, Wire.HEADER + 17, Wire.SUBMIT_SM | Wire.RESPONSE, Wire.OK, number);
        Wire.id(buffer, id);
        buffer.writeByte(0);
    }

    /** Whether another receipt may go out before one is answered. */
    boolean hasRoom() {
        return bound && open < centre.deliverWindow();
    }

    /** Sends a receipt; nothing is sent before {@link #flush}. */
    void deliver(Report report, long now) {
        int slot;
        do {
            sequence = sequence == Integer.MAX_VALUE ? 1 : sequence + 1;
            slot = sequence & (sequences.length - 1);
        } while (sequences[slot] != 0);
        sequences[slot] = sequence;
        unanswered[slot] = report;
        sentAt[slot] = now;
        open++;
        ByteBuf buffer = out();
        int start = buffer.writerIndex();
        Wire.header(buffer, 0, Wire.DELIVER_SM, Wire.OK, sequence);
        centre.writeReport(buffer, report);
        buffer.setInt(start, buffer.writerIndex() - start);
    }

    private void reportAnswered(int number, int status) {
        int slot = number & (sequences.length - 1);
        if (number == 0 || sequences[slot] != number) {
            return;
        }
        sequences[slot] = 0;
        open--;
        centre.reportAnswered(unanswered[slot], status, number, sentAt[slot]);
    }

    /** Takes back the receipts that were sent before this time and not answered. */
    void takeBack(long before, Consumer<Report> late) {
        for (int slot = 0; open > 0 && slot < sequences.length; slot++) {
            if (sequences[slot] != 0 && sentAt[slot] < before) {
                sequences[slot] = 0;
                open--;
                late.accept(unanswered[slot]);
            }
        }
    }

    /** Sends octets as they are. */
    void writeRaw(byte[] octets) {
        out().writeBytes(octets);
        flush();
    }

    /** Cuts the connection. */
    void drop() {
        if (context != null) {
            ChannelFuture unused = context.close();
        }
    }

    /** Sends all that was written since the last time, at once. */
    void flush() {
        ByteBuf written = out;
        if (written != null && context != null) {
            out = null;
            ChannelFuture unused = context.writeAndFlush(written, context.voidPromise());
        }
    }

    private ByteBuf out() {
        ByteBuf buffer = out;
        if (buffer == null) {
            buffer = context == null
                    ? io.netty.buffer.Unpooled.buffer()
                    : context.alloc().ioBuffer(32_768);
            out = buffer;
        }
        return buffer;
    }
}
