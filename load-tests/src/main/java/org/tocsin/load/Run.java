package org.tocsin.load;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.tocsin.load.figure.Results;

/** Runs scenarios one after the other and cleans up behind each, whatever happens. */
final class Run {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Bench.Wishes wishes;
    private final Results results;
    private final PrintStream out;
    private final InstantSource clock;
    private Bench running;
    private boolean brokenOff;

    Run(Bench.Wishes wishes, Results results, PrintStream out, InstantSource clock) {
        this.wishes = wishes;
        this.results = results;
        this.out = out;
        this.clock = clock;
        this.running = new Bench(wishes, results, out, clock);
    }

    /**
     * Runs them.
     *
     * @return whether all could be measured, but for those that lack something here when {@code lenient}
     */
    boolean all(List<Scenario> scenarios, boolean lenient) {
        boolean well = true;
        for (Scenario scenario : scenarios) {
            Bench bench = next();
            if (bench == null) {
                return false;
            }
            try {
                scenario.run(bench);
                well &= lenient || bench.isComplete();
            } catch (Scenario.NotHere missing) {
                results.notMeasured(scenario.name(), String.valueOf(missing.getMessage()));
                out.println(scenario.name() + " was not measured: " + missing.getMessage());
                well &= lenient;
            } catch (IOException | RuntimeException failed) {
                // What was ended under its hands is no reason.
                String why = isBrokenOff() ? "broken off" : "failed: " + failed.getMessage();
                results.notMeasured(scenario.name(), why);
                out.println(scenario.name() + (isBrokenOff() ? " was broken off" : " failed: " + failed));
                well = false;
            } finally {
                bench.close();
            }
        }
        return well;
    }

    private synchronized @org.jspecify.annotations.Nullable Bench next() {
        if (brokenOff) {
            return null;
        }
        running = new Bench(wishes, results, out, clock);
        Bench bench = running;
        Thread watchdog = new Thread(() -> overrun(bench), "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        return bench;
    }

    /** Ends what hangs in a call that no look at the time can reach: its processes go, so the call fails. */
    private void overrun(Bench bench) {
        Bench.pause(wishes.limit().plus(GRACE).toMillis());
        bench.close();
    }

    synchronized boolean isBrokenOff() {
        return brokenOff;
    }

    /** What is done with the results. */
    interface Publication {
        void publish() throws IOException;
    }

    /**
     * Publishes, unless it was broken off: half a run must replace no whole one. Whoever breaks off meanwhile waits.
     *
     * @return whether it was published
     */
    synchronized boolean publish(Publication publication) throws IOException {
        if (brokenOff) {
            return false;
        }
        publication.publish();
        return true;
    }

    /** Ends and removes all that runs; nothing is started or published after it. */
    void breakOff() {
        Bench bench;
        synchronized (this) {
            brokenOff = true;
            bench = running;
        }
        bench.close();
    }
}
