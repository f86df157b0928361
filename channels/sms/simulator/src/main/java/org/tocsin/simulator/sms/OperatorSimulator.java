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
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tocsin.simulator.CarrierSimulator;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;

/**
 * An operator's short message gateway over one of the protocols of China's operators; runs when asked for.
 *
 * <p>Shares, drawn by the address: {@code delivered} (0.95), {@code silent} (0.02, no report ever; the rest a negative
 * one), {@code refused} (0, an illegal number, which refuses all of its group), {@code throttled} (0, too fast the
 * first time), {@code wrongIds} (0, reports with an id that nobody was told). Settings: {@code systemId},
 * {@code password}, {@code port} (0, a free one), {@code window} (16, as the link is told), {@code deliverWindow}
 * (1000), {@code reportDelayMillis} (50), {@code answerDelayMillis} (0), {@code retryDelayMillis} (1000, after what
 * could not be kept), {@code ratePerSecond} (0, none), {@code reportCopies} (1), {@code reorder} (0; 1 sends half of
 * the reports before those that were first), {@code dropEvery} (0; cuts the connection at each so-manyth submit),
 * {@code downAfter} (0; is gone for good after so many submits), {@code keepTexts} (0). Public methods may be called by
 * any thread.
 */
public abstract class OperatorSimulator implements CarrierSimulator {
    private static final String CHANNEL = "sms";

    private final String provider;
    private final String protocol;
    private final InstantSource clock;
    private @Nullable MultiThreadIoEventLoopGroup group;
    private @Nullable Operator operator;
    private @Nullable Channel server;
    private @Nullable SslContext tls;

    OperatorSimulator(String protocol, InstantSource clock) {
        this.clock = clock;
        this.protocol = protocol;
        this.provider = "simulated-" + protocol;
    }

    abstract Operator.Numbering numbering(SimulatorContext context);

    abstract Desk desk(Operator at, SimulatorContext context, String systemId, String password);

    /** Settings that the link needs beside those of all. */
    void complete(Map<String, String> settings, SimulatorContext context) throws IOException {}

    /** Is called each two milliseconds, on the event loop. */
    void ticked(Operator at, MultiThreadIoEventLoopGroup loops) {}

    @Override
    public final String channel() {
        return CHANNEL;
    }

    @Override
    public final String provider() {
        return provider;
    }

    @Override
    public final boolean isStandard() {
        return false;
    }

    /** Speaks TLS from the start on. */
    public final void secure(SslContext context) {
        tls = context;
    }

    @Override
    public final synchronized Map<String, String> start(SimulatorContext context) throws IOException {
        String systemId = context.settings().getOrDefault("systemId", "tocsin");
        String password = context.settings().getOrDefault("password", "simulate");
        Operator starting = new Operator(context, numbering(context), CHANNEL, provider, clock);
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(provider, true), NioIoHandler.newFactory());
        group = loops;
        operator = starting;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        SslContext secured = tls;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        if (secured != null) {
                            accepted.pipeline().addLast(secured.newHandler(accepted.alloc()));
                        }
                        accepted.pipeline().addLast(desk(starting, context, systemId, password));
                    }
                });
        try {
            Channel listening = bootstrap
                    .bind(new InetSocketAddress(loopback, context.integer("port", 0)))
                    .syncUninterruptibly()
                    .channel();
            server = listening;
            Future<?> ticking = loops.scheduleAtFixedRate(
                    () -> {
                        starting.tick();
                        ticked(starting, loops);
                    },
                    2,
                    2,
                    TimeUnit.MILLISECONDS);
            Future<?> sweeping = loops.scheduleAtFixedRate(starting::sweep, 1, 1, TimeUnit.SECONDS);
            if (ticking.isCancelled() || sweeping.isCancelled()) {
                throw new IOException("the event loop takes no tasks");
            }
            Map<String, String> settings = new HashMap<>();
            settings.put("protocol", protocol);
            settings.put("host", loopback.getHostAddress());
            settings.put("port", Integer.toString(((InetSocketAddress) listening.localAddress()).getPort()));
            settings.put("systemId", systemId);
            settings.put("password", password);
            settings.put("window", Integer.toString(context.integer("window", 16)));
            complete(settings, context);
            return settings;
        } catch (RuntimeException failed) {
            close();
            throw new IOException("cannot listen", failed);
        }
    }

    @Override
    public final void attach(GatewayAddress gateway) {
        // Links and listeners are known from the start.
    }

    /** The addresses to which a submit came, refused or not. */
    public final Set<String> seen() {
        return onLoop(() -> operator().seen.toSet());
    }

    /** The last whole text of each address; for as many addresses as {@code keepTexts} says. */
    public final Map<String, String> texts() {
        return onLoop(() -> Map.copyOf(operator().texts));
    }

    /** How the texts were encoded, by address. */
    public final Map<String, Integer> codings() {
        return onLoop(() -> Map.copyOf(operator().codings));
    }

    /** From which number the texts came, by address. */
    public final Map<String, String> sources() {
        return onLoop(() -> Map.copyOf(operator().sources));
    }

    /** How many submits came, refused ones too; a group counts once. */
    public final long submits() {
        return operator().submits.get();
    }

    /** How many whole messages were taken; each person of a group counts. */
    public final long messages() {
        return operator().messages.get();
    }

    /** How many submits were refused for a number. */
    public final long refusals() {
        return operator().refusals.get();
    }

    /** How many submits were too fast. */
    public final long throttles() {
        return operator().throttles.get();
    }

    /** How many reports went out, repeats too. */
    public final long reports() {
        return operator().reports.get();
    }

    /** How many reports were answered with success. */
    public final long reportsAnswered() {
        return operator().reportsAnswered.get();
    }

    /** How many reports and replies were answered as not kept, and so are sent again. */
    public final long reportsDeferred() {
        return operator().reportsDeferred.get();
    }

    /** How many replies were answered with success. */
    public final long repliesAnswered() {
        return operator().repliesAnswered.get();
    }

    /** How many connections there are now. */
    public final int connections() {
        return onLoop(() -> operator().desks.size());
    }

    /** Cuts all connections. */
    public final void dropConnections() {
        act(at -> List.copyOf(at.desks).forEach(Desk::drop));
    }

    /** Answers neither submits nor questions from now on, or answers all that wait and goes on. */
    public final void pauseAnswers(boolean paused) {
        act(at -> at.pause(paused));
    }

    /** Accepts all and reports none from now on, or no more. */
    public final void silent(boolean silent) {
        act(at -> at.mute(silent));
    }

    /** Keeps all reports back from now on, or sends those that are due and goes on. */
    public final void holdReports(boolean held) {
        act(at -> at.hold(held));
    }

    /** Cuts all connections and each new one from now on, or lets clients in again. */
    public final void down(boolean down) {
        act(at -> at.down(down));
    }

    /** Sets {@code ratePerSecond} from now on. */
    public final void rate(int perSecond) {
        act(at -> at.rate(perSecond));
    }

    /** A person writes to a number. */
    public final void say(String from, String to, String text) {
        act(at -> at.say(from, to, text));
    }

    /** Sends these octets on each connection as they are, for tests of what must not be trusted. */
    public final void writeRaw(byte[] octets) {
        byte[] copy = octets.clone();
        act(at -> List.copyOf(at.desks).forEach(desk -> desk.writeRaw(copy)));
    }

    @Override
    public final synchronized void close() {
        MultiThreadIoEventLoopGroup loops = group;
        Operator closing = operator;
        if (loops == null || closing == null) {
            return;
        }
        group = null;
        if (server != null) {
            server.close().syncUninterruptibly();
        }
        Future<?> stopped = loops.next().submit(() -> List.copyOf(closing.desks).forEach(Desk::drop));
        await(stopped);
        await(loops.shutdownGracefully(0, 2, TimeUnit.SECONDS));
        closing.close();
    }

    private synchronized Operator operator() {
        Operator started = operator;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    private void act(java.util.function.Consumer<Operator> act) {
        boolean unused = onLoop(() -> {
            act.accept(operator());
            return true;
        });
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
