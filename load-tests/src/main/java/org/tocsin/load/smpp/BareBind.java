package org.tocsin.load.smpp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection: fills its window, answers receipts, one write for each burst. */
final class BareBind extends ByteToMessageDecoder {
    private static final int SUBMIT_RESP = 0x80000004;
    private static final int DELIVER = 5;
    private static final int DELIVER_RESP = 0x80000005;
    private static final int BIND_RESP = 0x80000009;
    private static final int ENQUIRE = 0x15;
    private static final int ENQUIRE_RESP = 0x80000015;

    private final BareRun run;
    private final byte[] bind;
    private int open;
    private int sequence = 1;
    private int burst;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf out;

    BareBind(BareRun run, String systemId, String password) {
        this.run = run;
        this.bind = BarePdus.bind(systemId, password);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        out(active).writeBytes(bind);
        flush(active);
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) throws Exception {
        super.channelInactive(inactive);
        run.failed(new IOException("the connection was cut"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        run.failed(cause);
    }

    @Override
    protected void decode(ChannelHandlerContext active, ByteBuf in, List<Object> none) throws IOException {
        while (in.readableBytes() >= BarePdus.HEADER) {
            int at = in.readerIndex();
            int length = in.getInt(at);
            if (in.readableBytes() < length) {
                return;
            }
            take(active, in.getInt(at + 4), in.getInt(at + 8), in.getInt(at + 12));
            in.skipBytes(length);
        }
    }

    private void take(ChannelHandlerContext active, int command, int status, int number) throws IOException {
        if (command == DELIVER) {
            burst++;
            out(active).writeInt(17).writeInt(DELIVER_RESP).writeInt(0).writeInt(number);
            out(active).writeByte(0);
        } else if (command == SUBMIT_RESP && status == 0) {
            open--;
            run.accepted();
        } else if (command == BIND_RESP && status == 0) {
            run.bound(this);
        } else if (command == ENQUIRE) {
            out(active).writeInt(16).writeInt(ENQUIRE_RESP).writeInt(0).writeInt(number);
        } else {
            throw new IOException("command 0x%08X with status 0x%08X".formatted(command, status));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext active) throws Exception {
        if (burst > 0) {
            run.received(burst);
            burst = 0;
        }
        fill();
        super.channelReadComplete(active);
    }

    /** Writes submits up to the window, once the run has begun. */
    void fill() {
        ChannelHandlerContext active = context;
        if (active == null) {
            return;
        }
        while (run.hasBegun() && open < run.window && run.hasMore()) {
            ByteBuf buffer = out(active);
            int start = buffer.writerIndex();
            buffer.writeBytes(run.next());
            sequence = sequence == Integer.MAX_VALUE ? 1 : sequence + 1;
            buffer.setInt(start + 12, sequence);
            open++;
        }
        flush(active);
    }

    private void flush(ChannelHandlerContext active) {
        ByteBuf written = out;
        if (written != null) {
            out = null;
            ChannelFuture unused = active.writeAndFlush(written, active.voidPromise());
        }
    }

    private ByteBuf out(ChannelHandlerContext active) {
        ByteBuf buffer = out;
        if (buffer == null) {
            buffer = active.alloc().ioBuffer(16_384);
            out = buffer;
        }
        return buffer;
    }
}
