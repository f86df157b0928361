package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {
    private static final byte[] VALUE = "暴雨".getBytes(UTF_8);

    @TempDir
    Path temporary = Path.of("");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int last = open.size() - 1; last >= 0; last--) {
            open.get(last).close();
        }
    }

    @Test
    void tellsASecondGatewayWhoHasTheDirectory() {
        EmbeddedRedis first = start(data());

        IllegalStateException taken = assertThrows(IllegalStateException.class, () -> EmbeddedRedis.start(data()));

        assertTrue(
                String.valueOf(taken.getMessage())
                        .contains("process " + ProcessHandle.current().pid() + ", started 2"),
                taken::toString);
        assertTrue(first.health().isReady());
        put(first, "after");
    }

    @Test
    void tellsAnotherProcessWhoHasTheDirectory() throws Exception {
        start(data());

        Process other = otherGateway(data());
        String said = new String(other.getInputStream().readAllBytes(), UTF_8);

        assertEquals(3, other.waitFor());
        assertTrue(
                said.contains("is in use by process " + ProcessHandle.current().pid()), said);
    }

    @Test
    void shutsDownTheServerThatAKilledGatewayLeft() throws Exception {
        Process killed = otherGateway(data());
        String line = killed.inputReader().readLine();
        long orphan = Long.parseLong(line.replace("serving ", ""));
        killed.destroyForcibly().waitFor();
        assertTrue(ProcessHandle.of(orphan).orElseThrow().isAlive(), "the server outlives its gateway");

        EmbeddedRedis next = start(data());

        assertTrue(ProcessHandle.of(orphan)
                .flatMap(ended -> ended.info().command())
                .isEmpty());
        assertArrayEquals(VALUE, connect(next).connection().sync().get("kept"));
    }

    @Test
    void neverTouchesAStrangerWhosePidAndPortTheRunFileNames() throws Exception {
        Files.createDirectories(data());
        Process stranger = new ProcessBuilder("sleep", "60").start();
        open.add(stranger::destroyForcibly);
        EmbeddedRedis elsewhere = start(temporary.resolve("elsewhere"));
        int port = elsewhere.uri().getPort();
        new RunFile(stranger.pid(), port, "0000", "wrong").write(data());

        start(data());

        assertTrue(stranger.isAlive());
        assertTrue(elsewhere.process().isAlive());
    }

    @Test
    void startsAgainAfterAKillAndHasTheData() {
        EmbeddedRedis server = start(data());
        List<StoreHealth.State> states = new CopyOnWriteArrayList<>();
        server.health().addListener(states::add);
        Redis redis = connect(server);
        redis.connection().sync().set("kept", VALUE);
        long before = server.process().pid();

        for (int round = 0; round < 3; round++) {
            int seen = states.size();
            ProcessHandle victim = server.process();
            victim.destroyForcibly();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> states.size() >= seen + 2 && server.health().isReady());
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> redis.connection().sync().get("kept") != null);
            assertNotEquals(victim.pid(), server.process().pid());
        }

        assertFalse(states.get(0).ready());
        assertTrue(
                states.get(0).reason().contains("ended with 137"), states.get(0).reason());
        assertNotEquals(before, server.process().pid());
        assertArrayEquals(VALUE, redis.connection().sync().get("kept"));
    }

    @Test
    void refusesCommandsAtOnceWhileTheServerIsAway() {
        EmbeddedRedis server = start(data());
        Redis redis = connect(server);
        server.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> !redis.connection().isOpen() || refused(redis));
        long before = System.nanoTime();

        assertTrue(refused(redis));
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(2).toNanos());
    }

    @Test
    void loadsAFileWhoseEndWasNotWritten() throws IOException {
        EmbeddedRedis first = start(data());
        connect(first).connection().sync().set("kept", VALUE);
        first.close();
        Path file = data().resolve("appendonly.aof");
        Files.writeString(file, "*3\r\n$3\r\nSET\r\n$5\r\nhal", StandardOpenOption.APPEND);

        EmbeddedRedis next = start(data());

        assertArrayEquals(VALUE, connect(next).connection().sync().get("kept"));
    }

    @Test
    void keepsItsPasswordFromOtherUsers() throws IOException {
        EmbeddedRedis server = start(data());
        String password = server.uri().getUserInfo().substring(1);

        assertEquals(64, password.length());
        assertEquals("rw-------", permissions(RunFile.of(data())));
        assertEquals("rwx------", permissions(data()));
        String commandLine =
                Files.readString(Path.of("/proc/" + server.process().pid() + "/cmdline"));
        assertFalse(commandLine.contains(password), commandLine);
        assertFalse(Files.readString(data().resolve("redis.log")).contains(password));
        assertThrows(RuntimeException.class, () -> Redis.connect(java.net.URI.create(
                        "redis://:wrong@127.0.0.1:" + server.uri().getPort()))
                .close());
    }

    @Test
    void refusesWarningsWhereTheDiskIsShort() {
        EmbeddedRedis server = EmbeddedRedis.start(EmbeddedSettings.of(data()).withRoom(Long.MAX_VALUE));
        open.add(server);

        assertTrue(server.health().isReady());
        assertFalse(server.health().acceptsWarnings());
        assertTrue(server.health().state().reason().contains("bytes usable"));
    }

    @Test
    void leavesNothingRunningWhenClosed() {
        EmbeddedRedis server = start(data());
        ProcessHandle process = server.process();
        server.close();

        assertFalse(process.isAlive());
        assertFalse(Files.exists(RunFile.of(data())));
        assertFalse(server.health().isReady());
        start(data());
    }

    @Test
    void findsAnotherPortWhenOneIsTakenMeanwhile() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertNotEquals(busy.getLocalPort(), start(data()).uri().getPort());
        }
    }

    /** A gateway's store in a process of its own: prints {@code serving <pid of redis>}, or ends with 3 and why. */
    public static final class Other {
        private Other() {}

        /** Runs it. */
        public static void main(String[] arguments) throws InterruptedException {
            try {
                EmbeddedRedis server = EmbeddedRedis.start(Path.of(arguments[0]));
                put(server, "kept");
                System.out.println("serving " + server.process().pid());
                TimeUnit.MINUTES.sleep(2);
                server.close();
            } catch (IllegalStateException refused) {
                System.out.println(refused.getMessage());
                System.exit(3);
            }
        }
    }

    private Process otherGateway(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Other.class.getName(),
                        data.toString())
                .redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        open.add(process::destroyForcibly);
        return process;
    }

    private static void put(EmbeddedRedis server, String key) {
        try (Redis redis = Redis.connect(server.uri())) {
            redis.connection().sync().set(key, VALUE);
        }
    }

    private static boolean refused(Redis redis) {
        try {
            redis.connection().sync().ping();
            return false;
        } catch (RuntimeException expected) {
            return true;
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Path data() {
        return temporary.resolve("data with \"quotes\" 数据");
    }

    private EmbeddedRedis start(Path data) {
        EmbeddedRedis server = EmbeddedRedis.start(data);
        open.add(server);
        return server;
    }

    private Redis connect(EmbeddedRedis server) {
        Redis redis = Redis.connect(server.uri());
        open.add(redis);
        return redis;
    }
}
