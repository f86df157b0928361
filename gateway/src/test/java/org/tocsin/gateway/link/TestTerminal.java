package org.tocsin.gateway.link;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A terminal for tests, by a client that knows nothing of this gateway. */
final class TestTerminal implements AutoCloseable {
    static final String PASSWORD = "terminals-secret";

    private final Mqtt3AsyncClient client;
    private final List<Mqtt3Publish> received = new CopyOnWriteArrayList<>();

    private TestTerminal(Mqtt3AsyncClient client) {
        this.client = client;
    }

    static TestTerminal connect(int port, String code) throws Exception {
        return connect(port, code, true);
    }

    static TestTerminal connect(int port, String code, boolean acknowledges) throws Exception {
        TestTerminal terminal = new TestTerminal(client(port, code));
        connecting(terminal.client, code, PASSWORD).get(10, TimeUnit.SECONDS);
        terminal.client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> {
                    terminal.received.add(publish);
                    if (acknowledges) {
                        publish.acknowledge();
                    }
                },
                true);
        terminal.subscribe(command(code)).get(10, TimeUnit.SECONDS);
        return terminal;
    }

    static Mqtt3AsyncClient client(int port, String code) {
        return Mqtt3Client.builder()
                .identifier(code)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
    }

    static CompletableFuture<?> connecting(Mqtt3AsyncClient client, String user, String password) {
        return client.connectWith()
                .keepAlive(60)
                .simpleAuth()
                .username(user)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
    }

    static String command(String code) {
        return "tocsin/loudspeaker/" + code + "/command";
    }

    static String report(String code) {
        return "tocsin/loudspeaker/" + code + "/report";
    }

    CompletableFuture<?> subscribe(String filter) {
        return client.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
    }

    CompletableFuture<?> publish(String topic, byte[] payload) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .send();
    }

    boolean isConnected() {
        return client.getState().isConnected();
    }

    List<Mqtt3Publish> received() {
        return received;
    }

    @Override
    public void close() {
        if (isConnected()) {
            client.disconnect()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .exceptionally(goneMeanwhile -> null)
                    .join();
        }
    }
}
