package org.tocsin.gateway.store;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What {@code <data>/redis.run} says of the server that runs or ran on the directory; readable by its owner only.
 *
 * @param pid its process; 0 where it was not known yet
 * @param port where it listens on 127.0.0.1
 * @param runId Redis' own name for that run; empty where it was not known yet
 * @param password what opens it: nobody else's server knows it
 */
record RunFile(long pid, int port, String runId, String password) {
    static Path of(Path data) {
        return data.resolve("redis.run");
    }

    static Optional<RunFile> read(Path data) throws IOException {
        Path file = of(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        lines.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        try {
            return Optional.of(new RunFile(
                    Long.parseLong(lines.getProperty("pid", "0")),
                    Integer.parseInt(lines.getProperty("port", "")),
                    lines.getProperty("runId", ""),
                    lines.getProperty("password", "")));
        } catch (NumberFormatException unreadable) {
            throw new IOException(
                    file + " is damaged; make sure that no redis-server runs on it, then delete it", unreadable);
        }
    }

    void write(Path data) throws IOException {
        OwnerOnly.write(
                of(data), "pid=" + pid + "\nport=" + port + "\nrunId=" + runId + "\npassword=" + password + "\n");
    }
}
