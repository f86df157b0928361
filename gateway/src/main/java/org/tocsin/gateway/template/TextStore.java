package org.tocsin.gateway.template;

import java.util.List;
import org.tocsin.gateway.ledger.Deed;

/** Keeps the versions of texts. Blocks; any thread. */
public interface TextStore {
    /** The versions of a text, the first one first; none where the county never changed it. */
    List<TextVersion> versions(TextKey key);

    /**
     * Keeps a version with its line in the ledger, both or neither.
     *
     * @return false where the version before it is not the last one any more
     */
    boolean keep(TextKey key, TextVersion version, Deed deed);
}
