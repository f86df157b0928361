package org.tocsin.gateway.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that really fills: a small tmpfs, which needs the right to mount. */
@Tag("debian")
class FullDiskIT {
    @TempDir
    Path temporary = Path.of("");

    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws Exception {
        disk = temporary.resolve("disk");
        Files.createDirectory(disk);
        run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    @Test
    void losesNothingThatItAnsweredWhenTheDiskFillsAndGoesOnWhenThereIsRoom() throws Exception {
        EmbeddedSettings settings =
                new EmbeddedSettings(disk.resolve("data"), 4L << 20, 1L << 20, Duration.ofSeconds(30));
        try (EmbeddedRedis server = EmbeddedRedis.start(settings);
                Redis redis = Redis.connect(server.uri())) {
            int answered = fill(redis);

            await().atMost(Duration.ofSeconds(20)).until(() -> !server.health().isReady());
            assertFalse(server.health().acceptsWarnings());
            Path ballast = disk.resolve("ballast");
            makeRoom(ballast);

            await().atMost(Duration.ofSeconds(30)).until(() -> server.health().isReady());
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> "PONG"
                    .equals(redis.connection().sync().ping()));
            for (int number = 0; number < answered; number++) {
                assertEquals(1L, redis.connection().sync().exists("key" + number), "key" + number);
            }
            assertEquals("OK", redis.connection().sync().set("more", new byte[10]));
            await().atMost(Duration.ofSeconds(10)).until(() -> server.health().acceptsWarnings());
        }
    }

    /** Writes until a write is not answered; tells how many were. */
    private static int fill(Redis redis) {
        byte[] block = new byte[64 << 10];
        int answered = 0;
        try {
            for (; answered < 10_000; answered++) {
                redis.connection().sync().set("key" + answered, block);
            }
        } catch (RuntimeException full) {
            assertTrue(answered > 10, () -> "full too early: " + full);
            return answered;
        }
        throw new AssertionError("a disk of 32 MiB took it all");
    }

    /** Enlarges the disk, as an operator would delete what need not be there. */
    private void makeRoom(Path ballast) throws IOException, InterruptedException {
        Files.deleteIfExists(ballast);
        run("mount", "-o", "remount,size=128m", disk.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", command) + ": " + said);
    }
}
