package org.tocsin.simulator.terminals;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One terminal: its connection, what it plays, and the reports that it still owes. Used on the fleet's event loop only.
 */
final class FleetTerminal {
    private static final int ISSUES_REMEMBERED = 64;
    private static final int LARGEST_PACKET_ID = 65_535;

    private record Owed(Command command, String word, byte[] payload) {}

    private static final class Play {
        private final Command command;
        private boolean over;

        Play(Command command) {
            this.command = command;
        }
    }

    private final TerminalFleet fleet;
    private final String code;
    private final String commandTopic;
    private final String reportTopic;
    // An issue is played once, however often it comes.
    private final Map<String, Play> plays = new LinkedHashMap<>(4) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Play> eldest) {
            return size() > ISSUES_REMEMBERED;
        }
    };
    private final Map<Integer, Owed> unanswered = new LinkedHashMap<>(4);
    private final Deque<Owed> unsent = new ArrayDeque<>(4);
    private @Nullable Channel channel;
    private boolean online;
    private int failures;
    private int lastPacketId;

    FleetTerminal(TerminalFleet fleet, String code) {
        this.fleet = fleet;
        this.code = code;
        this.commandTopic = "tocsin/" + fleet.channel() + "/" + code + "/command";
        this.reportTopic = "tocsin/" + fleet.channel() + "/" + code + "/report";
    }

    String code() {
        return code;
    }

    boolean isOnline() {
        return online;
    }

    /** How long to wait before the next try to connect, in milliseconds; doubles with each failure. */
    long backOffMillis() {
        return Math.min(10_000L, 100L << Math.min(failures, 7));
    }

    void connectFailed() {
        failures++;
    }

    void ping() {
        write(MqttMessage.PINGREQ);
    }

    void disconnect() {
        Channel connection = channel;
        if (connection != null) {
            write(MqttMessage.DISCONNECT);
            ChannelFuture unused = connection.close();
        }
    }

    /** The handler of a new connection. */
    SimpleChannelInboundHandler<MqttMessage> connection() {
        return new Connection();
    }

    private final class Connection extends SimpleChannelInboundHandler<MqttMessage> {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            write(MqttMessageBuilders.connect()
                    .clientId(code)
                    .username(code)
                    .password(fleet.password())
                    .cleanSession(true)
                    .keepAlive(TerminalFleet.KEEP_ALIVE_SECONDS)
                    .build());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
            if (message.decoderResult().isFailure()) {
                ChannelFuture unused = context.close();
                return;
            }
            switch (message.fixedHeader().messageType()) {
                case CONNACK -> connected(context, (MqttConnAckMessage) message);
                case SUBACK -> subscribed(context, (MqttSubAckMessage) message);
                case PUBLISH -> published((MqttPublishMessage) message);
                case PUBACK -> answered(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
                default -> {
                    // Nothing else concerns a terminal.
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            boolean wasOnline = online;
            online = false;
            channel = null;
            // What was not answered is owed again, before anything that came later.
            List<Owed> again = new ArrayList<>(unanswered.values());
            unanswered.clear();
            for (int i = again.size() - 1; i >= 0; i--) {
                unsent.addFirst(again.get(i));
            }
            fleet.disconnected(FleetTerminal.this, wasOnline);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture unused = context.close();
        }
    }

    private void connected(ChannelHandlerContext context, MqttConnAckMessage answer) {
        if (answer.variableHeader().connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            ChannelFuture unused = context.close();
            return;
        }
        write(MqttMessageBuilders.subscribe()
                .addSubscription(MqttQoS.AT_LEAST_ONCE, commandTopic)
                .messageId(nextPacketId())
                .build());
    }

    private void subscribed(ChannelHandlerContext context, MqttSubAckMessage answer) {
        if (!answer.payload().grantedQoSLevels().equals(List.of(1))) {
            ChannelFuture unused = context.close();
            return;
        }
        online = true;
        if (unsent.isEmpty()) {
            failures = 0;
        }
        // Else the gateway may cut it again, since it still cannot keep what is owed: the back-off goes on growing.
        fleet.connected();
        while (online && !unsent.isEmpty()) {
            publish(unsent.removeFirst());
        }
    }

    private void published(MqttPublishMessage message) {
        byte[] payload = new byte[message.payload().readableBytes()];
        message.payload().getBytes(message.payload().readerIndex(), payload);
        Command command = fleet.read(payload);
        if (command != null) {
            fleet.submitted(code, command.issue());
        }
        write(MqttMessageBuilders.pubAck()
                .packetId(message.variableHeader().packetId())
                .build());
        if (command != null) {
            fleet.answered(code, command.issue());
            take(command);
        }
    }

    private void take(Command command) {
        if (plays.containsKey(command.issue())) {
            return;
        }
        boolean reports = !fleet.habits().isSilent(code);
        for (Play play : plays.values()) {
            if (!play.over && command.ends(play.command)) {
                play.over = true;
                if (reports) {
                    owe(play.command, "cancelled", "5");
                }
            }
        }
        Play play = new Play(command);
        plays.put(command.issue(), play);
        if (reports) {
            boolean well = command.playable() && fleet.habits().finishes(code);
            step(play, List.of("accepted", "started", well ? "finished" : "failed"), 0);
        }
    }

    private void step(Play play, List<String> states, int next) {
        fleet.later(() -> {
            if (play.over) {
                return;
            }
            String state = states.get(next);
            play.over = next == states.size() - 1;
            owe(play.command, state, code(state));
            if (!play.over) {
                step(play, states, next + 1);
            }
        });
    }

    // The states of GD/J's BrdStateCode, as far as they exist: waiting, playing, success, failure, cancelled.
    private static String code(String state) {
        return switch (state) {
            case "accepted" -> "1";
            case "started" -> "2";
            case "finished" -> "3";
            default -> "4";
        };
    }

    private void owe(Command command, String state, String stateCode) {
        Owed report = new Owed(
                command,
                state.equals("failed") ? state + ":" + stateCode : state,
                command.report(state, stateCode, fleet.now().toString()));
        if (online) {
            publish(report);
        } else {
            unsent.addLast(report);
        }
    }

    private void publish(Owed report) {
        int packetId = nextPacketId();
        unanswered.put(packetId, report);
        fleet.reported(code, report.command.issue(), report.word);
        write(MqttMessageBuilders.publish()
                .topicName(reportTopic)
                .qos(MqttQoS.AT_LEAST_ONCE)
                .messageId(packetId)
                .payload(Unpooled.wrappedBuffer(report.payload))
                .build());
    }

    private void answered(int packetId) {
        Owed report = unanswered.remove(packetId);
        if (report != null) {
            failures = 0;
            fleet.reportAnswered(code, report.command.issue(), report.word);
        }
    }

    private void write(MqttMessage message) {
        Channel connection = channel;
        if (connection != null) {
            ChannelFuture unused = connection.writeAndFlush(message, connection.voidPromise());
        }
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId == LARGEST_PACKET_ID ? 1 : lastPacketId + 1;
        } while (unanswered.containsKey(lastPacketId));
        return lastPacketId;
    }
}
