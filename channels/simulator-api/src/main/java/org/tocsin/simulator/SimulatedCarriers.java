package org.tocsin.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All simulators that are there, behind a door of the JDK's own types: the demo loads the simulators in a class loader
 * that shares no class of the project with the gateway's, so the two sides speak in maps of text.
 *
 * <p>{@code apply} is called twice. With {@code do=start}: {@code seed}; {@code truth}, the books' folder, may be left
 * out; {@code share/<channel>/<name>} and {@code quirk/<channel>/<name>}. It answers the links by which a gateway
 * reaches the simulators: {@code links/<id>/channel}, {@code links/<id>/provider} and {@code links/<id>/<setting>}.
 * With {@code do=attach}: {@code http}, {@code mqttHost}, {@code mqttPort}, {@code mqttPassword},
 * {@code terminals/<channel>} (codes between commas). It answers nothing. Used by one thread.
 */
public final class SimulatedCarriers implements Function<Map<String, String>, Map<String, String>>, AutoCloseable {
    private final List<CarrierSimulator> running = new ArrayList<>();

    /** Makes it; nothing runs yet. */
    public SimulatedCarriers() {}

    @Override
    public Map<String, String> apply(Map<String, String> request) {
        String act = required(request, "do");
        try {
            return switch (act) {
                case "start" -> start(request);
                case "attach" -> attach(request);
                default -> throw new IllegalArgumentException("do must be start or attach, was '" + act + "'");
            };
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, String> start(Map<String, String> request) throws IOException {
        long seed = Long.parseLong(required(request, "seed"));
        String truth = request.get("truth");
        Map<String, String> links = new TreeMap<>();
        for (CarrierSimulator simulator :
                ServiceLoader.load(CarrierSimulator.class, SimulatedCarriers.class.getClassLoader())) {
            String link = simulator.channel() + "-simulated";
            SimulatorContext context = new SimulatorContext(
                    link,
                    seed,
                    shares(request, simulator.channel()),
                    below(request, "quirk/" + simulator.channel() + "/"),
                    truth == null ? null : Path.of(truth));
            running.add(simulator);
            Map<String, String> settings = simulator.start(context);
            links.put("links/" + link + "/channel", simulator.channel());
            links.put("links/" + link + "/provider", simulator.provider());
            settings.forEach((name, value) -> links.put("links/" + link + "/" + name, value));
        }
        return links;
    }

    private Map<String, String> attach(Map<String, String> request) throws IOException {
        for (CarrierSimulator simulator : running) {
            @Nullable String codes = request.get("terminals/" + simulator.channel());
            simulator.attach(new GatewayAddress(
                    URI.create(required(request, "http")),
                    required(request, "mqttHost"),
                    Integer.parseInt(required(request, "mqttPort")),
                    required(request, "mqttPassword"),
                    codes == null || codes.isEmpty() ? List.of() : List.of(codes.split(",", -1))));
        }
        return Map.of();
    }

    @Override
    public void close() {
        RuntimeException first = null;
        for (CarrierSimulator simulator : running) {
            try {
                simulator.close();
            } catch (RuntimeException failed) {
                first = first == null ? failed : first;
            }
        }
        running.clear();
        if (first != null) {
            throw first;
        }
    }

    private static Map<String, Double> shares(Map<String, String> request, String channel) {
        Map<String, Double> shares = new TreeMap<>();
        below(request, "share/" + channel + "/").forEach((name, value) -> shares.put(name, Double.valueOf(value)));
        return shares;
    }

    private static Map<String, String> below(Map<String, String> request, String prefix) {
        Map<String, String> found = new TreeMap<>();
        request.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private static String required(Map<String, String> request, String key) {
        String value = request.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is required");
        }
        return value;
    }
}
