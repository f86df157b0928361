package org.tocsin.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.load.figure.Figure;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/**
 * The peer: the same messages through Kannel, from the first request to the last delivery report, beside the gateway's
 * whole path with the same binds and window, run by run.
 */
final class Kannel implements Scenario {
    private static final String NAME = "kannel";
    private static final int RECIPIENTS = 600_000;
    private static final int MOST_BY_KANNEL = 20_000;
    private static final int WARM_UP = 2_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String measures() {
        return "the gateway beside Debian's Kannel (file store, all delivery reports), the same binds, window and text";
    }

    @Override
    public String costs() {
        return "5 minutes; Kannel sends at most 20,000 a run";
    }

    @Override
    public void run(Bench bench) throws IOException {
        for (String program : List.of("bearerbox", "smsbox")) {
            if (KannelProcess.program(program).isEmpty()) {
                throw new NotHere(
                        "Kannel is not installed: there is no " + program + " (on Debian: apt-get install kannel)");
            }
        }
        int recipients = bench.recipients(RECIPIENTS);
        int byKannel = Math.min(recipients, MOST_BY_KANNEL);
        Bench.Shape shape = new Bench.Shape(KannelProcess.BINDS, KannelProcess.WINDOW);
        bench.say("kannel %s: %,d messages a run, the gateway %,d", shape, byKannel, recipients);
        SmsBed bed = SmsBed.open(bench, recipients, shape, Map.of());
        SmppSimulator sink = bench.keep(new SmppSimulator());
        Map<String, String> link = sink.start(new SimulatorContext(
                "sms-load",
                bench.seed(),
                Map.of("delivered", 1.0, "silent", 0.0),
                Map.of("reportDelayMillis", Integer.toString(KannelProcess.REPORT_DELAY_MILLIS), "keepTexts", "1"),
                null));
        KannelProcess kannel = KannelProcess.start(bench, sink, link);
        bed.warn(Alert.ONE_SEGMENT);
        bed.bare();
        String text = bed.text();
        kannel.send(text, WARM_UP);
        String said = sink.texts().values().stream().findFirst().orElse("");
        if (!said.equals(text)) {
            throw new IOException("Kannel sent another text than the gateway: " + said);
        }
        List<Double> gateway = new ArrayList<>();
        List<Double> bound = new ArrayList<>();
        List<Double> peer = new ArrayList<>();
        for (int run = 1; run <= bench.runs(); run++) {
            gateway.add(bed.warn(Alert.ONE_SEGMENT).personsPerSecond());
            bound.add(bed.bare().perSecond());
            peer.add(kannel.send(text, byKannel));
            bench.say(
                    "  run %d: gateway %,.0f/s, Kannel %,.0f/s, bare %,.0f/s",
                    run, gateway.get(run - 1), peer.get(run - 1), bound.get(run - 1));
        }
        bench.results()
                .add(Figure.bounded(NAME, "throughput", "messages/s", gateway, bound)
                        .withPeer(gateway, peer)
                        .withGoal("100 times the peer"));
    }
}
