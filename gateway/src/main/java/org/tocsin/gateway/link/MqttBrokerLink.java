package org.tocsin.gateway.link;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.TerminalLink;

/**
 * The terminals behind an outside broker, such as Mosquitto.
 *
 * <p>An acknowledgement is the broker's: it took the payload for the terminal, which may be off. While the broker is
 * not connected all terminals are {@link TerminalLink.Answer#OFFLINE}. A report's terminal is the topic's level at the
 * first + of the listener's filter; that only the terminal itself may publish there is for the broker's access rules to
 * hold. The gateway's session at the broker persists, so that reports wait there while the gateway is away, and one
 * that could not be kept comes again with the next connection.
 *
 * <p>All state lives on one event loop; the public methods may be called by any thread.
 */
public final class MqttBrokerLink implements TerminalLink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttBrokerLink.class);
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final long SWEEP_MILLIS = 50;

    private record Waiting(MqttSending sending, int index, String topic, Buffer payload) {}

    private final Vertx vertx;
    private final Context loop;
    private final LoopInbox inbox;
    private final MqttBrokerSettings settings;
    private final MqttListeners listeners = new MqttListeners();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Map<Integer, Waiting> unacknowledged = new HashMap<>();
    private final LongAdder leftOut = new LongAdder();
    private @Nullable MqttClient client;
    private Duration backOff;
    private long sweepTimer = -1;
    private volatile boolean up;
    private volatile boolean closed;

    /**
     * Makes the link; it connects when {@link #start} is called.
     *
     * @param vertx whose event loop it takes
     * @param settings where the broker is
     */
    public MqttBrokerLink(Vertx vertx, MqttBrokerSettings settings) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.inbox = new LoopInbox(loop);
        this.settings = settings;
        this.backOff = settings.firstBackOff();
    }

    /** Starts to connect, and connects again with back-off until closed; returns at once. */
    public void start() {
        loop.runOnContext(nothing -> {
            sweepTimer = vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
            connect();
        });
    }

    /** Whether the broker is connected and has granted the subscriptions. */
    public boolean isUp() {
        return up;
    }

    /** How many messages were acknowledged and left out, since they were too large or nobody could be their sender. */
    public long leftOut() {
        return leftOut.sum();
    }

    @Override
    public void send(
            List<String> terminals, UnaryOperator<String> topic, byte[] payload, Duration timeout, Answers answers) {
        MqttSending sending = new MqttSending(List.copyOf(terminals), answers, System.nanoTime() + timeout.toNanos());
        Buffer shared = Buffer.buffer(payload);
        loop.runOnContext(nothing -> {
            if (!up) {
                sending.answerRest(Answer.OFFLINE);
                return;
            }
            for (int index = 0; index < sending.size(); index++) {
                queue.addLast(new Waiting(sending, index, topic.apply(sending.terminal(index)), shared));
            }
            pump();
        });
    }

    @Override
    public void listen(String topicFilter, Reports reports) {
        listeners.listen(topicFilter, reports);
        loop.runOnContext(nothing -> {
            MqttClient connected = client;
            if (connected != null && up) {
                subscribe(connected, Map.of(topicFilter, MqttQoS.AT_LEAST_ONCE.value()));
            }
        });
    }

    /** Disconnects; waits at most five seconds. May be called again. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Promise<Void> done = Promise.promise();
        loop.runOnContext(nothing -> {
            vertx.cancelTimer(sweepTimer);
            MqttClient connected = client;
            lost(connected);
            if (connected != null && connected.isConnected()) {
                connected.disconnect().onComplete(done);
            } else {
                done.complete();
            }
        });
        try {
            done.future().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failed) {
            LOG.debug("the broker's link did not close in order: {}", failed.toString());
        }
    }

    private MqttClientOptions options() {
        MqttClientOptions options = new MqttClientOptions()
                .setClientId(settings.clientId())
                .setCleanSession(false)
                .setAutoKeepAlive(true)
                .setKeepAliveInterval(KEEP_ALIVE_SECONDS)
                // The window is kept here; the client's own must not be smaller, nor fill with what was given up.
                .setMaxInflightQueue(65_535)
                .setMaxMessageSize(MqttTerminalServer.LARGEST_PAYLOAD + 4 * MqttTopics.LONGEST);
        options.setAutoAck(false);
        options.setConnectTimeout(CONNECT_TIMEOUT_MILLIS).setTcpNoDelay(true);
        if (settings.user() != null) {
            options.setUsername(settings.user());
        }
        if (settings.password() != null) {
            options.setPassword(settings.password());
        }
        if (settings.tls()) {
            options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        }
        return options;
    }

    private void connect() {
        if (closed) {
            return;
        }
        MqttClient connecting = MqttClient.create(vertx, options());
        client = connecting;
        connecting.closeHandler(nothing -> lost(connecting));
        connecting.exceptionHandler(failure -> LOG.debug("the broker's connection failed: {}", failure.toString()));
        connecting.publishHandler(message -> report(connecting, message));
        connecting.publishCompletionHandler(this::acknowledged);
        connecting.publishCompletionUnknownPacketIdHandler(
                packetId -> LOG.debug("the broker acknowledged packet {} too late", packetId));
        connecting.connect(settings.port(), settings.host()).onComplete(answer -> {
            if (answer.failed()) {
                LOG.warn(
                        "the broker at {}:{} does not let the gateway in: {}",
                        settings.host(),
                        settings.port(),
                        answer.cause().toString());
                lost(connecting);
                return;
            }
            Map<String, Integer> filters = new HashMap<>();
            listeners.filters().forEach(filter -> filters.put(filter, MqttQoS.AT_LEAST_ONCE.value()));
            connecting.subscribeCompletionHandler(granted -> {
                if (granted.grantedQoSLevels().stream().anyMatch(level -> level != MqttQoS.AT_LEAST_ONCE.value())) {
                    LOG.error("the broker does not grant the reports with QoS 1: {}", granted.grantedQoSLevels());
                }
                ready(connecting);
            });
            if (filters.isEmpty()) {
                ready(connecting);
            } else {
                subscribe(connecting, filters);
            }
        });
    }

    private void subscribe(MqttClient connected, Map<String, Integer> filters) {
        connected.subscribe(filters).onFailure(failure -> {
            LOG.warn("the reports could not be subscribed: {}", failure.toString());
            hangUp(connected);
        });
    }

    private void ready(MqttClient connected) {
        if (connected == client && !closed && !up) {
            up = true;
            backOff = settings.firstBackOff();
            LOG.info("the broker at {}:{} is connected", settings.host(), settings.port());
        }
    }

    /** Ends a connection; what it had is answered, and the next one comes after the back-off. */
    private void lost(@Nullable MqttClient gone) {
        if (gone == null || gone != client) {
            return;
        }
        client = null;
        up = false;
        List<Waiting> sent = List.copyOf(unacknowledged.values());
        unacknowledged.clear();
        List<Waiting> unsent = List.copyOf(queue);
        queue.clear();
        sent.forEach(waiting -> waiting.sending().answer(waiting.index(), Answer.UNANSWERED));
        unsent.forEach(waiting -> waiting.sending().answer(waiting.index(), Answer.OFFLINE));
        if (!closed) {
            vertx.setTimer(backOff.toMillis(), timer -> connect());
            Duration doubled = backOff.multipliedBy(2);
            backOff = doubled.compareTo(settings.maxBackOff()) > 0 ? settings.maxBackOff() : doubled;
        }
    }

    private void hangUp(MqttClient connected) {
        if (connected == client) {
            connected.disconnect().onComplete(done -> lost(connected));
        }
    }

    private void pump() {
        MqttClient connected = client;
        while (up && connected != null && unacknowledged.size() < settings.window() && !queue.isEmpty()) {
            Waiting next = queue.removeFirst();
            if (next.sending().isAnswered(next.index())) {
                continue;
            }
            publish(connected, next);
        }
    }

    private void publish(MqttClient connected, Waiting next) {
        try {
            // The identifier is known at once: the future of a publish is complete when it is returned, or it has
            // failed.
            connected
                    .publish(next.topic(), next.payload(), MqttQoS.AT_LEAST_ONCE, false, false)
                    .onSuccess(packetId -> unacknowledged.put(packetId, next))
                    .onFailure(failure -> next.sending().answer(next.index(), Answer.OFFLINE));
        } catch (RuntimeException failure) {
            next.sending().answer(next.index(), Answer.OFFLINE);
        }
    }

    private void acknowledged(int packetId) {
        Waiting waiting = unacknowledged.remove(packetId);
        if (waiting != null) {
            waiting.sending().answer(waiting.index(), Answer.ACKNOWLEDGED);
        }
        pump();
    }

    private void sweep() {
        long now = System.nanoTime();
        boolean any = unacknowledged.values().removeIf(waiting -> {
            boolean over = waiting.sending().isOver(now);
            if (over) {
                waiting.sending().answer(waiting.index(), Answer.UNANSWERED);
            }
            return over;
        });
        any |= queue.removeIf(waiting -> {
            boolean over = waiting.sending().isOver(now);
            if (over) {
                // It never left the gateway.
                waiting.sending().answer(waiting.index(), Answer.OFFLINE);
            }
            return over;
        });
        if (any) {
            pump();
        }
    }

    private void report(MqttClient connected, MqttPublishMessage message) {
        String topic = message.topicName();
        MqttListeners.Listener listener = listeners.find(topic);
        String terminal = listener == null ? "" : MqttTopics.atFirstPlus(listener.filter(), topic);
        if (listener == null
                || !MqttTopics.isLevel(terminal)
                || message.payload().length() > MqttTerminalServer.LARGEST_PAYLOAD) {
            // It would be no better the next time.
            leftOut.increment();
            acknowledge(connected, message);
            return;
        }
        MqttKeptOnce kept = new MqttKeptOnce(inbox, durable -> {
            if (durable) {
                acknowledge(connected, message);
            } else {
                LOG.warn("a report could not be kept; the broker is connected again to send it again");
                hangUp(connected);
            }
        });
        try {
            listener.reports()
                    .report(new Report(terminal, topic, message.payload().getBytes()), kept);
        } catch (RuntimeException defect) {
            LOG.error("a report of a terminal was not taken", defect);
            kept.settled(false);
        }
    }

    private void acknowledge(MqttClient connected, MqttPublishMessage message) {
        if (connected != client || message.qosLevel() != MqttQoS.AT_LEAST_ONCE) {
            return;
        }
        try {
            message.ack();
        } catch (IllegalStateException closedMeanwhile) {
            LOG.debug("a report's acknowledgement came too late; the broker sends it again");
        }
    }
}
