package org.tocsin.gateway.access;

import java.time.Duration;
import java.util.Optional;

/** Where console sessions are kept, by the hash of their id. Blocking; may be used by any thread. */
public interface SessionStore {
    /** Keeps a session for so long. */
    void put(String sessionHash, String clientId, Duration life);

    /** The client of a session that has not run out, whose life starts anew. */
    Optional<String> touch(String sessionHash, Duration life);

    /** Forgets a session. */
    void remove(String sessionHash);
}
