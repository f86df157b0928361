package org.tocsin.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.load.figure.Figure;
import org.tocsin.load.figure.Plot;

/**
 * Growth: what a warning costs at a hundredth, a tenth and all of the recipients: seconds, and bytes a recipient in the
 * gateway's heap and in Redis while its receipts may still come, and when it is sealed. The gateway seals at once what
 * is closed here, not 48 hours later.
 */
final class Growth implements Scenario {
    private static final String NAME = "growth";
    private static final int RECIPIENTS = 1_000_000;
    private static final int LEAST = 1_000;
    private static final String SEAL_AT_ONCE = "evidence: {sealAfterMinutes: 0}\n";
    private static final int LOOK_MILLIS = 200;
    // The JDK makes a class of its own of a method that was called by reflection 15 times: 0.3 MB that no warning
    // keeps.
    private static final int SMALL_WARM_UPS = 20;
    private static final int SETTLE_MILLIS = 2_000;
    private static final String OPEN_ISSUES = "tocsin_link_open_issues";
    private static final Pattern REACHABLE = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "time and memory of a warning at N/100, N/10 and N recipients";
    }

    @Override
    public String costs() {
        return "3 minutes; 10,000,000 recipients: half an hour";
    }

    @Override
    public void run(Bench bench) throws IOException {
        int most = bench.recipients(RECIPIENTS);
        List<Plot.Point> seconds = new ArrayList<>();
        List<Plot.Point> imports = new ArrayList<>();
        List<Plot.Point> heap = new ArrayList<>();
        List<Plot.Point> redis = new ArrayList<>();
        List<Plot.Point> sealedRedis = new ArrayList<>();
        List<Double> perPerson = new ArrayList<>();
        for (int size : new int[] {Math.max(LEAST, most / 100), Math.max(LEAST, most / 10), most}) {
            bench.say("growth: %,d recipients", size);
            SmsBed bed = SmsBed.open(bench, size, new Bench.Shape(1, 256), Map.of(), Map.of(), SEAL_AT_ONCE);
            List<String> warm = new ArrayList<>();
            for (int small = 0; small < SMALL_WARM_UPS; small++) {
                warm.add(SmsBed.sign(
                        bed.gateway(), bench.alerts().cap(Alert.Grade.RED, County.village(1, 1), Alert.ONE_SEGMENT)));
            }
            Bench.pause(SETTLE_MILLIS);
            for (int run = 0; run < 3; run++) {
                warm.add(bed.warn(Alert.ONE_SEGMENT).id());
            }
            seal(bench, bed.gateway(), warm);
            double heapBefore = heap(bed.gateway());
            double redisBefore = redis(bed.gateway());
            bench.say("  %,.1f MB of heap before: %,.1f bytes a resident", heapBefore / 1e6, heapBefore / size);
            List<Double> runs = new ArrayList<>();
            List<String> warned = new ArrayList<>();
            for (int run = 1; run <= bench.runs(); run++) {
                SmsBed.Passage passage = bed.warn(Alert.ONE_SEGMENT);
                runs.add(passage.counted());
                warned.add(passage.id());
            }
            double segments = (double) size * bench.runs();
            double heapBytes = Math.max(0, (heap(bed.gateway()) - heapBefore) / segments);
            double redisBytes = Math.max(0, (redis(bed.gateway()) - redisBefore) / segments);
            double sealing = seal(bench, bed.gateway(), warned);
            double sealedHeap = (heap(bed.gateway()) - heapBefore) / segments;
            double sealedBytes = (redis(bed.gateway()) - redisBefore) / segments;
            bench.say(
                    "  %,.2f s a warning; a recipient and segment: %.1f bytes of heap and %.1f of Redis, sealed %.2f and "
                            + "%.2f; sealed in %.1f s",
                    Figure.alone(NAME, "s", "s", runs).measured().median(),
                    heapBytes,
                    redisBytes,
                    sealedHeap,
                    sealedBytes,
                    sealing);
            Figure time = Figure.alone(NAME, "time-at-" + size, "s", runs);
            bench.results().add(time);
            bench.results()
                    .add(Figure.bounded(NAME, "heap-at-" + size, "bytes", List.of(heapBytes), List.of(32.0))
                            .withGoal("at most 1"));
            bench.results()
                    .add(Figure.bounded(NAME, "redis-at-" + size, "bytes", List.of(redisBytes), List.of(24.0))
                            .withGoal("at most 1"));
            bench.results()
                    .add(Figure.alone(NAME, "sealed-heap-at-" + size, "bytes", List.of(sealedHeap))
                            .withGoal("0"));
            bench.results()
                    .add(Figure.bounded(NAME, "sealed-redis-at-" + size, "bytes", List.of(sealedBytes), List.of(0.5))
                            .withGoal("at most 1"));
            sealedRedis.add(new Plot.Point(size, sealedBytes));
            perPerson.add(time.measured().median() * 1e6 / size);
            seconds.add(new Plot.Point(size, time.measured().median()));
            imports.add(new Plot.Point(size, bed.importSeconds()));
            heap.add(new Plot.Point(size, heapBytes));
            redis.add(new Plot.Point(size, redisBytes));
            bed.gateway().stop();
        }
        bench.results()
                .add(Figure.bounded(
                                NAME,
                                "time-a-recipient-from-a-tenth-to-all",
                                "µs",
                                List.of(perPerson.get(2)),
                                List.of(perPerson.get(1)))
                        .withGoal("at most 1: linear or better"));
        bench.results()
                .plot(
                        NAME,
                        new Plot(
                                "Seconds by recipients",
                                "recipients",
                                "seconds",
                                Plot.Scale.LOGARITHMIC,
                                List.of(
                                        new Plot.Line("a warning", seconds),
                                        new Plot.Line("import of the contacts", imports))));
        bench.results()
                .plot(
                        NAME,
                        new Plot(
                                "Memory by recipients, while receipts may come and sealed",
                                "recipients",
                                "bytes a recipient and segment",
                                Plot.Scale.LOGARITHMIC_X,
                                List.of(
                                        new Plot.Line("gateway's heap", heap),
                                        new Plot.Line("Redis", redis),
                                        new Plot.Line("Redis, sealed", sealedRedis))));
    }

    /** Closes warnings and waits until all are sealed; gives the seconds. */
    private static double seal(Bench bench, GatewayProcess gateway, List<String> warnings) throws IOException {
        long began = System.nanoTime();
        for (String warning : warnings) {
            gateway.post(
                    "/api/v1/warnings/" + warning + "/close", "signer", "application/json", "{\"reason\": \"over\"}");
        }
        Double open;
        do {
            bench.checkTime("the closed warnings to be sealed");
            Bench.pause(LOOK_MILLIS);
            open = gateway.metric(OPEN_ISSUES);
        } while (open == null || open > 0);
        return (System.nanoTime() - began) / 1e9;
    }

    /**
     * What is reachable in the gateway's heap, in bytes, as the JDK's own jcmd counts it, object by object. (What a
     * heap has "used" counts whole regions: that is 100 kB more or less from one look to the next.)
     */
    private static double heap(GatewayProcess gateway) throws IOException {
        jcmd(gateway, "GC.run");
        Matcher reachable = REACHABLE.matcher(jcmd(gateway, "GC.class_histogram"));
        if (!reachable.find()) {
            throw new IOException("jcmd says nothing of the heap");
        }
        return Double.parseDouble(reachable.group(1));
    }

    private static String jcmd(GatewayProcess gateway, String command) throws IOException {
        Process process = new ProcessBuilder(
                        java.nio.file.Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                .toString(),
                        Long.toString(gateway.process().pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("jcmd failed: " + said);
            }
            return said;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("broken off", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the gateway's own Redis has in use, in bytes; the run file says how to ask it. */
    private static double redis(GatewayProcess gateway) throws IOException {
        Properties run = new Properties();
        run.load(new StringReader(Files.readString(gateway.data().resolve("redis.run"))));
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(run.getProperty("port", "0")))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("AUTH " + run.getProperty("password", "") + "\r\nINFO memory\r\nQUIT\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("used_memory:")) {
                    return Double.parseDouble(line.substring("used_memory:".length()));
                }
            }
        }
        throw new IOException("Redis says nothing of its memory");
    }
}
