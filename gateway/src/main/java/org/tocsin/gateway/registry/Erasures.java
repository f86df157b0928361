package org.tocsin.gateway.registry;

import java.util.Set;
import org.tocsin.gateway.ledger.Deed;

/**
 * The list of those who asked to be erased, by a keyed hash of their key: so that an import does not bring them back.
 * Blocking; may be used by any thread.
 */
public interface Erasures {
    /** The key of the hashes, 32 random bytes, the same for all gateways of a store. */
    byte[] secret();

    /** All that are on the list. */
    Set<String> all();

    /** Puts somebody on the list, with a deed in the ledger, both or none. */
    void add(String hash, Deed deed);

    /**
     * Takes somebody off the list, with a deed in the ledger.
     *
     * @return false, and nothing is changed, where they are not on it
     */
    boolean remove(String hash, Deed deed);
}
