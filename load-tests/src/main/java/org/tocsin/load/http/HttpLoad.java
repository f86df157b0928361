package org.tocsin.load.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.tocsin.load.Loopback;
import org.tocsin.load.figure.Latencies;

/** Sends requests over a number of connections, on each the next when the last is answered; one event loop. */
public final class HttpLoad {
    private static final int LONGEST_ANSWER = 4 << 20;

    /**
     * One request.
     *
     * @param method such as GET
     * @param path with its query
     * @param headers beside host and length
     * @param body may be empty
     */
    public record Request(String method, String path, Map<String, String> headers, byte[] body) {
        /** Copies the headers; the body is neither copied nor changed. */
        public Request {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * What came of it.
     *
     * @param seconds from the first request to the last answer
     * @param statuses how many answers had which status
     */
    public record Result(double seconds, Map<Integer, Integer> statuses) {
        /** Copies the map. */
        public Result {
            statuses = Map.copyOf(statuses);
        }

        /** How many answers were 2xx. */
        public int good() {
            return statuses.entrySet().stream()
                    .filter(entry -> entry.getKey() / 100 == 2)
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    private final URI target;
    private final int count;
    private final IntFunction<Request> requests;
    private final Latencies latencies;
    private final CompletableFuture<Result> done = new CompletableFuture<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private int next;
    private int answered;
    private long began;

    private HttpLoad(URI target, int count, IntFunction<Request> requests, Latencies latencies) {
        this.target = target;
        this.count = count;
        this.requests = requests;
        this.latencies = latencies;
    }

    /**
     * Sends all and waits for all answers.
     *
     * @param target scheme http, a loopback host and a port
     * @param connections how many, at least 1
     * @param count how many requests, at least 1
     * @param requests gives request 0 to count − 1; called on the event loop
     * @param latencies takes the time from each request to its answer
     * @param limit how long it may take
     * @throws IOException when a connection fails or it takes too long
     * @throws IllegalArgumentException when the host is not loopback
     */
    public static Result run(
            URI target, int connections, int count, IntFunction<Request> requests, Latencies latencies, Duration limit)
            throws IOException {
        Loopback.require(target.getHost());
        HttpLoad load = new HttpLoad(target, count, requests, latencies);
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("http-load", true), NioIoHandler.newFactory());
        try {
            load.began = System.nanoTime();
            for (int at = 0; at < connections; at++) {
                load.connect(group);
            }
            return load.done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException("an HTTP connection failed: " + failed.getCause(), failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException("not all of " + count + " requests were answered within " + limit, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("broken off", interrupted);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
    }

    private void connect(MultiThreadIoEventLoopGroup group) {
        ChannelFuture connecting = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(LONGEST_ANSWER),
                                        new Connection());
                    }
                })
                .connect(target.getHost(), target.getPort());
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                done.completeExceptionally(connected.cause());
            }
        });
    }

    private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {
        private long sent;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            send(context);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
            latencies.record(System.nanoTime() - sent);
            statuses.merge(answer.status().code(), 1, Integer::sum);
            if (++answered == count) {
                done.complete(new Result((System.nanoTime() - began) / 1e9, statuses));
            }
            send(context);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (next < count || answered < count) {
                done.completeExceptionally(new IOException("a connection was cut"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            done.completeExceptionally(cause);
        }

        private void send(ChannelHandlerContext context) {
            if (next >= count) {
                return;
            }
            Request request = requests.apply(next++);
            DefaultFullHttpRequest message = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    HttpMethod.valueOf(request.method()),
                    request.path(),
                    Unpooled.wrappedBuffer(request.body()));
            message.headers()
                    .set(HttpHeaderNames.HOST, target.getAuthority())
                    .set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
            request.headers().forEach((name, value) -> message.headers().set(name, value));
            sent = System.nanoTime();
            ChannelFuture unused = context.writeAndFlush(message, context.voidPromise());
        }
    }
}
