package org.tocsin.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.load.figure.Figure;
import org.tocsin.load.mqtt.MqttFleet;

/**
 * A burst of receipts: all is submitted, then all receipts come at once. Over SMPP, with carriers that allow 10, 100
 * and 1,000 unanswered deliver_sm on one bind; the bound is the bare client with the same window. Over HTTP callbacks,
 * 500 receipts each and one by one, beside a server that keeps nothing. Over MQTT, up to 10,000 terminals.
 */
final class Receipts implements Scenario {
    private static final String NAME = "receipts";
    private static final int RECIPIENTS = 1_200_000;
    private static final int WIDEST = 1_000;
    private static final int NARROWEST = 10;
    private static final int MOST_BY_HTTP = 200_000;
    private static final int TOGETHER = 500;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "a burst of receipts made durable: SMPP with 1,000, 100 and (a tenth of them) 10 unanswered, HTTP callbacks, MQTT";
    }

    @Override
    public String costs() {
        return "5 minutes";
    }

    @Override
    public void run(Bench bench) throws IOException {
        smpp(bench);
        http(bench);
        mqtt(bench);
    }

    private static void http(Bench bench) throws IOException {
        int recipients = Math.min(MOST_BY_HTTP, bench.recipients(RECIPIENTS));
        bench.say("receipts over HTTP callbacks, %,d recipients", recipients);
        AppBed bed = AppBed.open(bench, recipients);
        bed.push();
        bed.report(recipients, TOGETHER);
        bed.bare(recipients, TOGETHER);
        int alone = recipients / 10;
        // Another path than that of 500: in the first some thousand posts it has half its speed or less.
        bed.push();
        bed.report(alone, 1);
        bed.bare(alone, 1);
        List<Double> together = new ArrayList<>();
        List<Double> single = new ArrayList<>();
        List<Double> bareTogether = new ArrayList<>();
        List<Double> bareSingle = new ArrayList<>();
        for (int run = 1; run <= bench.runs(); run++) {
            bed.push();
            single.add(bed.report(alone, 1));
            bareSingle.add(bed.bare(alone, 1));
            bed.push();
            together.add(bed.report(recipients, TOGETHER));
            bareTogether.add(bed.bare(recipients, TOGETHER));
            bench.say(
                    "  run %d: by %d %,.0f/s, bare %,.0f; one by one %,.0f/s, bare %,.0f",
                    run,
                    TOGETHER,
                    together.get(run - 1),
                    bareTogether.get(run - 1),
                    single.get(run - 1),
                    bareSingle.get(run - 1));
        }
        bench.results().add(Figure.bounded(NAME, "http-by-" + TOGETHER, "receipts/s", together, bareTogether));
        bench.results().add(Figure.bounded(NAME, "http-one-by-one", "receipts/s", single, bareSingle));
        bed.gateway().stop();
    }

    private static void mqtt(Bench bench) throws IOException {
        int terminals = Math.min(TerminalBed.MOST, bench.recipients(RECIPIENTS));
        bench.say("receipts over MQTT, %,d terminals, three reports each", terminals);
        TerminalBed bed = TerminalBed.open(bench, terminals);
        List<Double> rates = new ArrayList<>();
        try (MqttFleet fleet = bed.connect()) {
            for (int run = 0; run <= bench.runs(); run++) {
                bed.tell(fleet);
                double rate = bed.report(fleet, List.of("accepted", "started", "finished"));
                bench.say("  run %d: %,.0f/s", run, rate);
                if (run > 0) {
                    rates.add(rate);
                }
            }
        }
        bench.results().add(Figure.alone(NAME, "mqtt", "receipts/s", rates));
        bed.gateway().stop();
    }

    private static void smpp(Bench bench) throws IOException {
        int recipients = bench.recipients(RECIPIENTS);
        bench.say("receipts over SMPP, %,d recipients, one bind", recipients);
        SmsBed bed = SmsBed.open(
                bench,
                recipients,
                new Bench.Shape(1, 256),
                Map.of("deliverWindow", Integer.toString(WIDEST), "deliverTimeoutMillis", "60000"));
        bed.burst(County.TOWNSHIPS);
        bed.bareBurst(County.TOWNSHIPS);
        for (int window : new int[] {WIDEST, 100, NARROWEST}) {
            // The narrowest takes two minutes a run for all, and is as fast for a tenth.
            int townships = window == NARROWEST ? 1 : County.TOWNSHIPS;
            bed.sink().deliverWindow(window);
            bed.bareSink().deliverWindow(window);
            List<Double> gateway = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            for (int run = 1; run <= bench.runs(); run++) {
                gateway.add(bed.burst(townships));
                bare.add(bed.bareBurst(townships));
                bench.say(
                        "  window %,d, %,d receipts, run %d: gateway %,.0f/s, bare %,.0f/s",
                        window, bed.persons(townships), run, gateway.get(run - 1), bare.get(run - 1));
            }
            Figure figure = Figure.bounded(
                    NAME, window == WIDEST ? "throughput" : "smpp-window-" + window, "receipts/s", gateway, bare);
            bench.results().add(window == WIDEST ? figure.withGoal("at least 200,000/s") : figure);
        }
        bed.gateway().stop();
    }
}
