package org.tocsin.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.load.figure.Figure;
import org.tocsin.load.figure.Latencies;
import org.tocsin.load.figure.Plot;
import org.tocsin.load.http.BareHttpServer;
import org.tocsin.load.http.HttpLoad;
import org.tocsin.load.http.HttpWatchers;

/**
 * Intake: CAP posts a second that are checked and durable, beside a server that reads the same posts and keeps nothing;
 * and what a thousand consoles that watch one warning cost the whole path.
 */
final class Intake implements Scenario {
    private static final String NAME = "intake";
    private static final int POSTS = 3_000;
    private static final int CONNECTIONS = 32;
    private static final int RESIDENTS = 10_000;
    private static final int RECIPIENTS = 600_000;
    private static final int CONSOLES = 1_000;
    /** Half of them watched: a gateway that has just started compiles on one of two cores for half a minute. */
    private static final int WARM_UPS = 3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "CAP posts made durable beside a bare server; what 1,000 live pages cost the whole path";
    }

    @Override
    public String costs() {
        return "2 minutes";
    }

    @Override
    public void run(Bench bench) throws IOException {
        posts(bench);
        consoles(bench);
    }

    private static void posts(Bench bench) throws IOException {
        bench.say("intake: %,d posts a run over %d connections", POSTS, CONNECTIONS);
        GatewayProcess gateway = bench.gateway(
                "warning: {channels: sms}\nrequests: {perSecond: 1000000, burst: 1000000}\n" + SmsBed.MATRIX,
                RESIDENTS);
        County.load(bench, gateway, RESIDENTS);
        BareHttpServer bare = bench.keep(BareHttpServer.constant("{\"id\":\"0\"}"));
        List<Double> rates = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        Latencies latencies = new Latencies();
        Latencies bareLatencies = new Latencies();
        for (int run = 0; run <= bench.runs(); run++) {
            boolean warmUp = run == 0;
            double rate = post(bench, gateway.address().toString(), warmUp ? new Latencies() : latencies);
            double bound = post(bench, bare.address().toString(), warmUp ? new Latencies() : bareLatencies);
            bench.say("  run %d: gateway %,.0f posts/s, bare %,.0f", run, rate, bound);
            if (!warmUp) {
                rates.add(rate);
                bounds.add(bound);
            }
        }
        bench.results().add(Figure.bounded(NAME, "throughput", "posts/s", rates, bounds));
        bench.results().add(Figure.once(NAME, "post-p99", "ms", latencies.millis(99)));
        bench.results()
                .plot(
                        NAME,
                        new Plot(
                                "From a CAP post to its answer, " + CONNECTIONS + " at once",
                                "milliseconds",
                                "% of posts",
                                Plot.Scale.LOGARITHMIC_X,
                                List.of(latencies.line("gateway (durable)"), bareLatencies.line("bare server"))));
        gateway.stop();
    }

    private static double post(Bench bench, String target, Latencies latencies) throws IOException {
        HttpLoad.Request[] prepared = new HttpLoad.Request[POSTS];
        for (int at = 0; at < POSTS; at++) {
            prepared[at] = new HttpLoad.Request(
                    "POST",
                    "/api/v1/warnings",
                    Map.of(
                            "Content-Type",
                            "application/cap+xml",
                            "Authorization",
                            "Bearer " + GatewayProcess.key("agency")),
                    bench.alerts()
                            .cap(Alert.Grade.BLUE, County.CODE, Alert.ONE_SEGMENT)
                            .getBytes(StandardCharsets.UTF_8));
        }
        HttpLoad.Result result = HttpLoad.run(
                URI.create(target), CONNECTIONS, POSTS, at -> prepared[at], latencies, Duration.ofMinutes(10));
        if (result.good() != POSTS) {
            throw new IOException("of " + POSTS + " posts were answered " + result.statuses());
        }
        return POSTS / result.seconds();
    }

    private static void consoles(Bench bench) throws IOException {
        int recipients = bench.recipients(RECIPIENTS);
        bench.say("intake: %,d live pages, %,d recipients", CONSOLES, recipients);
        SmsBed bed = SmsBed.open(
                bench,
                recipients,
                new Bench.Shape(1, 256),
                Map.of(),
                Map.of(),
                "requests: {perSecond: 1000000, burst: 1000000}\n");
        for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
            watched(bench, bed);
            unwatched(bed);
        }
        List<Double> watched = new ArrayList<>();
        List<Double> unwatched = new ArrayList<>();
        for (int run = 1; run <= bench.runs(); run++) {
            if (run % 2 == 1) {
                unwatched.add(unwatched(bed));
            }
            watched.add(watched(bench, bed));
            if (run % 2 == 0) {
                unwatched.add(unwatched(bed));
            }
            bench.say(
                    "  run %d: watched %,.0f persons/s, unwatched %,.0f",
                    run, watched.get(run - 1), unwatched.get(run - 1));
        }
        bench.results()
                .add(Figure.bounded(NAME, "whole-path-with-1000-live-pages", "persons/s", watched, unwatched)
                        .withGoal("at least 0.95"));
        bed.gateway().stop();
    }

    private static double unwatched(SmsBed bed) throws IOException {
        return bed.warn(Alert.ONE_SEGMENT, id -> bed.gateway().awaitIdle()).personsPerSecond();
    }

    /** A warning that a thousand live pages watch, in persons a second. */
    private static double watched(Bench bench, SmsBed bed) throws IOException {
        List<HttpWatchers> watchers = new ArrayList<>();
        double rate = bed.warn(Alert.ONE_SEGMENT, id -> {
                    HttpWatchers all = bench.keep(new HttpWatchers(
                            bed.gateway().address(),
                            "/api/v1/warnings/" + id + "/events",
                            GatewayProcess.key("auditor"),
                            CONSOLES));
                    watchers.add(all);
                    bench.await("the live pages", () -> all.watching() >= CONSOLES || all.refused() > 0);
                    bed.gateway().awaitIdle();
                })
                .personsPerSecond();
        HttpWatchers all = watchers.get(0);
        if (all.refused() > 0) {
            throw new IOException(all.refused() + " of " + CONSOLES + " live pages were refused or cut");
        }
        all.close();
        bench.say("  %,d bytes to the pages", all.bytes());
        return rate;
    }
}
