package org.tocsin.gateway.link;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.mqtt.MqttAuth;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.TerminalLink;

/**
 * The terminals' own end: they connect straight to the gateway, and each acknowledgement is a terminal's.
 *
 * <p>A terminal (MQTT 3.1.1 or 5) connects with its code as client identifier and as user name, and its password; a
 * second connection with the same code replaces the first. It subscribes with QoS 1 and publishes with QoS 1 (or 0,
 * unanswered) only to topics that have its code as a level. Who breaks these rules, sends what nobody listens to, or is
 * silent longer than its keep-alive allows, is disconnected, alone. A report is acknowledged when it is kept; where it
 * cannot be kept the terminal is disconnected, so that it connects again and repeats it. No session outlives its
 * connection, and nothing is retained: who sends decides about repeats.
 *
 * <p>All connections live on one event loop, whose state needs no lock; the public methods may be called by any thread.
 */
public final class MqttTerminalServer implements TerminalLink, AutoCloseable {
    /** The largest payload in either direction, in bytes. */
    public static final int LARGEST_PAYLOAD = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(MqttTerminalServer.class);
    private static final int LARGEST_CODE = 64;
    private static final int CONNECT_TIMEOUT_SECONDS = 10;
    private static final int BACKLOG = 8192;
    // Small enough that acknowledgements and reports are read between two steps of a broadcast.
    private static final int STEP = 256;
    private static final long SWEEP_MILLIS = 50;
    private static final long SILENCE_EVERY_SWEEPS = 20;

    private final Vertx vertx;
    private final Context loop;
    private final LoopInbox inbox;
    private final MqttTerminalSettings settings;
    private final TerminalAuthenticator authenticator;
    private final TerminalPresence presence;
    private final MqttListeners listeners = new MqttListeners();
    // Written on the event loop only.
    private final Map<String, MqttTerminalSession> sessions = new ConcurrentHashMap<>();
    // Used on the event loop only.
    private final List<MqttSending> underWay = new ArrayList<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private @Nullable MqttServer server;
    private long sweeps;
    private long sweepTimer = -1;
    private volatile boolean listening;

    /**
     * Makes the end; it listens when {@link #start} is called.
     *
     * @param vertx whose event loop it takes
     * @param settings where and with which limits it listens
     * @param authenticator says who is who
     * @param presence hears who comes and goes
     */
    public MqttTerminalServer(
            Vertx vertx,
            MqttTerminalSettings settings,
            TerminalAuthenticator authenticator,
            TerminalPresence presence) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.inbox = new LoopInbox(loop);
        this.settings = settings;
        this.authenticator = authenticator;
        this.presence = presence;
    }

    /**
     * Starts to listen.
     *
     * @return the TCP port; fails when it cannot listen
     */
    public Future<Integer> start() {
        Promise<Integer> started = Promise.promise();
        loop.runOnContext(nothing -> {
            MqttServer starting = MqttServer.create(vertx, options());
            starting.endpointHandler(this::connected);
            starting.exceptionHandler(failure -> LOG.debug("a connection failed: {}", failure.toString()));
            server = starting;
            starting.listen().onComplete(bound -> {
                if (bound.succeeded()) {
                    listening = true;
                    sweepTimer = vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
                    started.complete(starting.actualPort());
                } else {
                    started.fail(bound.cause());
                }
            });
        });
        return started.future();
    }

    /** How many terminals are connected. */
    public int connected() {
        return sessions.size();
    }

    /** Whether a terminal is connected and has subscribed. */
    public boolean isOnline(String code) {
        MqttTerminalSession session = sessions.get(code);
        return session != null && session.isOnline();
    }

    /**
     * For how long a connected terminal has said nothing, not even that it is there; empty where it is not connected.
     */
    public Optional<Duration> silence(String code) {
        MqttTerminalSession session = sessions.get(code);
        return session == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, System.nanoTime() - session.lastHeard())));
    }

    /** How many connections were refused: wrong code or password, or too many. */
    public long refused() {
        return refused.sum();
    }

    /** How many terminals were disconnected for what they did, or did not do. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void send(
            List<String> terminals, UnaryOperator<String> topic, byte[] payload, Duration timeout, Answers answers) {
        if (payload.length > LARGEST_PAYLOAD) {
            throw new IllegalArgumentException("payload must be at most " + LARGEST_PAYLOAD + " bytes");
        }
        MqttSending sending = new MqttSending(List.copyOf(terminals), answers, System.nanoTime() + timeout.toNanos());
        Buffer shared = Buffer.buffer(payload);
        loop.runOnContext(nothing -> {
            underWay.add(sending);
            tell(sending, topic, shared, 0);
        });
    }

    @Override
    public void listen(String topicFilter, Reports reports) {
        listeners.listen(topicFilter, reports);
    }

    /** Disconnects all, and stops listening; waits at most five seconds. May be called again. */
    @Override
    public void close() {
        listening = false;
        Promise<Void> closed = Promise.promise();
        loop.runOnContext(nothing -> {
            vertx.cancelTimer(sweepTimer);
            for (MqttTerminalSession session : List.copyOf(sessions.values())) {
                end(session);
                session.close();
            }
            MqttServer running = server;
            server = null;
            (running == null ? Future.<Void>succeededFuture() : running.close()).onComplete(closed);
        });
        try {
            closed.future().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException failed) {
            LOG.warn("the terminals' end did not close in order: {}", failed.toString());
        }
    }

    private MqttServerOptions options() {
        MqttServerOptions options = new MqttServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxMessageSize(LARGEST_PAYLOAD + 4 * MqttTopics.LONGEST)
                .setMaxClientIdLength(LARGEST_CODE)
                .setAutoClientId(false)
                .setTimeoutOnConnect(CONNECT_TIMEOUT_SECONDS);
        options.setTcpNoDelay(true).setAcceptBacklog(BACKLOG).setReuseAddress(true);
        if (settings.certificate() != null && settings.key() != null) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(settings.certificate().toString())
                            .setKeyPath(settings.key().toString()));
        }
        return options;
    }

    private void tell(MqttSending sending, UnaryOperator<String> topic, Buffer payload, int from) {
        int end = Math.min(from + STEP, sending.size());
        for (int index = from; index < end; index++) {
            String code = sending.terminal(index);
            MqttTerminalSession session = listening ? sessions.get(code) : null;
            if (session == null || !session.tell(topic.apply(code), payload, sending, index)) {
                sending.answer(index, Answer.OFFLINE);
            }
        }
        if (end < sending.size()) {
            loop.runOnContext(nothing -> tell(sending, topic, payload, end));
        }
    }

    private void connected(MqttEndpoint endpoint) {
        String code = endpoint.clientIdentifier();
        boolean five = endpoint.protocolVersion() == 5;
        if (!authenticates(endpoint, code)) {
            refused.increment();
            endpoint.reject(
                    five
                            ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
                            : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
            return;
        }
        MqttTerminalSession before = sessions.get(code);
        if (!listening || (before == null && sessions.size() >= settings.maxTerminals())) {
            refused.increment();
            endpoint.reject(
                    five
                            ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5
                            : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
            return;
        }
        if (before != null) {
            end(before);
            before.close();
        }
        int keepAlive = keepAlive(endpoint);
        MqttTerminalSession session = new MqttTerminalSession(
                code, endpoint, TimeUnit.MILLISECONDS.toNanos(keepAlive * 1500L), System.nanoTime());
        listenTo(endpoint, session);
        sessions.put(code, session);
        endpoint.accept(false, five ? limits(keepAlive) : MqttProperties.NO_PROPERTIES);
    }

    private boolean authenticates(MqttEndpoint endpoint, @Nullable String code) {
        MqttAuth auth = endpoint.auth();
        if (code == null
                || code.length() > LARGEST_CODE
                || !MqttTopics.isLevel(code)
                || auth == null
                || auth.getPassword() == null
                || !code.equals(auth.getUsername())) {
            return false;
        }
        return authenticator.accepts(code, auth.getPassword().getBytes(StandardCharsets.UTF_8));
    }

    private int keepAlive(MqttEndpoint endpoint) {
        int longest = (int) settings.maxKeepAlive().toSeconds();
        int asked = endpoint.keepAliveTimeSeconds();
        return asked == 0 ? longest : Math.min(asked, longest);
    }

    private static MqttProperties limits(int keepAlive) {
        MqttProperties limits = new MqttProperties();
        add(limits, MqttProperties.SERVER_KEEP_ALIVE, keepAlive);
        add(limits, MqttProperties.MAXIMUM_QOS, 1);
        add(limits, MqttProperties.RETAIN_AVAILABLE, 0);
        add(limits, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0);
        add(limits, MqttProperties.RECEIVE_MAXIMUM, MqttTerminalSession.MOST_REPORTS);
        add(limits, MqttProperties.MAXIMUM_PACKET_SIZE, LARGEST_PAYLOAD + 2 * MqttTopics.LONGEST);
        return limits;
    }

    private static void add(MqttProperties properties, int id, int value) {
        properties.add(new MqttProperties.IntegerProperty(id, value));
    }

    private void listenTo(MqttEndpoint endpoint, MqttTerminalSession session) {
        endpoint.closeHandler(nothing -> end(session));
        endpoint.exceptionHandler(failure -> drop(session, "sent what is no MQTT"));
        endpoint.pingHandler(nothing -> session.heard(System.nanoTime()));
        endpoint.publishAcknowledgeHandler(packetId -> {
            session.heard(System.nanoTime());
            session.acknowledged(packetId);
        });
        endpoint.subscribeHandler(message -> subscribe(endpoint, session, message));
        endpoint.unsubscribeHandler(message -> {
            session.heard(System.nanoTime());
            boolean wasOnline = session.isOnline();
            message.topics().forEach(session::unsubscribe);
            endpoint.unsubscribeAcknowledge(message.messageId());
            if (wasOnline && !session.isOnline()) {
                tellPresence(session.code(), false);
            }
        });
        endpoint.publishHandler(message -> report(session, message));
    }

    private void subscribe(MqttEndpoint endpoint, MqttTerminalSession session, MqttSubscribeMessage message) {
        if (session.isGone()) {
            return;
        }
        session.heard(System.nanoTime());
        boolean wasOnline = session.isOnline();
        List<MqttQoS> granted = new ArrayList<>();
        for (MqttTopicSubscription wanted : message.topicSubscriptions()) {
            String filter = wanted.topicName();
            if (!MqttTopics.isFilter(filter) || !MqttTopics.hasLevel(filter, session.code())) {
                drop(session, "subscribed to what is not its own");
                return;
            }
            // Without QoS 1 there is no acknowledgement, and an answer would be a guess.
            boolean grant = wanted.qualityOfService() != MqttQoS.AT_MOST_ONCE && session.subscribe(filter);
            granted.add(grant ? MqttQoS.AT_LEAST_ONCE : MqttQoS.FAILURE);
        }
        endpoint.subscribeAcknowledge(message.messageId(), granted);
        if (!wasOnline && session.isOnline()) {
            tellPresence(session.code(), true);
        }
    }

    private void report(MqttTerminalSession session, MqttPublishMessage message) {
        if (session.isGone()) {
            return;
        }
        session.heard(System.nanoTime());
        String topic = message.topicName();
        if (message.qosLevel() == MqttQoS.EXACTLY_ONCE) {
            drop(session, "published with QoS 2");
            return;
        }
        if (!MqttTopics.isTopic(topic) || !MqttTopics.hasLevel(topic, session.code())) {
            drop(session, "published to what is not its own");
            return;
        }
        if (message.payload().length() > LARGEST_PAYLOAD) {
            drop(session, "published more than " + LARGEST_PAYLOAD + " bytes");
            return;
        }
        MqttListeners.Listener listener = listeners.find(topic);
        if (listener == null) {
            drop(session, "published to what nobody listens to");
            return;
        }
        if (!session.reportCame()) {
            drop(session, "has too many reports waiting");
            return;
        }
        Integer packetId = message.qosLevel() == MqttQoS.AT_LEAST_ONCE ? message.messageId() : null;
        MqttKeptOnce kept = new MqttKeptOnce(inbox, durable -> {
            if (durable || packetId == null) {
                session.reportKept(packetId);
            } else if (!session.isGone()) {
                LOG.warn("terminal {} is disconnected: its report could not be kept", session.code());
                end(session);
                session.close();
            }
        });
        try {
            listener.reports()
                    .report(new Report(session.code(), topic, message.payload().getBytes()), kept);
        } catch (RuntimeException defect) {
            LOG.error("a report of a terminal was not taken", defect);
            kept.settled(false);
        }
    }

    /**
     * Looks at the terminals only where the time of something that was sent is over, or now and then for the silent.
     */
    private void sweep() {
        long now = System.nanoTime();
        underWay.removeIf(sending -> !sending.isOpen());
        boolean overdue = underWay.stream().anyMatch(sending -> sending.isOver(now));
        boolean silence = ++sweeps % SILENCE_EVERY_SWEEPS == 0;
        if (!overdue && !silence) {
            return;
        }
        for (MqttTerminalSession session : sessions.values()) {
            session.sweep(now);
            if (session.isTakenForDead()) {
                drop(session, "acknowledges nothing");
            } else if (silence && session.isSilentTooLong(now)) {
                drop(session, "was silent too long");
            }
        }
    }

    private void drop(MqttTerminalSession session, String why) {
        if (session.isGone()) {
            return;
        }
        dropped.increment();
        LOG.info("terminal {} is disconnected: it {}", session.code(), why);
        end(session);
        session.close();
    }

    private void end(MqttTerminalSession session) {
        if (session.isGone()) {
            return;
        }
        boolean wasOnline = session.isOnline();
        sessions.remove(session.code(), session);
        session.end();
        if (wasOnline) {
            tellPresence(session.code(), false);
        }
    }

    private void tellPresence(String code, boolean online) {
        try {
            if (online) {
                presence.online(code);
            } else {
                presence.offline(code);
            }
        } catch (RuntimeException defect) {
            LOG.error("the presence of a terminal was not taken", defect);
        }
    }
}
