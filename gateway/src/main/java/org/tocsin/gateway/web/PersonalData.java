package org.tocsin.gateway.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of persons: how long, and on request what of one. All answers are JSON, UTF-8. Blocking; may be used by
 * any thread.
 */
public interface PersonalData {
    /** What is kept how long, what would go now, and what goes next. */
    byte[] retention();

    /**
     * All that is held about one person; it is an act of the ledger.
     *
     * @param actor the id of who asks
     * @param personKey whom; null where the phone says it
     * @param phone the telephone number of whom, in any usual form; null where the key says it
     * @param cursor where the page of deliveries before ended; null for the first
     * @return null where the registry holds nobody of them
     * @throws IllegalArgumentException where the phone is no telephone number, or the cursor is none
     */
    byte @Nullable [] show(String actor, @Nullable String personKey, @Nullable String phone, @Nullable String cursor);

    /**
     * Erases a person, and keeps imports from bringing them back; it is an act of the ledger. Again for somebody who is
     * not there any more it does the same.
     *
     * @throws InUse where a warning that is not sealed yet is addressed to them
     * @throws RegistryImport.Busy while an import runs
     * @throws Stale where another gateway over the same store has changed the registry
     */
    byte[] erase(String actor, String personKey);

    /**
     * Lets imports bring a person back who was erased.
     *
     * @return false where they were not
     */
    boolean restore(String actor, String personKey);

    /** The registry of this gateway is not the store's any more: who is erased here may still be there. */
    final class Stale extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Says so. */
        public Stale() {
            super("another gateway has changed the registry", null, false, false);
        }
    }

    /** The evidence of warnings that are not sealed yet names the person. */
    final class InUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<String> warnings;

        /** Says which. */
        public InUse(List<String> warnings) {
            super("addressed by " + warnings.size() + " warnings that are not sealed yet", null, false, false);
            this.warnings = List.copyOf(warnings);
        }

        /** Their ids. */
        public List<String> warnings() {
            return warnings;
        }
    }
}
