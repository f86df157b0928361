package org.tocsin.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.load.figure.Figure;
import org.tocsin.load.figure.Latencies;
import org.tocsin.load.figure.Plot;
import org.tocsin.load.figure.Results;
import org.tocsin.load.smpp.BareSmppClient;

/**
 * The whole path: one warning to all residents by SMS, from sign-off to the last delivery receipt made durable and
 * counted, against a bare client that sends the same to the same kind of sink in the same run and stores nothing.
 */
final class WholePath implements Scenario {
    private static final String NAME = "whole-path";
    /** The shape whose figures bear no suffix. */
    private static final Bench.Shape MAIN = new Bench.Shape(1, 256);

    private static final int RECIPIENTS = 1_200_000;
    private static final long WARM_UP_PERSONS = 2_400_000;
    private static final int MOST_WARM_UPS = 5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "one warning to all by SMPP, sign-off to last durable receipt, beside a bare client; one segment and two";
    }

    @Override
    public String costs() {
        return "6 minutes; 100,000 recipients: 1 minute";
    }

    @Override
    public void run(Bench bench) throws IOException {
        for (Bench.Shape shape : bench.wishes().shapes()) {
            measure(bench, shape, shape.equals(MAIN));
        }
    }

    /** What the runs with one text gave. */
    private static final class Gathered {
        final List<SmsBed.Passage> gateway = new ArrayList<>();
        final List<BareSmppClient.Result> bare = new ArrayList<>();

        List<Double> persons() {
            return gateway.stream().map(SmsBed.Passage::personsPerSecond).toList();
        }

        List<Double> segments() {
            return gateway.stream().map(SmsBed.Passage::segmentsPerSecond).toList();
        }

        List<Double> barePersons() {
            List<Double> persons = new ArrayList<>();
            for (int run = 0; run < bare.size(); run++) {
                persons.add(gateway.get(run).persons() / bare.get(run).seconds());
            }
            return persons;
        }

        List<Double> bareSegments() {
            return bare.stream().map(BareSmppClient.Result::perSecond).toList();
        }
    }

    private void measure(Bench bench, Bench.Shape shape, boolean main) throws IOException {
        int recipients = bench.recipients(RECIPIENTS);
        bench.say("whole-path %s, %,d recipients", shape, recipients);
        SmsBed bed = SmsBed.open(bench, recipients, shape, Map.of());
        String suffix = main ? "" : "-" + shape;
        Results results = bench.results();

        SmsBed.Passage first = bed.warn(Alert.ONE_SEGMENT);
        // Of the bare client and of the sinks it is the warm-up.
        BareSmppClient.Result bare = bed.bare();
        for (int warm = 1; warm * (long) recipients < WARM_UP_PERSONS && warm <= MOST_WARM_UPS; warm++) {
            bed.warn(Alert.ONE_SEGMENT);
            bare = bed.bare();
        }
        bench.say("  warm: the bare client sends %,.0f/s", bare.perSecond());
        results.add(Figure.once(NAME, "first-warning" + suffix, "persons/s", first.personsPerSecond()));
        bench.say("  first warning after the start: %,.0f persons/s", first.personsPerSecond());

        Latencies answers = SmsBed.answers(bed.sink());
        Latencies bareAnswers = SmsBed.answers(bed.bareSink());
        Gathered one = new Gathered();
        Gathered two = new Gathered();
        for (int run = 1; run <= bench.runs(); run++) {
            alternate(bench, bed, run, Alert.ONE_SEGMENT, one);
            alternate(bench, bed, run, Alert.TWO_SEGMENTS, two);
        }
        String goal = main ? "aim 0.7, floor 0.33" : "";
        results.add(Figure.bounded(NAME, "throughput" + suffix, "persons/s", one.persons(), one.barePersons())
                .withGoal(goal));
        results.add(Figure.bounded(
                NAME, "throughput-two-segments" + suffix, "persons/s", two.persons(), two.barePersons()));
        results.add(Figure.bounded(
                NAME, "segments-two-segments" + suffix, "segments/s", two.segments(), two.bareSegments()));
        stages(results, suffix, one.gateway);
        results.add(
                Figure.once(NAME, "peak-memory" + suffix, "MiB", bed.gateway().peakMebibytes()));
        SmsBed.Passage last = one.gateway.get(one.gateway.size() - 1);
        results.plot(
                NAME,
                new Plot(
                        "Throughput over time, " + shape + ", one segment",
                        "seconds since the sign-off",
                        "persons/s, receipts answered",
                        Plot.Scale.LINEAR,
                        List.of(
                                first.throughput("first warning after the start"),
                                last.throughput("last run"),
                                two.gateway.get(two.gateway.size() - 1).throughput("last run, two segments"))));
        results.plot(
                NAME,
                new Plot(
                        "From a receipt sent to its answer, " + shape,
                        "milliseconds",
                        "% of receipts",
                        Plot.Scale.LOGARITHMIC_X,
                        List.of(answers.line("gateway (durable)"), bareAnswers.line("bare client"))));
        results.plot(
                NAME,
                new Plot(
                        "Coverage over time, " + shape + ", one segment",
                        "seconds since the sign-off",
                        "share of residents with a durable receipt",
                        Plot.Scale.LINEAR,
                        List.of(coverage(first, "first warning after the start"), coverage(last, "last run"))));
        results.add(Figure.beside(
                        NAME,
                        "receipt-answered-p99" + suffix,
                        "ms",
                        List.of(answers.millis(99)),
                        List.of(bareAnswers.millis(99)))
                .withGoal("peer: the bare client"));
        bed.gateway().stop();
    }

    private static void alternate(Bench bench, SmsBed bed, int run, String instruction, Gathered gathered)
            throws IOException {
        SmsBed.Passage passage = bed.warn(instruction);
        BareSmppClient.Result bare = bed.bare();
        if (bare.submits() != passage.segments()) {
            throw new IOException("the bare client sent " + bare.submits() + " submit_sm, the gateway "
                    + passage.segments() + ": they are not the same work");
        }
        gathered.gateway.add(passage);
        gathered.bare.add(bare);
        bench.say(
                "  run %d, %d characters, %d segment(s): gateway %,.0f persons/s, bare %,.0f, ratio %.2f",
                run,
                bed.text().length(),
                passage.segments() / passage.persons(),
                passage.personsPerSecond(),
                passage.persons() / bare.seconds(),
                bare.seconds() / passage.counted());
    }

    private static void stages(Results results, String suffix, List<SmsBed.Passage> runs) {
        results.add(Figure.alone(
                NAME,
                "stage-to-first-submit" + suffix,
                "ms",
                runs.stream().map(run -> run.firstSubmit() * 1e3).toList()));
        results.add(Figure.alone(
                NAME,
                "stage-submitting" + suffix,
                "ms",
                runs.stream()
                        .map(run -> (run.lastSubmit() - run.firstSubmit()) * 1e3)
                        .toList()));
        results.add(Figure.alone(
                NAME,
                "stage-last-receipts" + suffix,
                "ms",
                runs.stream().map(run -> (run.end() - run.lastSubmit()) * 1e3).toList()));
        results.add(Figure.alone(
                NAME,
                "stage-coverage" + suffix,
                "ms",
                runs.stream().map(run -> (run.counted() - run.end()) * 1e3).toList()));
    }

    private static Plot.Line coverage(SmsBed.Passage passage, String name) {
        return new Plot.Line(
                name,
                passage.answered().stream()
                        .map(sample -> new Plot.Point(sample.x(), sample.y() / passage.segments()))
                        .toList());
    }
}
