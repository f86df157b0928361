package org.tocsin.load.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.load.Loopback;

/**
 * Clients that each subscribe to one topic at QoS 1, count and answer what comes, and publish when they are told to.
 * Public methods may be called by any thread.
 */
public final class MqttFleet implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 200;
    private static final int LARGEST_MESSAGE = 128 * 1024;
    private static final int KEEP_ALIVE_SECONDS = 600;

    private final String host;
    private final int port;
    private final String password;
    private final Function<String, String> topic;
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("mqtt-fleet", true), NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Deque<Client> toConnect = new ArrayDeque<>();
    private final List<Client> clients = new ArrayList<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger round = new AtomicInteger(1);
    private final AtomicInteger told = new AtomicInteger();
    private volatile byte @Nullable [] last;
    /** Of which round it is; the event loop's. */
    private int lastOf;

    private volatile String whyLost = "the other side closed";

    /**
     * Makes a fleet; nothing is connected yet.
     *
     * @param host loopback
     * @param port where the broker listens
     * @param password beside each client's id as user name
     * @param codes the clients' ids
     * @param topic what a client of this id subscribes to
     */
    public MqttFleet(String host, int port, String password, List<String> codes, Function<String, String> topic) {
        this.host = Loopback.require(host);
        this.port = port;
        this.password = password;
        this.topic = topic;
        codes.forEach(code -> clients.add(new Client(code)));
    }

    /** Begins to connect all. */
    public void connect() {
        loop.execute(() -> {
            toConnect.addAll(clients);
            for (int at = 0; at < CONNECTING_AT_ONCE; at++) {
                connectNext();
            }
        });
    }

    /** How many have subscribed. */
    public int ready() {
        return ready.get();
    }

    /** How many could not connect or lost their connection. */
    public int lost() {
        return lost.get();
    }

    /** Why one was lost, where {@link #lost} is above 0. */
    public String whyLost() {
        return whyLost;
    }

    /** How many messages came in all, redelivered ones too. */
    public long received() {
        return received.get();
    }

    /** Begins to count anew who is told. */
    public void tellAnew() {
        round.incrementAndGet();
        told.set(0);
    }

    /** To how many clients a message came since {@link #tellAnew}, or in all; each counts once. */
    public int told() {
        return told.get();
    }

    /** How many of the published messages were answered. */
    public long answered() {
        return answered.get();
    }

    /** The first message that came since {@link #tellAnew}; empty before any came. */
    public byte[] last() {
        byte[] payload = last;
        return payload == null ? new byte[0] : payload.clone();
    }

    /**
     * Publishes one message from each client at QoS 1, all at once.
     *
     * @param to the topic for a client's id
     * @param payload the same for all
     */
    public void publish(Function<String, String> to, byte[] payload) {
        byte[] copy = payload.clone();
        loop.execute(() -> clients.forEach(client -> client.publish(to.apply(client.code), copy)));
    }

    /** Publishes one message from the first client. */
    public void publishOnce(String to, byte[] payload) {
        byte[] copy = payload.clone();
        loop.execute(() -> clients.get(0).publish(to, copy));
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(4_000);
    }

    private void connectNext() {
        Client client = toConnect.poll();
        if (client == null) {
            return;
        }
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel created) {
                        created.pipeline().addLast(new MqttDecoder(LARGEST_MESSAGE), MqttEncoder.INSTANCE, client);
                    }
                })
                .connect(host, port)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        whyLost = String.valueOf(connected.cause());
                        lost.incrementAndGet();
                    }
                });
    }

    private final class Client extends SimpleChannelInboundHandler<MqttMessage> {
        private final String code;
        private @Nullable ChannelHandlerContext context;
        private int packet;
        private int toldIn;

        Client(String code) {
            this.code = code;
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            context = active;
            write(MqttMessageBuilders.connect()
                    .clientId(code)
                    .username(code)
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .cleanSession(true)
                    .keepAlive(KEEP_ALIVE_SECONDS)
                    .build());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext reading, MqttMessage message) {
            if (message.decoderResult().isFailure()) {
                whyLost = String.valueOf(message.decoderResult().cause());
                ChannelFuture unused = reading.close();
                return;
            }
            switch (message.fixedHeader().messageType()) {
                case CONNACK -> {
                    MqttConnectReturnCode code =
                            ((MqttConnAckMessage) message).variableHeader().connectReturnCode();
                    if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
                        whyLost = "refused: " + code;
                        ChannelFuture unused = reading.close();
                        return;
                    }
                    write(MqttMessageBuilders.subscribe()
                            .addSubscription(MqttQoS.AT_LEAST_ONCE, topic.apply(this.code))
                            .messageId(nextPacket())
                            .build());
                }
                case SUBACK -> {
                    ready.incrementAndGet();
                    connectNext();
                }
                case PUBLISH -> took((MqttPublishMessage) message);
                case PUBACK -> answered.incrementAndGet();
                default -> {
                    // Nothing else concerns a client.
                }
            }
        }

        private void took(MqttPublishMessage message) {
            received.incrementAndGet();
            int now = round.get();
            if (lastOf != now) {
                lastOf = now;
                byte[] payload = new byte[message.payload().readableBytes()];
                message.payload().getBytes(message.payload().readerIndex(), payload);
                last = payload;
            }
            if (toldIn != now) {
                toldIn = now;
                told.incrementAndGet();
            }
            if (message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
                write(MqttMessageBuilders.pubAck()
                        .packetId(message.variableHeader().packetId())
                        .build());
            }
        }

        void publish(String to, byte[] payload) {
            write(MqttMessageBuilders.publish()
                    .topicName(to)
                    .qos(MqttQoS.AT_LEAST_ONCE)
                    .messageId(nextPacket())
                    .payload(Unpooled.wrappedBuffer(payload))
                    .build());
        }

        private int nextPacket() {
            packet = packet == 65_535 ? 1 : packet + 1;
            return packet;
        }

        private void write(MqttMessage message) {
            ChannelHandlerContext writing = context;
            if (writing != null) {
                ChannelFuture unused = writing.writeAndFlush(message, writing.voidPromise());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext inactive) {
            context = null;
            lost.incrementAndGet();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
            whyLost = cause.toString();
            ChannelFuture unused = failed.close();
        }
    }
}
