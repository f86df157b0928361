package org.tocsin.gateway.dispatch;

import java.util.Optional;
import java.util.Set;

/**
 * What is kept of sealed issues: those that are closed and of which no report counts any more. Links forget them, and
 * their journals are trimmed. Blocking; may be used by any thread.
 */
public interface Seals {
    /** Of these issues those that are sealed. */
    Set<String> sealed(Set<String> issues);

    /**
     * What the links knew of a sealed issue, as {@link org.tocsin.gateway.receipt.SealedRoutes} wrote it; empty where
     * it is not sealed or this gateway's archive does not have it.
     */
    Optional<byte[]> evidence(String issue);
}
