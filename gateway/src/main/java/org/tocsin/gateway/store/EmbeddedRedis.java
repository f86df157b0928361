package org.tocsin.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real redis-server of our own, one for each data directory, that fsyncs each write before it answers. */
public final class EmbeddedRedis implements AutoCloseable {
    private static final String BINARY = "/redis-server-6.2.6-v5-linux-amd64";

    private final Process process;
    private final URI uri;

    private EmbeddedRedis(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts a server whose data lie below the directory. */
    public static EmbeddedRedis start(Path data) {
        try {
            Path binary = data.resolve("bin").resolve("redis-server");
            Files.createDirectories(binary.getParent());
            try (InputStream shipped = redis.embedded.RedisServer.class.getResourceAsStream(BINARY)) {
                if (shipped == null) {
                    throw new IllegalStateException("no redis-server is shipped for this machine");
                }
                Files.copy(shipped, binary, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!binary.toFile().setExecutable(true)) {
                throw new IllegalStateException(binary + " cannot be made executable");
            }
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Process process = new ProcessBuilder(List.of(
                            binary.toString(),
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--dir",
                            data.toString(),
                            "--appendonly",
                            "yes",
                            "--appendfsync",
                            "always",
                            "--save",
                            ""))
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolve("redis.log").toFile())
                    .start();
            EmbeddedRedis started = new EmbeddedRedis(process, URI.create("redis://127.0.0.1:" + port));
            started.awaitReady();
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() {
        RuntimeException last = new IllegalStateException("not started");
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Redis connected = Redis.connect(uri)) {
                connected.connection().sync().ping();
                return;
            } catch (RuntimeException notYet) {
                last = notYet;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while Redis started", interrupted);
            }
        }
        throw last;
    }
}
