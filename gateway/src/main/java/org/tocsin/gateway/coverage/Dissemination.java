package org.tocsin.gateway.coverage;

/**
 * The dissemination coverage: in how many villages of the area at least one channel has delivered.
 *
 * @param villages the villages of the area
 * @param delivered those with at least one delivery, to a person or by a terminal, 0 to {@code villages}
 */
public record Dissemination(int villages, int delivered) {
    /** Refuses more villages delivered to than there are. */
    public Dissemination {
        if (delivered < 0 || villages < delivered) {
            throw new IllegalArgumentException("delivered must be 0 to " + villages + ", was " + delivered);
        }
    }
}
