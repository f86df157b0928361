package org.tocsin.simulator.sms;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;

/**
 * A short message centre over SMPP 3.4, provider {@code simulated-smpp}.
 *
 * <p>Shares, drawn by the address: {@code delivered} (0.95), {@code silent} (0.02, no receipt ever; the rest a negative
 * one), {@code refused} (0, ESME_RINVDSTADR), {@code throttled} (0, ESME_RTHROTTLED the first time). Settings:
 * {@code systemId}, {@code password}, {@code port} (0, a free one), {@code reportDelayMillis} (50),
 * {@code answerDelayMillis} (0, the round trip), {@code ratePerSecond} (0, none; above it ESME_RTHROTTLED),
 * {@code deliverWindow} (1000 unanswered deliver_sm a bind), {@code deliverTimeoutMillis} (10,000; then it is sent
 * again), {@code retryDelayMillis} (1000, after a temporary error), {@code reportCopies} (1), {@code keepTexts} (0; how
 * many addresses' texts are kept), {@code downAfter} (0; gone for good after so many submit_sm), {@code window} (256;
 * how many submit_sm a bind may leave unanswered, as the link's settings are told), {@code reorder} (0; 1 sends half of
 * the receipts before those that were first), {@code dropEvery} (0; cuts the connection at each so-manyth submit_sm).
 * The share {@code wrongIds} (0) has receipts with an id that nobody was told. Public methods may be called by any
 * thread.
 */
public final class SmppSimulator implements CarrierSimulator {
    private final InstantSource clock;
    private @Nullable MultiThreadIoEventLoopGroup group;
    private @Nullable MessageCentre centre;
    private @Nullable Channel server;

    /** Made by the service loader, and by tests. */
    public SmppSimulator() {
        this(InstantSource.system());
    }

    /** With another time of day, for its book, its ids and its receipts. */
    public SmppSimulator(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String channel() {
        return "sms";
    }

    @Override
    public String provider() {
        return "simulated-smpp";
    }

    @Override
    public synchronized Map<String, String> start(SimulatorContext context) throws IOException {
        String systemId = context.settings().getOrDefault("systemId", "tocsin");
        String password = context.settings().getOrDefault("password", "simulate");
        MessageCentre starting = new MessageCentre(context, channel(), provider(), systemId, password, clock);
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("simulated-smpp", true), NioIoHandler.newFactory());
        group = loops;
        centre = starting;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        accepted.pipeline().addLast(new Session(starting));
                    }
                });
        try {
            Channel listening = bootstrap
                    .bind(new InetSocketAddress(loopback, context.integer("port", 0)))
                    .syncUninterruptibly()
                    .channel();
            server = listening;
            Future<?> ticking = loops.scheduleAtFixedRate(starting::tick, 2, 2, TimeUnit.MILLISECONDS);
            Future<?> sweeping = loops.scheduleAtFixedRate(starting::sweep, 1, 1, TimeUnit.SECONDS);
            if (ticking.isCancelled() || sweeping.isCancelled()) {
                throw new IOException("the event loop takes no tasks");
            }
            int port = ((InetSocketAddress) listening.localAddress()).getPort();
            return Map.of(
                    "host",
                    loopback.getHostAddress(),
                    "port",
                    Integer.toString(port),
                    "systemId",
                    systemId,
                    "password",
                    password,
                    "window",
                    Integer.toString(context.integer("window", 256)));
        } catch (RuntimeException failed) {
            close();
            throw new IOException("cannot listen", failed);
        }
    }

    @Override
    public void attach(GatewayAddress gateway) {
        // Receipts go out by the gateway's own connections.
    }

    /** The addresses to which a submit_sm came, refused or not. */
    public Set<String> seen() {
        return onLoop(() -> centre().seen.toSet());
    }

    /** The last whole text of each address; for as many addresses as {@code keepTexts} says. */
    public Map<String, String> texts() {
        return onLoop(() -> Map.copyOf(centre().texts));
    }

    /** How many submit_sm came, refused ones too. */
    public long submits() {
        return centre().submits.get();
    }

    /** How many whole messages were accepted. */
    public long messages() {
        return centre().messages.get();
    }

    /** How many submit_sm were refused for good. */
    public long refusals() {
        return centre().refusals.get();
    }

    /** How many submit_sm were answered with ESME_RTHROTTLED. */
    public long throttles() {
        return centre().throttles.get();
    }

    /** How many deliver_sm went out, repeats too. */
    public long reports() {
        return centre().reports.get();
    }

    /** How many deliver_sm were answered with success. */
    public long reportsAnswered() {
        return centre().reportsAnswered.get();
    }

    /** How many deliver_sm were answered with a temporary error, and so are sent again. */
    public long reportsDeferred() {
        return centre().reportsDeferred.get();
    }

    /** How many connections there are now. */
    public int connections() {
        return onLoop(() -> centre().sessions.size());
    }

    /** Cuts all connections. */
    public void dropConnections() {
        onLoop(() -> {
            List.copyOf(centre().sessions).forEach(Session::drop);
            return true;
        });
    }

    /** Answers neither submits nor enquiries from now on, or answers all that wait and goes on. */
    public void pauseAnswers(boolean paused) {
        onLoop(() -> {
            centre().pause(paused);
            return true;
        });
    }

    /** Accepts all and reports none from now on, or no more. */
    public void silent(boolean silent) {
        onLoop(() -> {
            centre().mute(silent);
            return true;
        });
    }

    /** Keeps all receipts back from now on, or sends those that are due and goes on. */
    public void holdReports(boolean held) {
        onLoop(() -> {
            centre().hold(held);
            return true;
        });
    }

    /** Cuts all connections and each new one from now on, or lets clients in again. */
    public void down(boolean down) {
        onLoop(() -> {
            centre().down(down);
            return true;
        });
    }

    /** Sets {@code ratePerSecond} from now on. */
    public void rate(int perSecond) {
        onLoop(() -> {
            centre().rate(perSecond);
            return true;
        });
    }

    /** Sets {@code deliverWindow} from now on, 1 to the one it was started with. */
    public void deliverWindow(int unanswered) {
        onLoop(() -> {
            centre().deliverWindow(unanswered);
            return true;
        });
    }

    /** Forgets the texts that it kept, so that it keeps as many again. */
    public void forgetTexts() {
        onLoop(() -> {
            centre().texts.clear();
            return true;
        });
    }

    /** Tells somebody what comes from now on, in place of whoever was told before. */
    public void observe(SmppObserver observer) {
        onLoop(() -> {
            centre().observe(observer);
            return true;
        });
    }

    /** Sends these octets on each connection as they are, for tests of what must not be trusted. */
    public void writeRaw(byte[] octets) {
        byte[] copy = octets.clone();
        onLoop(() -> {
            List.copyOf(centre().sessions).forEach(session -> session.writeRaw(copy));
            return true;
        });
    }

    @Override
    public synchronized void close() {
        MultiThreadIoEventLoopGroup loops = group;
        MessageCentre closing = centre;
        if (loops == null || closing == null) {
            return;
        }
        group = null;
        if (server != null) {
            server.close().syncUninterruptibly();
        }
        Future<?> stopped = loops.next().submit(() -> {
            List.copyOf(closing.sessions).forEach(Session::drop);
        });
        await(stopped);
        await(loops.shutdownGracefully(0, 2, TimeUnit.SECONDS));
        closing.close();
    }

    private synchronized MessageCentre centre() {
        MessageCentre started = centre;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    private <T> T onLoop(Callable<T> task) {
        EventLoop loop;
        synchronized (this) {
            if (group == null) {
                return call(task);
            }
            loop = group.next();
        }
        return await(loop.submit(task));
    }

    private static <T> T call(Callable<T> task) {
        try {
            return task.call();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
