package org.tocsin.channel.email;

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
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.email.EmailSimulator;

class EmailChannelTest extends ChannelContract {
    private final EmailSimulator simulator = new EmailSimulator();

    private Path truth = Path.of("");
    private Map<String, String> settings = Map.of();

    @BeforeEach
    void startCarrier(@TempDir Path folder) throws IOException {
        truth = folder;
        settings = simulator.start(new SimulatorContext("email-main", 1, Map.of("bounced", 0.0), Map.of(), truth));
    }

    @AfterEach
    void closeCarrier() {
        simulator.close();
    }

    @Override
    protected Channel channel() {
        return new EmailChannel();
    }

    @Override
    protected FakeChannelContext context() {
        return new FakeChannelContext("email-main", settings);
    }

    @Override
    protected Map<String, String> parts() {
        return Map.of("subject", "暴雨红色预警", "text", "请立即转移", "html", "<p>请立即转移</p>");
    }

    @Override
    protected List<String> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "person" + i + "@county.invalid")
                .toList();
    }

    @Override
    protected Set<String> seenByCarrier() {
        simulator.flush();
        try (var lines = Files.lines(truth.resolve("email-simulated-smtp.csv"))) {
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
