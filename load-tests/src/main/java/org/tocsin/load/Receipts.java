package org.tocsin.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.load.figure.Figure;

/**
 * A burst of receipts: all is submitted, then all receipts come at once. Over SMPP, with carriers that allow 10, 100
 * and 1,000 unanswered deliver_sm on one bind; the bound is the bare client with the same window.
 */
final class Receipts implements Scenario {
    private static final String NAME = "receipts";
    private static final int RECIPIENTS = 200_000;
    private static final int WIDEST = 1_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "a burst of receipts made durable: SMPP with 10, 100 and 1,000 unanswered, HTTP callbacks, MQTT reports";
    }

    @Override
    public String costs() {
        return "4 minutes; 1,200,000 recipients: 12 minutes";
    }

    @Override
    public void run(Bench bench) throws IOException {
        smpp(bench);
    }

    private static void smpp(Bench bench) throws IOException {
        int recipients = bench.recipients(RECIPIENTS);
        bench.say("receipts over SMPP, %,d recipients, one bind", recipients);
        SmsBed bed = SmsBed.open(
                bench,
                recipients,
                new Bench.Shape(1, 256),
                Map.of("deliverWindow", Integer.toString(WIDEST), "deliverTimeoutMillis", "60000"));
        bed.burst();
        bed.bareBurst();
        for (int window : new int[] {WIDEST, 100, 10}) {
            bed.sink().deliverWindow(window);
            bed.bareSink().deliverWindow(window);
            List<Double> gateway = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            for (int run = 1; run <= bench.runs(); run++) {
                gateway.add(bed.burst());
                bare.add(bed.bareBurst());
                bench.say(
                        "  window %,d, run %d: gateway %,.0f/s, bare %,.0f/s",
                        window, run, gateway.get(run - 1), bare.get(run - 1));
            }
            Figure figure = Figure.bounded(
                    NAME, window == WIDEST ? "throughput" : "smpp-window-" + window, "receipts/s", gateway, bare);
            bench.results().add(window == WIDEST ? figure.withGoal("at least 200,000/s") : figure);
        }
        bed.gateway().stop();
    }
}
