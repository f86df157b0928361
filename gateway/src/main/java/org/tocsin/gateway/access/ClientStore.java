package org.tocsin.gateway.access;

import java.util.List;
import java.util.Optional;
import org.tocsin.gateway.ledger.Deed;

/** Where clients are kept. Blocking; may be used by any thread. */
public interface ClientStore {
    /** The client whose key has this hash. */
    Optional<ApiClient> findByKeyHash(String keyHash);

    /** The client of this name. */
    Optional<ApiClient> find(String id);

    /** All clients. */
    List<ApiClient> list();

    /**
     * Keeps the very first clients, all or none, with their ledger entry.
     *
     * @return false, and nothing is changed, where there is a client already
     */
    boolean createFirst(List<ApiClient> clients, Deed deed);
}
