package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Kept;
import org.tocsin.channel.Receipt;

/**
 * One connection of the carrier's gateway to us: it logs in, brings reports and replies, and is answered when they are
 * durable. Used by the event loop alone, but for {@link Answer}.
 */
final class SgipInbound extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(SgipInbound.class);
    /** How many reports and replies may wait to be made durable; more are answered as too many. */
    private static final int MOST_UNSETTLED = 10_000;

    private static final int ILLEGAL_LOGIN = 1;
    private static final int WRONG_TYPE = 4;

    private final SgipListener listener;
    private final SmsLink link;
    private final SgipAccount account;
    private final SmsSettings settings;
    private final Answers answers = new Answers();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean loggedIn;
    private boolean over;
    private int unsettled;

    SgipInbound(SgipListener listener, SmsLink link, SgipAccount account, SmsSettings settings) {
        this.listener = listener;
        this.link = link;
        this.account = account;
        this.settings = settings;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        if (!listener.admits(this, (InetSocketAddress) active.channel().remoteAddress())) {
            drop();
            return;
        }
        deadline = active.executor()
                .schedule(
                        () -> {
                            if (!loggedIn) {
                                drop();
                            }
                        },
                        settings.responseMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) throws Exception {
        super.channelInactive(inactive);
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        listener.ended(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        LOG.warn("{}: the gateway's connection failed: {}", link.id(), cause.toString());
        drop();
    }

    @Override
    protected void decode(ChannelHandlerContext active, ByteBuf in, List<Object> none) {
        try {
            while (!over && in.readableBytes() >= 4) {
                int start = in.readerIndex();
                int length = in.getInt(start);
                if (length < Sgip.HEADER || length > Sgip.LONGEST_PDU) {
                    throw new MalformedPdu("a length of " + Integer.toUnsignedString(length));
                }
                if (in.readableBytes() < length) {
                    return;
                }
                take(in, start, start + length);
                in.readerIndex(start + length);
            }
        } catch (MalformedPdu garbage) {
            LOG.warn("{}: not SGIP, dropping the gateway's connection: {}", link.id(), garbage.getMessage());
            drop();
        }
        if (over) {
            in.skipBytes(in.readableBytes());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext active) throws Exception {
        flush();
        super.channelReadComplete(active);
    }

    private void take(ByteBuf in, int start, int end) throws MalformedPdu {
        int command = in.getInt(start + 4);
        if (command == Sgip.BIND) {
            answer(in, start, command, login(in, start + Sgip.HEADER, end));
            return;
        }
        if (!loggedIn) {
            throw new MalformedPdu("a command before the login");
        }
        switch (command) {
            case Sgip.REPORT -> {
                Receipt receipt = Sgip.report(in, start + Sgip.HEADER, end, settings.group() > 1, link.now());
                if (admits(in, start, command)) {
                    link.receipts().accept(receipt, new Answer(in, start, command));
                }
            }
            case Sgip.DELIVER -> {
                Fragment fragment = Sgip.message(in, start, end, link.now());
                if (admits(in, start, command)) {
                    link.inbox().take(fragment, new Answer(in, start, command), link.tick());
                }
            }
            case Sgip.UNBIND -> {
                answer(in, start, command, 0);
                flush();
                drop();
            }
            default -> throw new MalformedPdu("a command of " + Integer.toUnsignedString(command));
        }
    }

    private int login(ByteBuf in, int body, int end) throws MalformedPdu {
        Wire.require(body, 33, end, "bind");
        if (in.getByte(body) != Sgip.FROM_GATEWAY) {
            return WRONG_TYPE;
        }
        boolean name = same(Wire.field(in, body + 1, 16, end), account.listenName());
        boolean password = same(Wire.field(in, body + 17, 16, end), account.listenPassword());
        if (!name || !password) {
            LOG.warn("{}: the gateway's login is refused", link.id());
            return ILLEGAL_LOGIN;
        }
        loggedIn = true;
        return 0;
    }

    private static boolean same(String came, String wanted) {
        return MessageDigest.isEqual(
                came.getBytes(StandardCharsets.ISO_8859_1), wanted.getBytes(StandardCharsets.ISO_8859_1));
    }

    private boolean admits(ByteBuf in, int start, int command) {
        if (unsettled++ < MOST_UNSETTLED) {
            return true;
        }
        boolean unused = answers.add(in.getInt(start + 16), Sgip.BUSY, in.getLong(start + 8), command);
        return false;
    }

    private void answer(ByteBuf in, int start, int command, int result) {
        unsettled++;
        boolean unused = answers.add(in.getInt(start + 16), result, in.getLong(start + 8), command);
    }

    private static void write(ByteBuf out, int sequence, int result, long nodeAndTime, long command) {
        boolean bare = command == Sgip.UNBIND;
        out.writeInt(bare ? Sgip.HEADER : Sgip.HEADER + 9);
        out.writeInt((int) command | Sgip.RESPONSE);
        out.writeLong(nodeAndTime);
        out.writeInt(sequence);
        if (!bare) {
            out.writeByte(result);
            out.writeZero(8);
        }
    }

    private void flush() {
        ChannelHandlerContext active = context;
        if (over || active == null || answers.isEmpty()) {
            return;
        }
        ByteBuf out = active.alloc().ioBuffer();
        unsettled -= answers.write(out, SgipInbound::write);
        ChannelFuture unused = active.writeAndFlush(out, active.voidPromise());
    }

    /** Cuts the connection. */
    void drop() {
        over = true;
        if (context != null) {
            ChannelFuture unused = context.close();
        }
    }

    /** The answer to a report or a reply, which waits until that is durable. */
    private final class Answer implements Kept {
        private final int sequence;
        private final long nodeAndTime;
        private final int command;

        Answer(ByteBuf in, int start, int command) {
            this.sequence = in.getInt(start + 16);
            this.nodeAndTime = in.getLong(start + 8);
            this.command = command;
        }

        @Override
        public void settled(boolean durable) {
            if (answers.add(sequence, durable ? 0 : Sgip.BUSY, nodeAndTime, command)) {
                link.execute(SgipInbound.this::flush);
            }
        }
    }
}
