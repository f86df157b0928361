package org.tocsin.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a data directory: {@code <data>/lock}, held by a file lock that ends with the process, whatever ends
 * it. The file says who has it.
 */
final class DataLock implements AutoCloseable {
    /** The directory is in use; the message tells by whom. */
    static final class Taken extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Taken(Path data, String holder) {
            super("the data directory " + data + " is in use by " + holder);
        }
    }

    /**
     * Who holds what in this process. A second channel on the file must not even be opened here: closing it would end
     * the first one's lock (POSIX).
     */
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private final Path key;
    private final FileChannel channel;

    private DataLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param data the directory, which exists
     * @param started when this process started, for whoever is turned away
     * @throws Taken when another has it
     */
    static DataLock take(Path data, Instant started) {
        try {
            Path key = data.toRealPath().resolve("lock");
            String holder = "process " + ProcessHandle.current().pid() + ", started " + started;
            String here = HELD_HERE.putIfAbsent(key, holder);
            if (here != null) {
                throw new Taken(data, here);
            }
            boolean taken = false;
            FileChannel channel =
                    FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                @Nullable FileLock lock = channel.tryLock();
                if (lock == null) {
                    throw new Taken(data, read(channel));
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
                taken = true;
                return new DataLock(key, channel);
            } finally {
                if (!taken) {
                    channel.close();
                    HELD_HERE.remove(key);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the data directory " + data + " cannot be locked", failed);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            HELD_HERE.remove(key);
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(200);
        channel.read(content, 0);
        String holder = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).strip();
        return holder.isEmpty() ? "another process" : holder;
    }

    /** Makes the directory, for its owner alone, where it is not there. */
    static void prepare(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            Files.createDirectories(data);
            OwnerOnly.restrict(data, true);
        }
    }
}
