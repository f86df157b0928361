package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A redis-server such as an operator runs: with settings of its own, a primary, a replica or a sentinel. */
final class OwnRedis implements AutoCloseable {
    private static final String PASSWORD = "county-secret";

    private final Path folder;
    private final Path file;
    private final int port;
    private final boolean sentinel;
    private @Nullable Process process;

    private OwnRedis(Path folder, Path file, int port, boolean sentinel) {
        this.folder = folder;
        this.file = file;
        this.port = port;
        this.sentinel = sentinel;
    }

    /** Starts one that keeps what it answers; later settings win. */
    static OwnRedis start(Path folder, String... settings) {
        List<String> lines = new ArrayList<>(
                List.of("save \"\"", "appendonly yes", "appendfsync always", "requirepass " + PASSWORD));
        lines.add("masterauth " + PASSWORD);
        lines.add("repl-diskless-sync-delay 0");
        lines.addAll(Arrays.asList(settings));
        return start(folder, false, lines);
    }

    /** Starts one that has all that another has. */
    static OwnRedis replicaOf(OwnRedis primary, Path folder, String... settings) {
        List<String> lines = new ArrayList<>(Arrays.asList(settings));
        lines.add("replicaof 127.0.0.1 " + primary.port);
        OwnRedis replica = start(folder, lines.toArray(String[]::new));
        replica.awaitLink();
        return replica;
    }

    /** Starts a sentinel that watches a primary under the name {@code county}. */
    static OwnRedis sentinel(OwnRedis primary, Path folder, String... settings) {
        List<String> lines = new ArrayList<>(List.of(
                "sentinel monitor county 127.0.0.1 " + primary.port + " 1",
                "sentinel auth-pass county " + PASSWORD,
                "sentinel down-after-milliseconds county 2000",
                "sentinel failover-timeout county 10000"));
        lines.addAll(Arrays.asList(settings));
        return start(folder, true, lines);
    }

    private static OwnRedis start(Path folder, boolean sentinel, List<String> settings) {
        try {
            Files.createDirectories(folder);
            int port = freePort();
            Path file = folder.resolve("redis.conf");
            List<String> lines = new ArrayList<>(List.of(
                    "bind 127.0.0.1", "port " + port, "dir \"" + folder.toAbsolutePath() + "\"", "daemonize no"));
            lines.addAll(settings);
            Files.write(file, lines, UTF_8);
            OwnRedis started = new OwnRedis(folder, file, port, sentinel);
            started.launch();
            return started;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Starts it again with the same settings and data. */
    void launch() {
        begin();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(this::answers);
    }

    /** Starts it again and does not wait until it serves. */
    void begin() {
        begin(List.of());
    }

    /** Starts it again by another program, which gets the server's command line as its last arguments. */
    void begin(List<String> starter) {
        try {
            List<String> command = new ArrayList<>(starter);
            command.add(ShippedServer.unpack(folder).toString());
            command.add(file.toString());
            if (sentinel) {
                command.add("--sentinel");
            }
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("redis.log").toFile()))
                    .start();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Waits until a replica has all that its primary has. */
    void awaitLink() {
        try (Redis here = Redis.connect(uri())) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> here.connection().sync().info("replication").contains("master_link_status:up"));
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    int port() {
        return port;
    }

    URI uri() {
        return URI.create("redis://:" + PASSWORD + "@127.0.0.1:" + port);
    }

    /** Where it listens to those who know no password. */
    URI uriWithoutPassword() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    long pid() {
        Process running = process;
        return running == null ? 0 : running.pid();
    }

    /** Where a sentinel leads to. */
    URI sentinelUri() {
        return URI.create("redis-sentinel://:" + PASSWORD + "@127.0.0.1:" + port + "/0#county");
    }

    Redis connect() {
        return Redis.connect(uri());
    }

    private boolean answers() {
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            String login = sentinel ? "" : "AUTH " + PASSWORD + "\r\n";
            socket.getOutputStream().write((login + "PING\r\n").getBytes(UTF_8));
            java.io.BufferedReader said =
                    new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), UTF_8));
            String first = sentinel ? "" : said.readLine();
            return first != null && "+PONG".equals(said.readLine());
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
