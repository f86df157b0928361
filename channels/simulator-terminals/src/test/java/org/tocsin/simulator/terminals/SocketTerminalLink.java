package org.tocsin.simulator.terminals;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.TerminalLink;

/**
 * The plainest end that terminals can connect to, over real sockets: it lets everybody in, has one listener, and waits
 * for no answer longer than told. The tests of terminals' channels use it, since channels may not know the gateway.
 */
public final class SocketTerminalLink implements TerminalLink, AutoCloseable {
    private record Waiting(Answers answers, int index) {}

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;
    private final Map<String, Channel> terminals = new ConcurrentHashMap<>();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger packets = new AtomicInteger();
    private volatile @Nullable Reports listener;

    /** Starts to listen on a free port of the loopback interface. */
    public SocketTerminalLink() {
        server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel created) {
                        created.pipeline().addLast(new MqttDecoder(), MqttEncoder.INSTANCE, new Connection());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Where it listens. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void send(
            List<String> codes, UnaryOperator<String> topic, byte[] payload, Duration timeout, Answers answers) {
        for (int index = 0; index < codes.size(); index++) {
            String code = codes.get(index);
            Channel terminal = terminals.get(code);
            if (terminal == null) {
                answers.answer(index, Answer.OFFLINE);
                continue;
            }
            int packet = packets.updateAndGet(last -> last % 65_535 + 1);
            String key = code + ":" + packet;
            waiting.put(key, new Waiting(answers, index));
            var unused = terminal.writeAndFlush(MqttMessageBuilders.publish()
                    .topicName(topic.apply(code))
                    .qos(MqttQoS.AT_LEAST_ONCE)
                    .messageId(packet)
                    .payload(Unpooled.wrappedBuffer(payload))
                    .build());
            var unusedTimer =
                    group.schedule(() -> answer(key, Answer.UNANSWERED), timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void listen(String topicFilter, Reports reports) {
        listener = reports;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(6, TimeUnit.SECONDS);
    }

    private void answer(String key, Answer answer) {
        Waiting answered = waiting.remove(key);
        if (answered != null) {
            answered.answers.answer(answered.index, answer);
        }
    }

    private final class Connection extends SimpleChannelInboundHandler<MqttMessage> {
        private String code = "";

        @Override
        protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
            switch (message.fixedHeader().messageType()) {
                case CONNECT -> {
                    code = ((MqttConnectMessage) message).payload().clientIdentifier();
                    var unused = context.writeAndFlush(MqttMessageBuilders.connAck()
                            .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                            .build());
                }
                case SUBSCRIBE -> {
                    terminals.put(code, context.channel());
                    var unused = context.writeAndFlush(MqttMessageBuilders.subAck()
                            .packetId(((MqttSubscribeMessage) message)
                                    .variableHeader()
                                    .messageId())
                            .addGrantedQos(MqttQoS.AT_LEAST_ONCE)
                            .build());
                }
                case PUBACK ->
                    answer(
                            code + ":" + ((MqttMessageIdVariableHeader) message.variableHeader()).messageId(),
                            Answer.ACKNOWLEDGED);
                case PUBLISH -> report(context, (MqttPublishMessage) message);
                default -> {
                    // A terminal that pings needs no answer here.
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            terminals.remove(code, context.channel());
        }

        private void report(ChannelHandlerContext context, MqttPublishMessage message) {
            byte[] payload = new byte[message.payload().readableBytes()];
            message.payload().getBytes(message.payload().readerIndex(), payload);
            Reports reports = listener;
            if (reports == null) {
                return;
            }
            int packet = message.variableHeader().packetId();
            reports.report(new Report(code, message.variableHeader().topicName(), payload), durable -> {
                if (durable) {
                    var unused = context.writeAndFlush(
                            MqttMessageBuilders.pubAck().packetId(packet).build());
                }
            });
        }
    }
}
