package org.tocsin.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real redis-server of our own, one for each data directory, that syncs each write to disk before it answers.
 *
 * <p>It is supervised: when it ends while it should serve, {@link #health()} says so and it is started again on the
 * same port with the same password, with longer and longer pauses. May be used by any thread.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int PORTS_TO_TRY = 5;

    private final EmbeddedSettings settings;
    private final DataLock lock;
    private final Path binary;
    private final String password;
    private final int port;
    private final StoreHealth health = new StoreHealth();
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "redis-supervisor");
        thread.setDaemon(true);
        return thread;
    });
    private volatile RedisProcess running;
    private volatile boolean closing;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    private EmbeddedRedis(
            EmbeddedSettings settings, DataLock lock, Path binary, String password, int port, RedisProcess running) {
        this.settings = settings;
        this.lock = lock;
        this.binary = binary;
        this.password = password;
        this.port = port;
        this.running = running;
    }

    /**
     * Starts a server whose data lie below the directory.
     *
     * @throws IllegalStateException when another gateway uses the directory (the message tells which), when no server
     *     is shipped for this machine, or when the server does not start (the message has its last words)
     */
    public static EmbeddedRedis start(Path data) {
        return start(EmbeddedSettings.of(data));
    }

    /** Starts a server; see {@link #start(Path)}. */
    public static EmbeddedRedis start(EmbeddedSettings settings) {
        Path data = settings.data().toAbsolutePath();
        try {
            DataLock.prepare(data);
        } catch (IOException failed) {
            throw new UncheckedIOException("the data directory " + data + " cannot be made", failed);
        }
        DataLock lock = DataLock.take(
                data, ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
        try {
            EmbeddedRedis started = startLocked(settings, data, lock);
            started.supervise();
            return started;
        } catch (IOException failed) {
            lock.close();
            throw new UncheckedIOException("no redis-server can be started on " + data, failed);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static EmbeddedRedis startLocked(EmbeddedSettings settings, Path data, DataLock lock) throws IOException {
        Optional<RunFile> left = RunFile.read(data);
        if (left.isPresent()) {
            RedisProcess.endOrphan(data, left.get(), settings.patience());
            Files.deleteIfExists(RunFile.of(data));
        }
        Path binary = ShippedServer.unpack(data);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            new RunFile(0, port, "", password).write(data);
            RedisProcess process = RedisProcess.launch(data, binary, port, password);
            try {
                new RunFile(process.process().pid(), port, "", password).write(data);
                String runId = process.awaitReady(settings.patience());
                new RunFile(process.process().pid(), port, runId, password).write(data);
                return new EmbeddedRedis(settings, lock, binary, password, port, process);
            } catch (IOException | RuntimeException failed) {
                boolean portTaken = process.lastWords().contains("Address already in use");
                process.end();
                if (!portTaken || attempt == PORTS_TO_TRY) {
                    throw failed;
                }
            }
        }
    }

    /** Where it listens, with the password; the same as long as this object lives. */
    public URI uri() {
        return URI.create("redis://:" + password + "@127.0.0.1:" + port);
    }

    /** Whether it serves, and whether its disk has room. */
    public StoreHealth health() {
        return health;
    }

    /** The process that serves now, for operators and tests. */
    public ProcessHandle process() {
        return running.process().toHandle();
    }

    /** Ends the server in order, so that nothing that it answered is lost, and frees the directory. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        health.closed();
        supervisor.shutdownNow();
        try {
            supervisor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        running.end();
        try {
            Files.deleteIfExists(RunFile.of(settings.data()));
        } catch (IOException kept) {
            LOG.warn("{} is left behind: {}", RunFile.of(settings.data()), kept.getMessage());
        } finally {
            lock.close();
        }
    }

    private void supervise() {
        health.ready();
        checkRoom();
        var unused = supervisor.scheduleWithFixedDelay(this::checkRoom, 1, 1, TimeUnit.SECONDS);
        watch(running);
    }

    private void watch(RedisProcess watched) {
        var unused = watched.process().onExit().thenAccept(ended -> {
            if (!closing) {
                health.notReady("redis-server ended with " + ended.exitValue() + ": " + watched.lastWords());
                after(pauseMillis, this::startAgain);
            }
        });
    }

    private void startAgain() {
        if (closing) {
            return;
        }
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        long usable = usable();
        if (usable < settings.startBytes()) {
            health.notReady("the disk is full: " + usable + " bytes usable below " + settings.data());
            after(pauseMillis, this::startAgain);
            return;
        }
        RedisProcess next = null;
        try {
            next = RedisProcess.launch(settings.data(), binary, port, password);
            running = next;
            note(next, "");
            String runId = next.awaitReady(settings.patience());
            note(next, runId);
            health.ready();
            watch(next);
            after(30_000, () -> pauseMillis = FIRST_PAUSE_MILLIS);
        } catch (IOException | RuntimeException failed) {
            if (next != null) {
                next.process().destroyForcibly();
            }
            if (!closing) {
                health.notReady("redis-server does not start: " + failed.getMessage());
                after(pauseMillis, this::startAgain);
            }
        }
    }

    /** Port and password stay, so a run file that cannot be written on a full disk still leads to the server. */
    private void note(RedisProcess process, String runId) {
        try {
            new RunFile(process.process().pid(), port, runId, password).write(settings.data());
        } catch (IOException failed) {
            LOG.warn("{} cannot be written: {}", RunFile.of(settings.data()), failed.getMessage());
        }
    }

    private void checkRoom() {
        long usable = usable();
        health.room(
                usable >= settings.roomBytes(),
                "only " + usable + " bytes usable below " + settings.data() + ", " + settings.roomBytes() + " needed");
    }

    private long usable() {
        try {
            return Files.getFileStore(settings.data()).getUsableSpace();
        } catch (IOException unknown) {
            LOG.warn("the room below {} is not known: {}", settings.data(), unknown.getMessage());
            return 0;
        }
    }

    private void after(long millis, Runnable work) {
        try {
            var unused = supervisor.schedule(work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("the supervisor has ended", closed);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
