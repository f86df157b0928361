package org.tocsin.channel;

import java.time.Duration;

/**
 * What a channel can carry and prove.
 *
 * @param addressing whom it addresses, and by what
 * @param largestBatch the most addressees in one batch, at least 1
 * @param strongest the strongest evidence that its receipts can give
 * @param reportsWithin after which time no report is to be expected any more (48 h for SMS, CMPP 3.0 section on
 *     reports)
 */
public record Capabilities(Addressing addressing, int largestBatch, Evidence strongest, Duration reportsWithin) {
    /** Refuses an empty batch. */
    public Capabilities {
        if (largestBatch < 1) {
            throw new IllegalArgumentException("largestBatch must be at least 1, was " + largestBatch);
        }
    }
}
