package org.tocsin.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A process that the suite has started, with all that it has started in turn. */
final class ChildProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final long LOOK_MILLIS = 5;

    private final Process process;

    ChildProcess(Process process) {
        this.process = process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended; only when it has. */
    int exitValue() {
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /** The process below it whose command has this name. */
    Optional<ProcessHandle> child(String command) {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith(command))
                .findFirst();
    }

    /** The figure of a line of Linux' {@code /proc/<pid>/status}, in KiB; 0 where the system does not say. */
    static long kibibytes(long pid, String line) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String read : Files.readAllLines(status)) {
            if (read.startsWith(line + ":")) {
                return Long.parseLong(read.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    /** Asks it to end, then makes it, and makes whatever it left behind; whoever comes second waits for the first. */
    @Override
    public synchronized void close() {
        Set<ProcessHandle> children = new LinkedHashSet<>();
        gather(children);
        process.destroy();
        try {
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            // What it starts while it is ending is its own too, and cannot be found once it has ended.
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < patience) {
                gather(children);
            }
            if (process.isAlive()) {
                process.destroyForcibly();
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle child : children) {
            // What still runs may still write to a folder that is to go.
            child.onExit()
                    .completeOnTimeout(child, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private void gather(Set<ProcessHandle> children) {
        process.descendants().forEach(children::add);
    }
}
