package org.tocsin.simulator.sms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection of an operator: framing, answers, and what it delivers within a window. */
abstract class Desk extends ByteToMessageDecoder {
    private static final int LONGEST = 65_536;

    final Operator operator;
    private final int header;
    private final int window;
    private final Map<Integer, Notification> unanswered = new HashMap<>();
    private int sequence;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf out;

    Desk(Operator operator, int header, int window) {
        this.operator = operator;
        this.header = header;
        this.window = window;
    }

    /** Takes a whole PDU, of which the buffer has the body and the header stands before it. */
    abstract void take(int command, ByteBuf head, ByteBuf body);

    /** Answers a submit; nothing is sent before {@link #flush}. */
    abstract void answer(Submission submission, Verdict verdict, Ticket ticket);

    /** Writes a report or a message. */
    abstract void write(ByteBuf to, Notification notification, int number);

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        if (operator.isDown()) {
            drop();
            return;
        }
        operator.desks.add(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) throws Exception {
        super.channelInactive(inactive);
        List<Notification> lost = new ArrayList<>(unanswered.values());
        unanswered.clear();
        if (out != null) {
            out.release();
            out = null;
        }
        context = null;
        operator.disconnected(this, lost);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        drop();
    }

    @Override
    protected void decode(ChannelHandlerContext reading, ByteBuf in, List<Object> none) {
        while (in.readableBytes() >= header) {
            int at = in.readerIndex();
            int length = in.getInt(at);
            if (length < header || length > LONGEST) {
                throw new IndexOutOfBoundsException("a PDU of " + length + " octets");
            }
            if (in.readableBytes() < length) {
                return;
            }
            take(in.getInt(at + 4), in.slice(at, header), in.slice(at + header, length - header));
            in.readerIndex(Math.min(in.writerIndex(), at + length));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) throws Exception {
        operator.sendDue();
        flush();
        super.channelReadComplete(reading);
    }

    /** It may deliver from now on. */
    final void opened() {
        operator.outlets.add(this);
    }

    final boolean hasRoom() {
        return context != null && unanswered.size() < window;
    }

    final void deliver(Notification notification, long now) {
        int number = ++sequence;
        unanswered.put(number, notification);
        ByteBuf buffer = out();
        int start = buffer.writerIndex();
        write(buffer, notification, number);
        buffer.setInt(start, buffer.writerIndex() - start);
    }

    /** The gateway answered what was delivered under this number. */
    final void delivered(int number, boolean taken) {
        Notification notification = unanswered.remove(number);
        if (notification != null) {
            operator.answered(notification, taken);
        }
    }

    final void writeRaw(byte[] octets) {
        out().writeBytes(octets);
        flush();
    }

    final void drop() {
        ChannelHandlerContext active = context;
        if (active != null) {
            ChannelFuture unused = active.close();
        }
    }

    final void flush() {
        ByteBuf written = out;
        ChannelHandlerContext active = context;
        if (written != null && active != null) {
            out = null;
            ChannelFuture unused = active.writeAndFlush(written, active.voidPromise());
        }
    }

    final ByteBuf out() {
        ByteBuf buffer = out;
        if (buffer == null) {
            ChannelHandlerContext active = context;
            buffer = active == null ? Unpooled.buffer() : active.alloc().ioBuffer(32_768);
            out = buffer;
        }
        return buffer;
    }

    /** A field's text up to its first zero octet. */
    static String field(ByteBuf in, int width) {
        int zero = in.bytesBefore(width, (byte) 0);
        String text = in.toString(in.readerIndex(), zero < 0 ? width : zero, StandardCharsets.ISO_8859_1);
        in.skipBytes(width);
        return text;
    }

    static void field(ByteBuf to, String text, int width) {
        to.writeCharSequence(text, StandardCharsets.US_ASCII);
        to.writeZero(width - text.length());
    }

    /** The text of a submit or null; {@code headed} octets begin with a concatenation header of six. */
    static @Nullable String text(byte[] octets, boolean headed, int coding, boolean wanted) {
        if (!wanted) {
            return null;
        }
        int skip = headed ? 1 + (octets[0] & 0xff) : 0;
        Charset charset = (coding & 8) != 0 ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII;
        return new String(octets, skip, octets.length - skip, charset);
    }

    /** Reference, total and number of a concatenation header of six octets; a whole message is 0, 1, 1. */
    static int[] part(byte[] octets, boolean headed) {
        return headed && octets.length > 6 && octets[1] == 0 && octets[2] == 3
                ? new int[] {octets[3] & 0xff, octets[4] & 0xff, octets[5] & 0xff}
                : new int[] {0, 1, 1};
    }
}
