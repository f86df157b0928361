package org.tocsin.simulator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A carrier's own record of what it saw, {@code <channel>-<provider>.csv}:
 * {@code time,link,address,carrierId,event,code}. Any thread may write.
 */
public final class Book implements AutoCloseable {
    /** What a carrier can have seen. */
    public enum Event {
        /** A whole message was submitted (all its segments). */
        SUBMIT("submit"),
        /** It was answered; the code is {@code ok}, or the refusal's. */
        ANSWER("answer"),
        /** A report was sent; the code is the report's. */
        REPORT("report"),
        /** The gateway answered the report with success. */
        REPORT_ANSWERED("reportAnswered");

        private final String word;

        Event(String word) {
            this.word = word;
        }
    }

    private final @Nullable BufferedWriter writer;

    private Book(@Nullable BufferedWriter writer) {
        this.writer = writer;
    }

    static Book open(@Nullable Path folder, String channel, String provider) {
        if (folder == null) {
            return new Book(null);
        }
        try {
            Files.createDirectories(folder);
            BufferedWriter writer =
                    Files.newBufferedWriter(folder.resolve(channel + "-" + provider + ".csv"), StandardCharsets.UTF_8);
            writer.write("time,link,address,carrierId,event,code\n");
            return new Book(writer);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes a line. Commas and line breaks in the fields become spaces. */
    public void write(Instant time, String link, String address, String carrierId, Event event, String code) {
        BufferedWriter out = writer;
        if (out == null) {
            return;
        }
        String line = time + "," + plain(link) + "," + plain(address) + "," + plain(carrierId) + "," + event.word + ","
                + plain(code) + "\n";
        synchronized (this) {
            try {
                out.write(line);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** Hands all that was written to the system, so that others can read it. */
    public synchronized void flush() {
        try {
            if (writer != null) {
                writer.flush();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String plain(String text) {
        return text.replace(',', ' ').replace('\n', ' ').replace('\r', ' ');
    }
}
