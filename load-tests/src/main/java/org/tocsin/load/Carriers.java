package org.tocsin.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.load.figure.Figure;
import org.tocsin.load.figure.Plot;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * Carriers as they are: three operators that take 2,000 a second each at a round trip of 200 ms, 5 % never report, 1 %
 * are refused; the third throttles for three seconds and then is gone for twenty, in which the others take its share.
 * Once where the rate limits, once where the window does. Bounds are arithmetic: min(rate, binds × window ÷ round
 * trip), and of the time what the three can take together.
 */
final class Carriers implements Scenario {
    private static final String NAME = "carriers";
    private static final int RECIPIENTS = 120_000;
    private static final int OPERATORS = 3;
    private static final int RATE = 2_000;
    private static final double ROUND_TRIP = 0.2;
    private static final double REPORT_DELAY = 1;
    private static final double REFUSED = 0.01;
    private static final double SILENT = 0.05;
    private static final double GOAL = 0.9;
    private static final double THROTTLED_FOR = 3;
    private static final double DOWN_FOR = 20;
    // What a carrier has put off comes again after a back-off, so a link's last few say nothing of its rate.
    private static final double MOSTLY = 0.98;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "three operators with rate, round trip, refusals and silence, one throttles and drops: use and time to 90 %";
    }

    @Override
    public String costs() {
        return "10 minutes; the carriers set the pace";
    }

    @Override
    public void run(Bench bench) throws IOException {
        measure(bench, new Bench.Shape(4, 128), "");
        measure(bench, new Bench.Shape(16, 4), "-16x4");
    }

    /** One operator in one run. */
    private static final class Operator {
        final SmppSimulator simulator;
        long messages;
        long refusals;
        long seen;
        double first = -1;
        double last;
        double cutAt = -1;
        double backAt = -1;

        Operator(SmppSimulator simulator) {
            this.simulator = simulator;
        }

        /** Begins a run. */
        void begin() {
            messages = simulator.messages();
            refusals = simulator.refusals();
            seen = 0;
            first = -1;
            last = 0;
            cutAt = -1;
            backAt = -1;
        }

        /** Counts, while there is work for all. */
        void look(double now) {
            seen = done();
            first = first < 0 && seen > 0 ? now : first;
            last = now;
        }

        long done() {
            return simulator.messages() - messages + simulator.refusals() - refusals;
        }
    }

    private record Outcome(double steady, double troubled, double timeTo, double timeToBound, List<Plot.Line> lines) {}

    private static void measure(Bench bench, Bench.Shape shape, String suffix) throws IOException {
        int recipients = bench.recipients(RECIPIENTS);
        double capacity = Math.min(RATE, shape.binds() * shape.window() / ROUND_TRIP);
        bench.say("carriers %s, %,d recipients, %,.0f/s a link at best", shape, recipients, capacity);
        List<Operator> operators = new ArrayList<>();
        Map<String, Map<String, String>> links = new LinkedHashMap<>();
        for (int at = 1; at <= OPERATORS; at++) {
            SmppSimulator simulator = bench.keep(new SmppSimulator());
            Map<String, String> link = SmsBed.link(start(bench, simulator, at), shape);
            link.put("rate", Integer.toString(RATE));
            link.put("provider", "operator-" + at);
            links.put("operator-" + at, link);
            operators.add(new Operator(simulator));
        }
        GatewayProcess gateway = bench.gateway(SmsBed.settings(links), recipients);
        County.load(bench, gateway, recipients);
        warmUp(bench, gateway, operators, recipients);
        List<Double> rates = new ArrayList<>();
        List<Double> troubled = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        List<Plot.Line> lines = List.of();
        for (int run = 1; run <= bench.runs(); run++) {
            Outcome outcome = once(bench, gateway, operators, recipients, capacity);
            bench.say(
                    "  run %d: steady links %,.0f/s, troubled one %,.0f/s, of %,.0f; 90 %% after %.1f s, at best %.1f",
                    run, outcome.steady, outcome.troubled, capacity, outcome.timeTo, outcome.timeToBound);
            rates.add(outcome.steady);
            troubled.add(outcome.troubled);
            times.add(outcome.timeTo);
            bounds.add(outcome.timeToBound);
            lines = outcome.lines;
        }
        bench.results()
                .add(Figure.bounded(
                                NAME,
                                "throughput" + suffix,
                                "persons/s a link",
                                rates,
                                rates.stream().map(rate -> capacity).toList())
                        .withGoal("at least 0.97"));
        bench.results()
                .add(Figure.bounded(
                                NAME,
                                "throughput-troubled" + suffix,
                                "persons/s a link",
                                troubled,
                                troubled.stream().map(rate -> capacity).toList())
                        .withGoal("at least 0.97"));
        bench.results()
                .add(Figure.bounded(NAME, "time-to-90-percent" + suffix, "s", times, bounds)
                        .withGoal("at most 1.05"));
        bench.results()
                .plot(
                        NAME,
                        new Plot(
                                "Coverage over time, " + shape,
                                "seconds since the sign-off",
                                "share of residents",
                                Plot.Scale.LINEAR,
                                lines));
        gateway.stop();
    }

    private static Map<String, String> start(Bench bench, SmppSimulator simulator, int number) throws IOException {
        return simulator.start(new SimulatorContext(
                "operator-" + number,
                bench.seed() + number,
                Map.of("delivered", 1 - SILENT, "silent", SILENT, "refused", REFUSED),
                Map.of(
                        "answerDelayMillis", Long.toString(Math.round(ROUND_TRIP * 1000)),
                        "reportDelayMillis", Long.toString(Math.round(REPORT_DELAY * 1000)),
                        "ratePerSecond", Integer.toString(RATE)),
                null));
    }

    private static void warmUp(Bench bench, GatewayProcess gateway, List<Operator> operators, int recipients)
            throws IOException {
        operators.forEach(Operator::begin);
        SmsBed.sign(gateway, bench.alerts().cap(Alert.Grade.RED, County.township(1), Alert.ONE_SEGMENT));
        bench.await("the warm-up", () -> done(operators) >= recipients / 10);
        Bench.pause(2_000);
    }

    private static long done(List<Operator> operators) {
        return operators.stream().mapToLong(Operator::done).sum();
    }

    private static Outcome once(
            Bench bench, GatewayProcess gateway, List<Operator> operators, int recipients, double capacity)
            throws IOException {
        double throttleAt = recipients / capacity / OPERATORS / 4;
        Operator third = operators.get(OPERATORS - 1);
        Troubles troubles = new Troubles(third, throttleAt, capacity / 2);
        JsonNode posted = SmsBed.post(gateway, bench.alerts().cap(Alert.Grade.RED, County.CODE, Alert.ONE_SEGMENT));
        operators.forEach(Operator::begin);
        long began = System.nanoTime();
        SmsBed.approve(gateway, posted);
        String id = posted.path("id").asText();
        List<Plot.Point> confirmed = new ArrayList<>();
        List<Plot.Point> submitted = new ArrayList<>();
        double reached = -1;
        double asked = 0;
        boolean allOut = false;
        while (reached < 0 || !allOut) {
            bench.checkTime("90 % of the residents");
            double now = (System.nanoTime() - began) / 1e9;
            troubles.at(now);
            if (done(operators) < recipients * MOSTLY) {
                operators.forEach(operator -> operator.look(now));
            }
            if (now - asked >= 0.2) {
                asked = now;
                JsonNode counts = gateway.counts(id, "sms");
                allOut =
                        counts.path("accepted").asLong() + counts.path("failed").asLong() >= recipients;
                double share = counts.path("delivered").asDouble() / recipients;
                confirmed.add(new Plot.Point(now, share));
                submitted.add(new Plot.Point(now, (double) done(operators) / recipients));
                if (share >= GOAL && reached < 0) {
                    reached = now;
                }
            }
            Bench.pause(5);
        }
        // The others may have taken all before the third is back; the next run begins with all three.
        bench.await("the third operator to be back", () -> {
            troubles.at((System.nanoTime() - began) / 1e9);
            return troubles.areOver();
        });
        Schedule steady = new Schedule(List.of(new Schedule.Step(0, capacity)));
        double bound = Schedule.reached(
                        List.of(steady, steady, troubles.schedule(capacity, 0)),
                        recipients * GOAL / ((1 - REFUSED) * (1 - SILENT)))
                + REPORT_DELAY;
        return new Outcome(
                Math.min(rate(operators.get(0), steady, capacity), rate(operators.get(1), steady, capacity)),
                rate(third, troubles.schedule(capacity, Math.max(0, third.backAt - third.cutAt - DOWN_FOR)), capacity),
                reached,
                bound,
                List.of(
                        new Plot.Line("confirmed (durable receipts)", confirmed),
                        new Plot.Line("taken or refused by the carriers", submitted)));
    }

    /** A link's rate over the time in which it was up and had work, on the scale of its full capacity. */
    private static double rate(Operator operator, Schedule schedule, double capacity) {
        return capacity * operator.seen / schedule.between(operator.first, operator.last);
    }

    /** The third operator's troubles: it throttles, is gone, and comes back. */
    private static final class Troubles {
        private final Operator operator;
        private final double throttleAt;
        private final double throttledRate;
        private int step;

        Troubles(Operator operator, double throttleAt, double throttledRate) {
            this.operator = operator;
            this.throttleAt = throttleAt;
            this.throttledRate = throttledRate;
        }

        /** What it can take, when its link comes back so much later than it may. */
        Schedule schedule(double capacity, double later) {
            double cut = operator.cutAt < 0 ? throttleAt + THROTTLED_FOR : operator.cutAt;
            return new Schedule(List.of(
                    new Schedule.Step(0, capacity),
                    new Schedule.Step(throttleAt, throttledRate),
                    new Schedule.Step(cut, 0),
                    new Schedule.Step(cut + DOWN_FOR + later, capacity)));
        }

        boolean areOver() {
            return step == 4;
        }

        void at(double now) {
            if (step == 0 && now >= throttleAt) {
                operator.simulator.rate((int) throttledRate);
                step++;
            } else if (step == 1 && now >= throttleAt + THROTTLED_FOR) {
                operator.cutAt = now;
                operator.simulator.down(true);
                step++;
            } else if (step == 2 && now >= operator.cutAt + DOWN_FOR) {
                operator.simulator.rate(RATE);
                operator.simulator.down(false);
                step++;
            } else if (step == 3 && operator.simulator.connections() > 0) {
                operator.backAt = now;
                step++;
            }
        }
    }
}
