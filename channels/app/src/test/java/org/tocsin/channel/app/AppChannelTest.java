package org.tocsin.channel.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.FakeChannelContext;
import org.tocsin.channel.HttpExchange;
import org.tocsin.channel.JdkHttpExchange;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.app.AppSimulator;

class AppChannelTest extends ChannelContract {
    private final JdkHttpExchange http = new JdkHttpExchange();
    private final AppSimulator simulator = new AppSimulator();

    private Path truth = Path.of("");
    private Map<String, String> settings = Map.of();

    @BeforeEach
    void startCarrier(@TempDir Path folder) throws IOException {
        truth = folder;
        settings = simulator.start(new SimulatorContext("app-main", 1, Map.of("delivered", 1.0), Map.of(), truth));
    }

    @AfterEach
    void closeCarrier() {
        simulator.close();
    }

    @Override
    protected Channel channel() {
        return new AppChannel();
    }

    @Override
    protected FakeChannelContext context() {
        return new FakeChannelContext("app-main", settings) {
            @Override
            public HttpExchange http() {
                return http;
            }
        };
    }

    @Override
    protected Map<String, String> parts() {
        return Map.of("title", "暴雨红色预警", "body", "请立即转移");
    }

    @Override
    protected List<String> addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> "token-" + i).toList();
    }

    @Override
    protected Set<String> seenByCarrier() {
        simulator.flush();
        try (var lines = Files.lines(truth.resolve("app-simulated-push.csv"))) {
            return lines.filter(line -> line.contains(",submit,"))
                    .map(line -> line.split(",", -1)[2])
                    .collect(Collectors.toSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    protected void stopCarrier() {
        simulator.close();
    }
}
