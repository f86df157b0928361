package org.tocsin.gateway.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of the shipped redis-server. */
final class RedisProcess {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final long LARGEST_LOG = 16L << 20;
    private static final int PROBE_MILLIS = 2_000;

    private final Path data;
    private final Process process;
    private final int port;
    private final String password;

    private RedisProcess(Path data, Process process, int port, String password) {
        this.data = data;
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /** Starts a server; the run file says so before it runs, so that no run is ever unknown. */
    static RedisProcess launch(Path data, Path binary, int port, String password) throws IOException {
        Path log = data.resolve("redis.log");
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, data.resolve("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // A session of its own: the terminal's interrupt is for the gateway, which then ends the server in order.
            command.add(SETSID.toString());
        }
        command.add(binary.toString());
        command.add("-");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (OutputStream settings = process.getOutputStream()) {
            settings.write(configuration(data, port, password).getBytes(StandardCharsets.UTF_8));
        }
        return new RedisProcess(data, process, port, password);
    }

    /** Waits until it serves; returns its run id. */
    String awaitReady(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "redis-server ended with " + process.exitValue() + " at its start: " + lastWords());
            }
            Optional<String> runId = probe(port, password, Probe.SERVING);
            if (runId.isPresent()) {
                return runId.get();
            }
            pause();
        }
        throw new IllegalStateException("redis-server was not ready within " + patience + ": " + lastWords());
    }

    Process process() {
        return process;
    }

    /** Ends it in order: what is in the AOF is written and synced, a snapshot is not needed. */
    void end() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Its last lines, for people. */
    String lastWords() {
        Path log = data.resolve("redis.log");
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
        } catch (IOException | UncheckedIOException unreadable) {
            return "see " + log;
        }
    }

    /**
     * Shuts down a server that an earlier gateway left behind, and waits until it has ended.
     *
     * <p>It is ours when it takes the run file's password, which nobody else knows, and has the run file's run id where
     * that is known. A process that does not prove so is never touched.
     */
    static void endOrphan(Path data, RunFile run, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean asked = false;
        while (System.nanoTime() - deadline < 0) {
            Optional<String> runId = probe(run.port(), run.password(), Probe.ANSWERING);
            boolean ours =
                    runId.isPresent() && (run.runId().isEmpty() || run.runId().equals(runId.get()) || asked);
            if (ours) {
                probe(run.port(), run.password(), Probe.SHUT_DOWN);
                asked = true;
            } else if (!mayBeItsProcess(data, run)) {
                return;
            }
            pause();
        }
        throw new IllegalStateException("a redis-server (process " + run.pid() + ", port " + run.port()
                + ") still runs on " + data + " and did not end within " + patience);
    }

    private enum Probe {
        ANSWERING,
        SERVING,
        SHUT_DOWN
    }

    /** The run id of the server that takes this password, or empty when there is none in the wanted state. */
    private static Optional<String> probe(int port, String password, Probe wanted) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            if (!ask(socket, answers, "AUTH " + password).equals("+OK")) {
                return Optional.empty();
            }
            if (wanted == Probe.SERVING && !ask(socket, answers, "PING").equals("+PONG")) {
                return Optional.empty();
            }
            String line = ask(socket, answers, "INFO server");
            for (int lines = 0; line != null && lines < 100; lines++) {
                if (line.startsWith("run_id:")) {
                    if (wanted == Probe.SHUT_DOWN) {
                        ask(socket, answers, "SHUTDOWN NOSAVE");
                    }
                    return Optional.of(line.substring("run_id:".length()).strip());
                }
                line = answers.readLine();
            }
            return Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private static String ask(Socket socket, BufferedReader answers, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String answer = answers.readLine();
        return answer == null ? "" : answer;
    }

    /** Whether the run file's process is alive and runs this directory's binary: then it is starting or ending. */
    private static boolean mayBeItsProcess(Path data, RunFile run) {
        Path binary = data.resolve("bin").resolve("redis-server").toAbsolutePath();
        return run.pid() > 0
                && ProcessHandle.of(run.pid())
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.startsWith(binary.toString()) || command.equals(SETSID.toString()))
                        .isPresent();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for redis-server", interrupted);
        }
    }

    private static String configuration(Path data, int port, String password) {
        return String.join(
                "\n",
                "bind 127.0.0.1",
                "protected-mode yes",
                "port " + port,
                "requirepass " + password,
                "dir " + quoted(data.toAbsolutePath().toString()),
                "daemonize no",
                "logfile \"\"",
                "save \"\"",
                "appendonly yes",
                "appendfsync always",
                "no-appendfsync-on-rewrite no",
                "aof-load-truncated yes",
                "auto-aof-rewrite-percentage 100",
                "auto-aof-rewrite-min-size 64mb",
                "maxmemory-policy noeviction",
                "timeout 0",
                "tcp-keepalive 60",
                "");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
