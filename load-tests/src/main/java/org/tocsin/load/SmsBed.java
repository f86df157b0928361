package org.tocsin.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.tocsin.load.figure.Latencies;
import org.tocsin.load.figure.Plot;
import org.tocsin.load.smpp.BareSmppClient;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppObserver;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * A gateway with a county of residents, its SMS link to a sink, and a second sink of the same kind for the bare client.
 * A sink each, because a carrier reports over any connection of an account, so one sink would mix the two up.
 */
final class SmsBed {
    private static final int SAMPLE_MILLIS = 20;
    private static final int SETTLE_MILLIS = 500;

    /**
     * What became of one warning; times in seconds since just before the sign-off was posted.
     *
     * @param id the warning's id at the gateway
     * @param persons how many it went to
     * @param segments how many submit_sm that took
     * @param firstSubmit when the first submit_sm was seen
     * @param lastSubmit when all were accepted
     * @param end when the last receipt was answered, which is after it is durable
     * @param counted when the gateway's coverage had everybody
     * @param answered how many receipts were answered by when
     */
    record Passage(
            String id,
            int persons,
            long segments,
            double firstSubmit,
            double lastSubmit,
            double end,
            double counted,
            List<Plot.Point> answered) {
        double personsPerSecond() {
            return persons / counted;
        }

        double segmentsPerSecond() {
            return segments / counted;
        }

        /** Persons a second over time, by differences of the samples. */
        Plot.Line throughput(String name) {
            List<Plot.Point> points = new ArrayList<>();
            int stride = Math.max(1, answered.size() / 120);
            double each = (double) persons / segments;
            for (int at = stride; at < answered.size(); at += stride) {
                Plot.Point from = answered.get(at - stride);
                Plot.Point to = answered.get(at);
                points.add(new Plot.Point(to.x(), (to.y() - from.y()) * each / (to.x() - from.x())));
            }
            return new Plot.Line(name, points);
        }
    }

    private final Bench bench;
    private final int recipients;
    private final Bench.Shape shape;
    private final SmppSimulator sink;
    private final SmppSimulator bareSink;
    private final Map<String, String> bareLink;
    private final GatewayProcess gateway;
    private final double importSeconds;

    private SmsBed(
            Bench bench,
            int recipients,
            Bench.Shape shape,
            SmppSimulator sink,
            SmppSimulator bareSink,
            Map<String, String> bareLink,
            GatewayProcess gateway,
            double importSeconds) {
        this.bench = bench;
        this.recipients = recipients;
        this.shape = shape;
        this.sink = sink;
        this.bareSink = bareSink;
        this.bareLink = bareLink;
        this.gateway = gateway;
        this.importSeconds = importSeconds;
    }

    /** Sets it up: carriers at full speed that deliver all, but for these settings of both sinks. */
    static SmsBed open(Bench bench, int recipients, Bench.Shape shape, Map<String, String> quirks) throws IOException {
        return open(bench, recipients, shape, quirks, Map.of(), "");
    }

    /** The same, with settings of the gateway's link beside its shape, and further settings in YAML. */
    static SmsBed open(
            Bench bench,
            int recipients,
            Bench.Shape shape,
            Map<String, String> quirks,
            Map<String, String> linkSettings,
            String furtherSettings)
            throws IOException {
        SmppSimulator sink = bench.keep(new SmppSimulator());
        SmppSimulator bareSink = bench.keep(new SmppSimulator());
        Map<String, String> link = start(bench, sink, quirks);
        Map<String, String> bareLink = start(bench, bareSink, quirks);
        Map<String, String> whole = link(link, shape);
        whole.putAll(linkSettings);
        GatewayProcess gateway = bench.gateway(furtherSettings + settings(Map.of("sms-load", whole)), recipients);
        double seconds = County.load(bench, gateway, recipients);
        bench.say("%,d contacts imported in %.1f s", recipients, seconds);
        return new SmsBed(bench, recipients, shape, sink, bareSink, bareLink, gateway, seconds);
    }

    private static Map<String, String> start(Bench bench, SmppSimulator simulator, Map<String, String> quirks)
            throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("reportDelayMillis", "0", "keepTexts", "1"));
        settings.putAll(quirks);
        return simulator.start(new SimulatorContext(
                "sms-load", bench.seed(), Map.of("delivered", 1.0, "silent", 0.0), settings, null));
    }

    /** A link's settings with a shape. */
    static Map<String, String> link(Map<String, String> simulated, Bench.Shape shape) {
        Map<String, String> link = new TreeMap<>(simulated);
        link.put("channel", "sms");
        link.put("provider", "simulated-smpp");
        link.put("binds", Integer.toString(shape.binds()));
        link.put("window", Integer.toString(shape.window()));
        return link;
    }

    /** The settings of a gateway that sends by SMS alone and whose warnings an API client may sign. */
    static String settings(Map<String, Map<String, String>> links) {
        StringBuilder yaml = new StringBuilder("warning: {channels: sms}\n").append(MATRIX);
        links(yaml, links);
        return yaml.toString();
    }

    /** The matrix by which one signature of an API client is enough. */
    static final String MATRIX = "approval: {matrix: {machineSignOff: all, defaults: "
            + "{I: [signer], II: [signer], III: [signer], IV: [signer]}}}\n";

    static void links(StringBuilder yaml, Map<String, Map<String, String>> links) {
        yaml.append("links:\n");
        links.forEach((id, settings) -> {
            yaml.append("  ").append(id).append(":\n");
            settings.forEach((name, value) ->
                    yaml.append("    ").append(name).append(": '").append(value).append("'\n"));
        });
    }

    GatewayProcess gateway() {
        return gateway;
    }

    SmppSimulator sink() {
        return sink;
    }

    SmppSimulator bareSink() {
        return bareSink;
    }

    double importSeconds() {
        return importSeconds;
    }

    /** Posts and signs a warning; gives its id. */
    static String sign(GatewayProcess gateway, String cap) {
        JsonNode posted = post(gateway, cap);
        approve(gateway, posted);
        return posted.path("id").asText();
    }

    static JsonNode post(GatewayProcess gateway, String cap) {
        return gateway.post("/api/v1/warnings", "agency", "application/cap+xml", cap);
    }

    static void approve(GatewayProcess gateway, JsonNode posted) {
        gateway.post(
                "/api/v1/warnings/" + posted.path("id").asText() + "/approve",
                "signer",
                "application/json",
                "{\"version\": " + posted.path("version").asLong() + "}");
    }

    /** Sends a red warning to all and waits until the last receipt is answered and the gateway counts everybody. */
    Passage warn(String instruction) throws IOException {
        return warn(instruction, id -> {});
    }

    /** What is to be done between a warning's post and its sign-off. */
    interface BeforeSigning {
        void prepare(String id) throws IOException;
    }

    /** The same, with something done before the sign-off. */
    Passage warn(String instruction, BeforeSigning before) throws IOException {
        JsonNode posted = post(gateway, bench.alerts().cap(Alert.Grade.RED, County.CODE, instruction));
        before.prepare(posted.path("id").asText());
        sink.forgetTexts();
        Watch watch = new Watch();
        approve(gateway, posted);
        String id = posted.path("id").asText();
        bench.await(recipients + " messages submitted and reported", watch::isOver);
        Passage passage = watch.passage(id);
        double counted = counted(id, recipients, watch);
        return new Passage(
                id,
                recipients,
                passage.segments(),
                passage.firstSubmit(),
                passage.lastSubmit(),
                passage.end(),
                counted,
                passage.answered());
    }

    /** Waits until the gateway counts so many, and gives how long the watch has run then. */
    private double counted(String id, long persons, Watch watch) throws IOException {
        Counted.await(() -> gateway.delivered(id, "sms"), persons);
        return watch.seconds();
    }

    /** Sends the same with the bare client to the other sink. */
    BareSmppClient.Result bare() throws IOException {
        return bare(recipients);
    }

    private BareSmppClient.Result bare(int persons) throws IOException {
        return BareSmppClient.run(
                bareLink.getOrDefault("host", ""),
                Integer.parseInt(bareLink.getOrDefault("port", "0")),
                bareLink.getOrDefault("systemId", ""),
                bareLink.getOrDefault("password", ""),
                shape.binds(),
                shape.window(),
                text(),
                persons);
    }

    /** How many persons live in so many townships. */
    int persons(int townships) {
        // A remainder lives in the first ones.
        return (int) (((long) recipients * townships + County.TOWNSHIPS - 1) / County.TOWNSHIPS);
    }

    /**
     * Sends a red warning to so many townships, keeps every receipt back until all is submitted, then lets them go at
     * once.
     *
     * @return receipts a second, from then until the gateway counts everybody there
     */
    double burst(int townships) throws IOException {
        int persons = persons(townships);
        List<String> areas = townships == County.TOWNSHIPS ? List.of(County.CODE) : townships(townships);
        long submits = sink.submits();
        long messages = sink.messages();
        long answered = sink.reportsAnswered();
        sink.forgetTexts();
        sink.holdReports(true);
        String id = sign(gateway, bench.alerts().cap(Alert.Grade.RED, areas, Alert.ONE_SEGMENT));
        bench.await("all to be submitted", () -> sink.messages() - messages >= persons);
        Bench.pause(SETTLE_MILLIS);
        Watch watch = new Watch();
        sink.holdReports(false);
        bench.await("all receipts to be answered", () -> sink.reportsAnswered() - answered >= sink.submits() - submits);
        return (sink.submits() - submits) / counted(id, persons, watch);
    }

    private static List<String> townships(int first) {
        List<String> areas = new ArrayList<>();
        for (int township = 1; township <= first; township++) {
            areas.add(County.township(township));
        }
        return areas;
    }

    /** The same by the bare client, until the last is answered. */
    double bareBurst(int townships) throws IOException {
        int persons = persons(townships);
        long submits = bareSink.submits();
        long answered = bareSink.reportsAnswered();
        bareSink.holdReports(true);
        CompletableFuture<BareSmppClient.Result> sending = new CompletableFuture<>();
        Thread sender = new Thread(
                () -> {
                    try {
                        sending.complete(bare(persons));
                    } catch (IOException | RuntimeException failed) {
                        sending.completeExceptionally(failed);
                    }
                },
                "bare-burst");
        sender.setDaemon(true);
        sender.start();
        bench.await(
                "all to be submitted by the bare client",
                () -> sending.isDone() || bareSink.submits() - submits >= persons);
        Bench.pause(SETTLE_MILLIS);
        long began = System.nanoTime();
        bareSink.holdReports(false);
        bench.await(
                "all receipts to be answered by the bare client",
                () -> sending.isCompletedExceptionally() || bareSink.reportsAnswered() - answered >= persons);
        double seconds = (System.nanoTime() - began) / 1e9;
        try {
            return sending.join().receipts() / seconds;
        } catch (CompletionException failed) {
            throw new IOException("the bare client failed", failed.getCause());
        }
    }

    /** What the gateway's last warning said, as the sink put it together. */
    String text() {
        return sink.texts().values().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the sink has seen no text"));
    }

    /** Gathers how long this side takes to answer receipts, from now on. */
    static Latencies answers(SmppSimulator sink) {
        Latencies latencies = new Latencies();
        sink.observe(new SmppObserver() {
            @Override
            public void reportAnswered(long nanos) {
                latencies.record(nanos);
            }
        });
        return latencies;
    }

    /** Looks at the sink's counters while a warning goes out; one thread. */
    private final class Watch {
        private final long submits = sink.submits();
        private final long messages = sink.messages();
        private final long answered = sink.reportsAnswered();
        private final long began = System.nanoTime();
        private final List<Plot.Point> samples = new ArrayList<>(List.of(new Plot.Point(0, 0)));
        private double first = -1;
        private double last = -1;
        private double end;

        double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }

        boolean isOver() {
            end = seconds();
            boolean allAccepted = sink.messages() - messages >= recipients;
            long came = sink.submits() - submits;
            long done = sink.reportsAnswered() - answered;
            if (first < 0 && came > 0) {
                first = end;
            }
            if (last < 0 && allAccepted) {
                last = end;
            }
            boolean over = allAccepted && done >= came;
            if (over || end - samples.get(samples.size() - 1).x() >= SAMPLE_MILLIS / 1e3) {
                samples.add(new Plot.Point(end, done));
            }
            return over;
        }

        Passage passage(String id) {
            return new Passage(id, recipients, sink.submits() - submits, first, last, end, end, List.copyOf(samples));
        }
    }
}
