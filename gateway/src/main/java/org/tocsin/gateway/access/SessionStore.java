package org.tocsin.gateway.access;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Where console sessions are kept, by the hash of their id. Blocking; may be used by any thread. */
public interface SessionStore {
    /** Keeps a session for so long without use. */
    void put(String sessionHash, Session session, Duration life);

    /** A session that has not run out, whose life starts anew. */
    Optional<Session> touch(String sessionHash, Duration life);

    /** Those of these sessions that have not run out, by their ids' hashes; their lives go on as they were. */
    Map<String, Session> peek(Collection<String> sessionHashes);

    /** Changes a session that is still there, and leaves its life as it is; does nothing where it has run out. */
    void replace(String sessionHash, Session session);

    /** Forgets a session. */
    void remove(String sessionHash);

    /** The sessions of a principal that have not run out, by their ids' hashes, each with what is left of its life. */
    Map<String, Left> of(String principal);

    /**
     * A session and its time.
     *
     * @param session the session
     * @param left how long it lives on without use
     */
    record Left(Session session, Duration left) {}
}
