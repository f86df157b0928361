package org.tocsin.gateway.ledger;

/** Somebody outside who keeps the seals, so that a chain that was written anew shows. */
public interface Witness {
    /** Its name in the ledger, in metrics and in files: a word of small letters. */
    String name();

    /** Where it is: another address is another witness, which has confirmed nothing yet. */
    String target();

    /** Under which its receipts are kept: the name, and a hash of where it is. */
    default String id() {
        return name() + ":" + ContentHash.of(target()).substring(0, 16);
    }

    /**
     * Brings a seal; the seals come in their order, and one that was brought before may come again. Blocks, within a
     * limit of its own.
     *
     * @return what the witness answered, as text for the record
     * @throws Failed when nobody knows whether the witness has it
     */
    String show(Seal seal) throws Failed;

    /** The witness did not confirm. */
    final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        /** How it failed. */
        public enum Kind {
            /** It is away, or answered with a failure of its own; try again. */
            AWAY,
            /** It wants the seals before this one first. */
            GAP,
            /** It will not take this seal, such as because it has another one of that day. People must look. */
            REFUSED
        }

        private final Kind kind;

        /**
         * Says why.
         *
         * @param message what happened, without secrets
         */
        public Failed(Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        /** How it failed. */
        public Kind kind() {
            return kind;
        }
    }
}
