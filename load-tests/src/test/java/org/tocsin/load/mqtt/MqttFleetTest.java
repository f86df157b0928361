package org.tocsin.load.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class MqttFleetTest {
    private static final byte[] CONNACK = {0x20, 2, 0, 0};
    private static final byte[] SUBACK = {(byte) 0x90, 3, 0, 1, 1};

    @Test
    void aRedeliveryIsNoOtherTerminalTold() {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            try (ServerSocket broker = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                    MqttFleet fleet = new MqttFleet(
                            "127.0.0.1", broker.getLocalPort(), "", List.of("one", "two"), code -> "to/" + code)) {
                fleet.connect();
                try (Socket first = accept(broker);
                        Socket second = accept(broker)) {
                    await(() -> fleet.ready() == 2);
                    fleet.tellAnew();

                    publish(first, 1, "alert");
                    publish(first, 1, "alert");
                    await(() -> fleet.received() == 2);
                    assertEquals(1, fleet.told());

                    publish(second, 1, "alert");
                    await(() -> fleet.told() == 2);

                    fleet.tellAnew();
                    assertEquals(0, fleet.told());
                    publish(second, 2, "later");
                    await(() -> fleet.told() == 1);
                    assertArrayEquals("later".getBytes(StandardCharsets.US_ASCII), fleet.last());
                }
            }
        });
    }

    private static Socket accept(ServerSocket broker) throws IOException {
        Socket socket = broker.accept();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        skipPacket(in);
        socket.getOutputStream().write(CONNACK);
        skipPacket(in);
        socket.getOutputStream().write(SUBACK);
        return socket;
    }

    /** Packets here are shorter than 128 octets, so their length is one. */
    private static void skipPacket(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        in.readFully(new byte[in.readUnsignedByte()]);
    }

    private static void publish(Socket socket, int packet, String payload) throws IOException {
        byte[] text = payload.getBytes(StandardCharsets.US_ASCII);
        OutputStream out = socket.getOutputStream();
        // QoS 1, topic "t"
        out.write(new byte[] {0x32, (byte) (5 + text.length), 0, 1, 't', 0, (byte) packet});
        out.write(text);
    }

    private static void await(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
