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
     */
    record Rejected(Reason reason, String code) implements Outcome {}

    /**
     * Not now. With {@link Reason#UNANSWERED} it may have been taken all the same, so a repeat may be a double.
     *
     * @param reason why
     * @param code the carrier's own code as received; empty where it gave none
     * @param retryAfter how long to wait at least, 0 or more
     */
    record Deferred(Reason reason, String code, Duration retryAfter) implements Outcome {}
}
