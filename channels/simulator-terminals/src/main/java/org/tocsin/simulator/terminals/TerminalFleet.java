package org.tocsin.simulator.terminals;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.simulator.Book;
import org.tocsin.simulator.GatewayAddress;
import org.tocsin.simulator.SimulatorContext;

/**
 * All terminals of one channel, on one event loop, with one book.
 *
 * <p>Of the context it reads the shares {@code finished} (0.95), {@code silent} (0) and {@code offline} (0), and the
 * setting {@code reportDelayMillis} (50). Public methods may be called by any thread.
 */
public final class TerminalFleet implements AutoCloseable {
    static final int KEEP_ALIVE_SECONDS = 120;

    private static final Logger LOG = LoggerFactory.getLogger(TerminalFleet.class);
    private static final int CONNECTING_AT_ONCE = 256;
    private static final int LARGEST_MESSAGE = 128 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final long ALL_WITHIN_SECONDS = 120;

    private final String channel;
    private final String link;
    private final Habits habits;
    private final Predicate<JsonNode> device;
    private final Book book;
    private final InstantSource clock;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("simulated-terminals", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicInteger online = new AtomicInteger();
    private final List<FleetTerminal> terminals = new ArrayList<>();
    private final Deque<FleetTerminal> toConnect = new ArrayDeque<>();
    private volatile @Nullable GatewayAddress gateway;
    private volatile byte[] password = {};
    private volatile boolean closed;
    private int connecting;
    private CountDownLatch missing = new CountDownLatch(0);
    private byte[] lastPayload = {};
    private @Nullable Command lastCommand;

    /**
     * Makes a fleet without a terminal.
     *
     * @param channel the channel's name, which stands in the topics
     * @param provider the provider's name, which stands in the book's
     * @param context how the terminals behave
     * @param device whether a command's JSON has all that this kind of terminal needs to play or show it
     */
    public TerminalFleet(String channel, String provider, SimulatorContext context, Predicate<JsonNode> device) {
        this.channel = channel;
        this.link = context.link();
        this.habits = new Habits(context);
        this.device = device;
        this.book = context.book(channel, provider);
        this.clock = InstantSource.system();
    }

    /**
     * Connects all terminals but those that are offline by their habits, and waits until each has subscribed. Later
     * losses are made good by connecting again with back-off.
     *
     * @throws IOException when not all are there after two minutes, or the wait is interrupted
     */
    public void attach(GatewayAddress address) throws IOException {
        gateway = address;
        password = address.mqttPassword().getBytes(StandardCharsets.UTF_8);
        List<FleetTerminal> awake = new ArrayList<>();
        for (String code : address.terminals()) {
            if (!habits.isOffline(code)) {
                awake.add(new FleetTerminal(this, code));
            }
        }
        CountDownLatch all = new CountDownLatch(awake.size());
        loop.execute(() -> {
            missing = all;
            terminals.addAll(awake);
            toConnect.addAll(awake);
            connectNext();
        });
        long every = KEEP_ALIVE_SECONDS / 2;
        var unused = loop.scheduleAtFixedRate(this::pingAll, every, every, TimeUnit.SECONDS);
        try {
            if (!all.await(ALL_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(all.getCount() + " of " + awake.size() + " terminals could not connect");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the terminals connect", interrupted);
        }
    }

    /** The codes of the terminals that were told something. */
    public Set<String> told() {
        return Set.copyOf(told);
    }

    /** How many terminals are connected and have subscribed. */
    public int online() {
        return online.get();
    }

    /** Cuts all connections at once, as a network does; the terminals come back with back-off. */
    public void cutConnections() {
        loop.execute(() -> List.copyOf(terminals).forEach(FleetTerminal::disconnect));
    }

    /** Hands what the book holds to the system, so that others can read it. */
    public void flush() {
        book.flush();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        loop.execute(() -> terminals.forEach(FleetTerminal::disconnect));
        group.shutdownGracefully(100, 5_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(6, TimeUnit.SECONDS);
        book.close();
    }

    String channel() {
        return channel;
    }

    Habits habits() {
        return habits;
    }

    byte[] password() {
        return password;
    }

    Instant now() {
        return clock.instant();
    }

    /** Runs something after the delay between two reports. */
    void later(Runnable task) {
        var unused = loop.schedule(task, habits.delayMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads a command; that all terminals get the same bytes makes it cheap. */
    @Nullable
    Command read(byte[] payload) {
        if (!Arrays.equals(payload, lastPayload)) {
            lastPayload = payload;
            lastCommand = Command.read(payload, device);
            if (lastCommand == null) {
                LOG.warn("a command of {} bytes could not be read", payload.length);
            }
        }
        return lastCommand;
    }

    void submitted(String code, String issue) {
        told.add(code);
        write(code, issue, Book.Event.SUBMIT, "");
    }

    void answered(String code, String issue) {
        write(code, issue, Book.Event.ANSWER, "ok");
    }

    void reported(String code, String issue, String state) {
        write(code, issue, Book.Event.REPORT, state);
    }

    void reportAnswered(String code, String issue, String state) {
        write(code, issue, Book.Event.REPORT_ANSWERED, state);
    }

    void connected() {
        online.incrementAndGet();
        missing.countDown();
        connecting--;
        connectNext();
    }

    void disconnected(FleetTerminal terminal, boolean wasOnline) {
        if (wasOnline) {
            online.decrementAndGet();
        } else {
            connecting--;
        }
        comeBack(terminal);
    }

    private void comeBack(FleetTerminal terminal) {
        if (!closed) {
            long wait = terminal.backOffMillis();
            terminal.connectFailed();
            var unused = loop.schedule(
                    () -> {
                        toConnect.addLast(terminal);
                        connectNext();
                    },
                    wait,
                    TimeUnit.MILLISECONDS);
        }
        connectNext();
    }

    private void connectNext() {
        GatewayAddress address = gateway;
        while (!closed && address != null && connecting < CONNECTING_AT_ONCE && !toConnect.isEmpty()) {
            connecting++;
            connect(toConnect.removeFirst(), address);
        }
    }

    private void connect(FleetTerminal terminal, GatewayAddress address) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel created) {
                        created.pipeline()
                                .addLast(new MqttDecoder(LARGEST_MESSAGE), MqttEncoder.INSTANCE, terminal.connection());
                    }
                })
                .connect(address.mqttHost(), address.mqttPort())
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        connecting--;
                        comeBack(terminal);
                    }
                });
    }

    private void pingAll() {
        for (FleetTerminal terminal : terminals) {
            if (terminal.isOnline()) {
                terminal.ping();
            }
        }
    }

    private void write(String code, String issue, Book.Event event, String eventCode) {
        book.write(clock.instant(), link, code, issue + "/" + code, event, eventCode);
    }
}
