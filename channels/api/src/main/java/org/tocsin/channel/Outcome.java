package org.tocsin.channel;

import java.time.Duration;
import java.util.List;

/**
 * What became of one addressee's submit. A channel never retries, never throws for what it expects, and never says
 * success when it knows nothing.
 */
public sealed interface Outcome {
    /**
     * The carrier took it. That is not a delivery.
     *
     * @param references the carrier's ids, one for each segment, by which receipts will come; at least one
     */
    record Accepted(List<String> references) implements Outcome {
        /** Copies the references; refuses none at all. */
        public Accepted {
            references = List.copyOf(references);
            if (references.isEmpty()) {
                throw new IllegalArgumentException("an accepted submit needs a reference");
            }
        }

        /** Accepted as one piece. */
        public Accepted(String reference) {
            this(List.of(reference));
        }
    }

    /**
     * Refused for good on this link.
     *
     * @param reason why
     * @param code the carrier's own code as received; empty where it gave none
     * @param taken where the message has several segments and the carrier took some of them: its ids, one for each
     *     segment, empty for those that it did not take; else none. Their reports prove nothing of the whole
     */
    record Rejected(Reason reason, String code, List<String> taken) implements Outcome {
        /** Copies the ids. */
        public Rejected {
            taken = List.copyOf(taken);
        }

        /** Refused as a whole. */
        public Rejected(Reason reason, String code) {
            this(reason, code, List.of());
        }
    }

    /**
     * Not now. With {@link Reason#UNANSWERED} it may have been taken all the same, so a repeat may be a double.
     *
     * @param reason why
     * @param code the carrier's own code as received; empty where it gave none
     * @param retryAfter how long to wait at least, 0 or more
     * @param taken as for {@link Rejected}
     */
    record Deferred(Reason reason, String code, Duration retryAfter, List<String> taken) implements Outcome {
        /** Copies the ids. */
        public Deferred {
            taken = List.copyOf(taken);
        }

        /** Deferred as a whole. */
        public Deferred(Reason reason, String code, Duration retryAfter) {
            this(reason, code, retryAfter, List.of());
        }
    }

    /** The ids of the segments that a carrier took of a message that it did not take whole; none for all others. */
    default List<String> taken() {
        return List.of();
    }
}
