package org.tocsin.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.load.figure.Results;

/** What a scenario works with: the options, where its results go, its time, and who cleans up behind it. */
final class Bench implements AutoCloseable {
    /**
     * What the caller wants.
     *
     * @param recipients how many; null for the scenario's own default
     * @param runs how many runs beside the warm-up
     * @param seed of the carriers' chances
     * @param gateway the gateway's jar
     * @param shapes binds × window of the scenarios that take several
     * @param limit the longest that a scenario may take
     * @param jvm options of the gateway's JVM
     */
    record Wishes(
            @Nullable Integer recipients,
            int runs,
            long seed,
            Path gateway,
            List<Shape> shapes,
            Duration limit,
            List<String> jvm) {}

    /** Binds × window of a link. */
    record Shape(int binds, int window) {
        /** Reads {@code 1x256}. */
        static Shape of(String text) {
            if (!text.matches("[1-9][0-9]{0,2}x[1-9][0-9]{0,4}")) {
                throw new IllegalArgumentException("a shape is binds x window such as 4x64, was '" + text + "'");
            }
            String[] parts = text.split("x", 2);
            return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public String toString() {
            return binds + "x" + window;
        }
    }

    /** Something took longer than it may. */
    static final class TooLate extends IOException {
        private static final long serialVersionUID = 1;

        TooLate(String what) {
            super("not within the time: " + what);
        }
    }

    private final Wishes wishes;
    private final Results results;
    private final PrintStream out;
    private final InstantSource clock;
    private final Alert alerts;
    private final Cleanup cleanup = new Cleanup();
    private final long deadline;
    private volatile boolean complete = true;

    Bench(Wishes wishes, Results results, PrintStream out, InstantSource clock) {
        this.clock = clock;
        this.alerts = new Alert(clock);
        this.wishes = wishes;
        this.results = results;
        this.out = out;
        this.deadline = System.nanoTime() + wishes.limit().toNanos();
    }

    int recipients(int otherwise) {
        Integer wished = wishes.recipients();
        return wished == null ? otherwise : wished;
    }

    Wishes wishes() {
        return wishes;
    }

    int runs() {
        return wishes.runs();
    }

    long seed() {
        return wishes.seed();
    }

    /** The time of day; how long something takes is measured by another clock. */
    InstantSource clock() {
        return clock;
    }

    /** Makes the warnings. */
    Alert alerts() {
        return alerts;
    }

    Results results() {
        return results;
    }

    <T extends AutoCloseable> T keep(T thing) {
        return cleanup.keep(thing);
    }

    /** Starts a process; it is ended at the end. */
    ChildProcess start(ProcessBuilder builder) throws IOException {
        return cleanup.start(builder);
    }

    Path folder() throws IOException {
        return cleanup.folder();
    }

    /** A part of the scenario cannot be measured here; the rest goes on. */
    void notMeasured(String part, String why) {
        complete = false;
        results.notMeasured(part, why);
        out.println(part + " was not measured: " + why);
    }

    /** Whether no part had to be left out. */
    boolean isComplete() {
        return complete;
    }

    /** Says how it goes. */
    void say(String form, Object... values) {
        out.printf(form + "%n", values);
    }

    /** Starts a gateway; the heap grows with the recipients. */
    GatewayProcess gateway(String settings, int recipients) throws IOException {
        List<String> jvm = new ArrayList<>();
        jvm.add(recipients <= 2_000_000 ? "-Xmx1g" : "-Xmx" + (1 + recipients / 1_500_000) + "g");
        jvm.addAll(wishes.jvm());
        GatewayProcess gateway = GatewayProcess.start(this, settings, jvm);
        say("gateway ready after %.1f s", gateway.readySeconds());
        return gateway;
    }

    /** Refuses to go on when the scenario's time is over. */
    void checkTime(String what) throws IOException {
        if (System.nanoTime() > deadline) {
            throw new TooLate(what);
        }
    }

    /** Waits, looking every millisecond; no longer than the scenario's time. */
    void await(String what, BooleanSupplier done) throws IOException {
        while (!done.getAsBoolean()) {
            checkTime(what);
            pause(1);
        }
    }

    /** Waits so many milliseconds. */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("broken off", interrupted);
        }
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
