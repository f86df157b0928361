package org.tocsin.load.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tocsin.load.Loopback;

/** Consoles that watch an event stream and throw away what they read. */
public final class HttpWatchers implements AutoCloseable {
    private static final int OPENING_AT_ONCE = 50;

    private final URI target;
    private final Bootstrap bootstrap;
    private final AtomicInteger left;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("http-watchers", true), NioIoHandler.newFactory());
    private final AtomicInteger watching = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Begins to open the streams.
     *
     * @param target scheme http, a loopback host and a port
     * @param path of the stream
     * @param key the API key
     * @param count how many
     */
    public HttpWatchers(URI target, String path, String key, int count) {
        Loopback.require(target.getHost());
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: " + target.getAuthority()
                        + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + key + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.target = target;
        this.left = new AtomicInteger(count);
        this.bootstrap = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Watcher(request));
                    }
                });
        for (int at = 0; at < OPENING_AT_ONCE; at++) {
            openNext();
        }
    }

    private void openNext() {
        if (left.getAndDecrement() > 0) {
            bootstrap.connect(target.getHost(), target.getPort()).addListener(connected -> {
                if (!connected.isSuccess()) {
                    refused.incrementAndGet();
                }
            });
        }
    }

    /** How many streams are open. */
    public int watching() {
        return watching.get();
    }

    /** How many were refused or ended. */
    public int refused() {
        return refused.get();
    }

    /** How many bytes came in all. */
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(3_000);
    }

    private final class Watcher extends SimpleChannelInboundHandler<ByteBuf> {
        private final byte[] request;
        private boolean open;

        Watcher(byte[] request) {
            this.request = request;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ChannelFuture unused = context.writeAndFlush(Unpooled.wrappedBuffer(request));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
            bytes.addAndGet(in.readableBytes());
            if (!open) {
                String first =
                        in.toString(in.readerIndex(), Math.min(12, in.readableBytes()), StandardCharsets.US_ASCII);
                if (first.equals("HTTP/1.1 200")) {
                    open = true;
                    watching.incrementAndGet();
                    openNext();
                } else {
                    ChannelFuture unused = context.close();
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            refused.incrementAndGet();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture unused = context.close();
        }
    }
}
