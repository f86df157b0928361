package org.tocsin.simulator;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tocsin.simulator.http.Form;

/**
 * All simulators that are there, in a process of their own as carriers are: the demo starts it, and the two sides speak
 * in lines on its standard input and output, each a map of text written like an HTML form
 * ({@code application/x-www-form-urlencoded}). The process ends when its input does, so that no carrier outlives its
 * demo, however that ended.
 *
 * <p>Requests: {@code do=start} with {@code seed}; {@code truth}, the books' folder, may be left out;
 * {@code share/<channel>/<name>} and {@code quirk/<channel>/<name>}, and over them those of one provider,
 * {@code share/<provider>/<name>} and {@code quirk/<provider>/<name>}. Each channel's standard simulator runs, and
 * {@code run/<provider>} says {@code yes} for one more and {@code no} for one less. The link to a standard one is
 * {@code <channel>-simulated}, to another {@code <channel>-<provider>}. It answers the links by which a gateway reaches
 * the simulators: {@code links/<id>/channel}, {@code links/<id>/provider} and {@code links/<id>/<setting>}.
 * {@code do=attach} with {@code http}, {@code mqttHost}, {@code mqttPort}, {@code mqttPassword},
 * {@code terminals/<channel>} (codes between commas); it answers nothing. {@code do=stop} disconnects all and closes
 * their books. What failed is answered as {@code failed} with what went wrong. Used by one thread.
 */
public final class SimulatedCarriers implements AutoCloseable {
    private final List<CarrierSimulator> running = new ArrayList<>();

    private SimulatedCarriers() {}

    /** Runs them until standard input ends. */
    public static void main(String[] arguments) {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Whatever a library prints must not look like an answer.
        System.setOut(System.err);
        CountDownLatch ended = new CountDownLatch(1);
        // Ctrl-C reaches this process beside the demo's; carriers stay until the demo has closed its links.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(ended), "carriers-stay"));
        try (SimulatedCarriers carriers = new SimulatedCarriers();
                BufferedReader requests =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                answers.println(Form.write(carriers.answer(Form.read(line))));
            }
        } catch (IOException | RuntimeException failed) {
            System.err.println("The simulated carriers did not end in order: " + failed);
        }
        ended.countDown();
        System.exit(0);
    }

    private Map<String, String> answer(Map<String, String> request) {
        try {
            String act = required(request, "do");
            return switch (act) {
                case "start" -> start(request);
                case "attach" -> attach(request);
                case "stop" -> stop();
                default -> throw new IllegalArgumentException("do must be start, attach or stop, was '" + act + "'");
            };
        } catch (IOException | RuntimeException failed) {
            return Map.of("failed", failed.toString());
        }
    }

    private Map<String, String> stop() {
        close();
        return Map.of();
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> start(Map<String, String> request) throws IOException {
        long seed = Long.parseLong(required(request, "seed"));
        String truth = request.get("truth");
        Map<String, String> links = new TreeMap<>();
        for (CarrierSimulator simulator :
                ServiceLoader.load(CarrierSimulator.class, SimulatedCarriers.class.getClassLoader())) {
            String run = request.getOrDefault("run/" + simulator.provider(), simulator.isStandard() ? "yes" : "no");
            if (!run.equals("yes")) {
                continue;
            }
            String link = simulator.channel() + "-" + (simulator.isStandard() ? "simulated" : simulator.provider());
            Map<String, String> quirks = below(request, "quirk/" + simulator.channel() + "/");
            quirks.putAll(below(request, "quirk/" + simulator.provider() + "/"));
            SimulatorContext context = new SimulatorContext(
                    link, seed, shares(request, simulator), quirks, truth == null ? null : Path.of(truth));
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

    private static Map<String, Double> shares(Map<String, String> request, CarrierSimulator simulator) {
        Map<String, Double> shares = new TreeMap<>();
        for (String whose : List.of(simulator.channel(), simulator.provider())) {
            below(request, "share/" + whose + "/").forEach((name, value) -> shares.put(name, Double.valueOf(value)));
        }
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
