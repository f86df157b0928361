package org.tocsin.load.smpp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tocsin.load.Loopback;

/**
 * The bound: the least that must be done to send messages over SMPP 3.4 and take their delivery receipts. The octets on
 * the wire are the gateway's; nothing is stored, no id is read, every receipt is answered at once.
 */
public final class BareSmppClient {
    private static final Duration LONGEST_BIND = Duration.ofSeconds(20);

    private BareSmppClient() {}

    /**
     * What a run came to.
     *
     * @param seconds from the first submit to the last receipt
     * @param submits how many submit_sm were answered with success
     * @param receipts how many deliver_sm came
     */
    public record Result(double seconds, long submits, long receipts) {
        /** Receipts a second. */
        public double perSecond() {
            return receipts / seconds;
        }
    }

    /**
     * Sends messages and waits until each of their segments has its receipt; so the carrier must refuse none and report
     * all (shares {@code delivered} 1, {@code silent} 0 of the simulator). The numbers are 19900000000 and on.
     *
     * @param host the carrier's host, on this machine's loopback
     * @param port the carrier's port
     * @param systemId the account
     * @param password its password
     * @param binds how many connections, at least 1; all on one event loop, as a link of the gateway has it
     * @param window how many unanswered submit_sm each connection has at most, at least 1
     * @param text the message; as UCS-2, in segments of 67 characters where it has more than 70
     * @param count how many messages, at least 1
     * @return the time and the counts; both counts are messages × segments
     * @throws IOException when the carrier cannot be reached, refuses, cuts a connection, or reports nothing more for
     *     30 s
     * @throws IllegalArgumentException when the host is not loopback
     */
    public static Result run(
            String host, int port, String systemId, String password, int binds, int window, String text, int count)
            throws IOException {
        Loopback.require(host);
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("bare-smpp", true), NioIoHandler.newFactory());
        try {
            BareRun run = new BareRun(BarePdus.submits(text), binds, window, count);
            Bootstrap bootstrap = new Bootstrap()
                    .group(group)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true);
            List<ChannelFuture> connecting = new ArrayList<>();
            for (int i = 0; i < binds; i++) {
                connecting.add(bootstrap
                        .clone()
                        .handler(new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline().addLast(new BareBind(run, systemId, password));
                            }
                        })
                        .connect(host, port));
            }
            for (ChannelFuture connected : connecting) {
                connected.get(LONGEST_BIND.toSeconds(), TimeUnit.SECONDS);
            }
            return run.await();
        } catch (ExecutionException failed) {
            throw new IOException("the carrier was lost", failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException("the carrier is silent", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
    }
}
