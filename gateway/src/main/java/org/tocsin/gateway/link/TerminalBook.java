package org.tocsin.gateway.link;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Since when each terminal is there or gone, as far as it was seen since the start. May be used by any thread. */
public final class TerminalBook implements TerminalPresence {
    /**
     * Where a terminal is.
     *
     * @param online whether it can be told something
     * @param since from when on
     */
    public record Seen(boolean online, Instant since) {}

    private final InstantSource clock;
    private final Map<String, Seen> byCode = new ConcurrentHashMap<>();

    /** Makes an empty book. */
    public TerminalBook(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void online(String code) {
        byCode.put(code, new Seen(true, clock.instant()));
    }

    @Override
    public void offline(String code) {
        byCode.put(code, new Seen(false, clock.instant()));
    }

    /** Where a terminal is; empty where it was not seen since the start. */
    public Optional<Seen> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }
}
