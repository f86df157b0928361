package org.tocsin.gateway.issue;

import java.util.List;
import java.util.Optional;
import org.tocsin.gateway.ledger.Deed;

/** Where saved areas are kept, each change with its line in the ledger. Blocking; may be used by any thread. */
public interface SavedAreaStore {
    /** How an attempt to keep one ended. */
    enum Keeping {
        /** It is kept. */
        KEPT,
        /** It has been changed or removed since, or one of that id is there already. */
        STALE,
        /** There are as many as there may be. */
        FULL
    }

    /** All of them. */
    List<SavedArea> list();

    /** The area of an id. */
    Optional<SavedArea> find(String id);

    /**
     * Keeps an area whose version is one more than that of the one that is there, 1 for a new one.
     *
     * @param most how many there may be
     */
    Keeping keep(SavedArea area, int most, Deed deed);

    /** Forgets an area of this version; false where there is none. */
    boolean remove(String id, long version, Deed deed);
}
