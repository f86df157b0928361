package org.tocsin.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tocsin.load.figure.Figure;
import org.tocsin.simulator.sms.SmppObserver;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * The red lane: while a blue warning to nine townships goes out, a red one to the tenth is signed. Once with carriers
 * at full speed, once with a carrier that takes 2,000 a second. The bound is the same red warning on the same gateway
 * while it is idle.
 */
final class RedLane implements Scenario {
    private static final String NAME = "red-lane";
    /** Nine townships of ten are the blue warning's 1.2 million. */
    private static final int RECIPIENTS = 1_333_400;

    private static final int MOST_SLOW = 100_000;
    private static final int SLOW_RATE = 2_000;
    private static final int TOWNSHIPS = 10;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "a red warning to a township while a blue one to all others (1.2 million) is in flight, against an idle gateway";
    }

    @Override
    public String costs() {
        return "3 minutes";
    }

    @Override
    public void run(Bench bench) throws IOException {
        measure(bench, bench.recipients(RECIPIENTS), "", Map.of(), Map.of());
        measure(
                bench,
                Math.min(MOST_SLOW, bench.recipients(RECIPIENTS)),
                "-slow-carrier",
                Map.of("answerDelayMillis", "50"),
                Map.of("rate", Integer.toString(SLOW_RATE)));
    }

    /** The times of one red warning in milliseconds since just before its sign-off was posted. */
    private record Red(double first, double last) {}

    private static void measure(
            Bench bench, int recipients, String suffix, Map<String, String> quirks, Map<String, String> link)
            throws IOException {
        bench.say("red-lane%s, %,d recipients", suffix, recipients);
        SmsBed bed = SmsBed.open(bench, recipients, new Bench.Shape(1, 256), quirks, link, "");
        boolean slow = !suffix.isEmpty();
        String redArea = slow ? County.village(TOWNSHIPS, TOWNSHIPS) : County.township(TOWNSHIPS);
        int redPersons = slow ? recipients / 100 : recipients / 10;
        Tally tally = new Tally(recipients - redPersons);
        bed.sink().observe(tally);
        List<String> blueAreas = new ArrayList<>();
        for (int township = 1; township < TOWNSHIPS; township++) {
            blueAreas.add(County.township(township));
        }
        List<Red> idle = new ArrayList<>();
        List<Red> busy = new ArrayList<>();
        for (int run = 0; run <= bench.runs(); run++) {
            Red alone = red(bench, bed, tally, redArea, redPersons);
            quiet(bench, bed.sink());
            Red beside = beside(bench, bed, tally, blueAreas, recipients / 10 * 9, redArea, redPersons);
            quiet(bench, bed.sink());
            bench.say(
                    "  %s: first submit %.0f ms, idle %.0f; last %.0f ms, idle %.0f",
                    run == 0 ? "warm-up" : "run " + run, beside.first, alone.first, beside.last, alone.last);
            if (run > 0) {
                idle.add(alone);
                busy.add(beside);
            }
        }
        bench.results()
                .add(Figure.bounded(
                                NAME,
                                "first-submit" + suffix,
                                "ms",
                                busy.stream().map(Red::first).toList(),
                                idle.stream().map(Red::first).toList())
                        .withGoal("at most 2"));
        bench.results()
                .add(Figure.bounded(
                                NAME,
                                "last-submit" + suffix,
                                "ms",
                                busy.stream().map(Red::last).toList(),
                                idle.stream().map(Red::last).toList())
                        .withGoal("at most 2"));
        bed.gateway().stop();
    }

    private static Red beside(
            Bench bench,
            SmsBed bed,
            Tally tally,
            List<String> blueAreas,
            int bluePersons,
            String redArea,
            int redPersons)
            throws IOException {
        long before = bed.sink().submits();
        String blue = SmsBed.sign(bed.gateway(), bench.alerts().cap(Alert.Grade.BLUE, blueAreas, Alert.ONE_SEGMENT));
        bench.await("the blue warning to begin", () -> bed.sink().submits() > before);
        Red red = red(bench, bed, tally, redArea, redPersons);
        // Blue ones that yield altogether are as wished, so what counts is that some are left.
        if (bed.sink().submits() - before - redPersons >= bluePersons) {
            throw new IOException("the blue warning was over before the red one was out: use more --recipients");
        }
        bed.gateway()
                .post(
                        "/api/v1/warnings/" + blue + "/stop",
                        "signer",
                        "application/json",
                        "{\"reason\": \"the red warning was measured\"}");
        return red;
    }

    private static Red red(Bench bench, SmsBed bed, Tally tally, String area, int persons) throws IOException {
        JsonNode posted = SmsBed.post(bed.gateway(), bench.alerts().cap(Alert.Grade.RED, area, Alert.ONE_SEGMENT));
        tally.begin();
        long began = System.nanoTime();
        SmsBed.approve(bed.gateway(), posted);
        bench.await("the red warning to be submitted", () -> tally.red.get() >= persons);
        return new Red((tally.first.get() - began) / 1e6, (tally.last.get() - began) / 1e6);
    }

    /** Waits until nothing comes any more and all receipts are answered. */
    private static void quiet(Bench bench, SmppSimulator sink) throws IOException {
        long seen = -1;
        while (sink.submits() != seen || sink.reportsAnswered() < sink.messages()) {
            bench.checkTime("the warnings to end");
            seen = sink.submits();
            Bench.pause(700);
        }
    }

    /** Tells the red warning's submits from others by the number: those of the last persons. */
    private static final class Tally implements SmppObserver {
        final AtomicInteger red = new AtomicInteger();
        final AtomicLong first = new AtomicLong();
        final AtomicLong last = new AtomicLong();
        private final int from;

        Tally(int from) {
            this.from = from;
        }

        void begin() {
            red.set(0);
        }

        @Override
        public void submitted(String address) {
            if (County.person(address) < from) {
                return;
            }
            long now = System.nanoTime();
            if (red.get() == 0) {
                first.set(now);
            }
            last.set(now);
            red.incrementAndGet();
        }
    }
}
