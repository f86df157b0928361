package org.tocsin.gateway.issue;

import java.util.List;
import java.util.Optional;

/** Where drafts are kept, by their owner; what is kept is durable. Blocking; may be used by any thread. */
public interface DraftStore {
    /** How an attempt to keep one ended. */
    enum Keeping {
        /** It is kept. */
        KEPT,
        /** The one that is there has not the revision before. */
        STALE,
        /** It is new, and its owner has as many as one may have. */
        FULL
    }

    /** All drafts of an owner, in no order. */
    List<IssueDraft> list(String owner);

    /** The owner's draft of an id. */
    Optional<IssueDraft> find(String owner, String id);

    /**
     * Keeps a draft whose revision is one more than that of the one that is there, 1 for a new one.
     *
     * @param most how many an owner may have
     */
    Keeping keep(IssueDraft draft, int most);

    /** Forgets a draft. */
    void remove(String owner, String id);
}
