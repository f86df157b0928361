package org.tocsin.gateway.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded server is run.
 *
 * @param data the data directory
 * @param roomBytes below how much usable disk new warnings are refused, in bytes
 * @param startBytes below how much usable disk a server that has ended is not started again, in bytes
 * @param patience how long to wait for an orphan to end and for a data set to load
 */
public record EmbeddedSettings(Path data, long roomBytes, long startBytes, Duration patience) {
    /** 256 MiB for new warnings, 1 MiB to start again, ten minutes. */
    public static EmbeddedSettings of(Path data) {
        return new EmbeddedSettings(data, 256L << 20, 1L << 20, Duration.ofMinutes(10));
    }

    /** The same with another limit of room. */
    public EmbeddedSettings withRoom(long bytes) {
        return new EmbeddedSettings(data, bytes, startBytes, patience);
    }
}
