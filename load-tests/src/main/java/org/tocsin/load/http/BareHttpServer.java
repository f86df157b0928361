package org.tocsin.load.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The least of a server: reads the whole request, keeps nothing, answers. One event loop, on loopback. */
public final class BareHttpServer implements AutoCloseable {
    /** Answers requests on the event loop; must be quick. */
    public interface Answers {
        /**
         * The answer's JSON; null for 404.
         *
         * @param path with its query
         * @param body the request's
         */
        byte @org.jspecify.annotations.Nullable [] answer(String path, ByteBuf body);
    }

    private static final int LONGEST_BODY = 4 << 20;

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bare-http", true), NioIoHandler.newFactory());
    private final URI address;

    private BareHttpServer(Answers answers) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ChannelFuture binding = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LONGEST_BODY),
                                        new Connection(answers));
                    }
                })
                .bind(new InetSocketAddress(loopback, 0))
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            close();
            throw new IOException("cannot listen", binding.cause());
        }
        int port = ((InetSocketAddress) binding.channel().localAddress()).getPort();
        address = URI.create("http://" + loopback.getHostAddress() + ":" + port);
    }

    /** Starts a server. */
    public static BareHttpServer start(Answers answers) throws IOException {
        return new BareHttpServer(answers);
    }

    /** A server that answers everything with the same JSON. */
    public static BareHttpServer constant(String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return new BareHttpServer((path, request) -> body);
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }

    private static final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Answers answers;

        Connection(Answers answers) {
            this.answers = answers;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            byte[] json = answers.answer(request.uri(), request.content());
            DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    json == null ? HttpResponseStatus.NOT_FOUND : HttpResponseStatus.OK,
                    Unpooled.wrappedBuffer(json == null ? new byte[0] : json));
            answer.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes());
            HttpUtil.setKeepAlive(answer, HttpUtil.isKeepAlive(request));
            ChannelFuture written = context.writeAndFlush(answer);
            if (!HttpUtil.isKeepAlive(request)) {
                written.addListener(io.netty.channel.ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture unused = context.close();
        }
    }
}
