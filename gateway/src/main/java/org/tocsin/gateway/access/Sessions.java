package org.tocsin.gateway.access;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sessions of the console: a random id of 128 bits stands for a key. Blocking; may be used by any thread. */
public final class Sessions {
    private static final int BYTES = 16;

    private final SessionStore store;
    private final Access access;
    private final RandomGenerator random;
    private final Duration idle;

    /**
     * Makes it.
     *
     * @param store where sessions are kept
     * @param access who is who
     * @param random a cryptographic source, such as {@link java.security.SecureRandom}
     * @param idle how long a session lives without use
     */
    public Sessions(SessionStore store, Access access, RandomGenerator random, Duration idle) {
        this.store = store;
        this.access = access;
        this.random = random;
        this.idle = idle;
    }

    /**
     * Opens a session for the key's owner.
     *
     * @return the session's id, to be told to that owner alone; empty for an unknown key
     */
    public Optional<String> open(String key) {
        return access.authenticate(key).map(principal -> {
            byte[] id = new byte[BYTES];
            random.nextBytes(id);
            String session = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
            store.put(KeyHash.ofSession(session), principal.id(), idle);
            return session;
        });
    }

    /** Who is signed in by this id, as it may act now; its time starts anew. Empty when it has run out. */
    public Optional<Principal> find(String session) {
        return session.length() > 64
                ? Optional.empty()
                : store.touch(KeyHash.ofSession(session), idle).flatMap(access::find);
    }

    /** Ends a session. */
    public void end(String session) {
        store.remove(KeyHash.ofSession(session));
    }
}
