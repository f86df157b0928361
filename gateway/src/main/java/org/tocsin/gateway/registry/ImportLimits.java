package org.tocsin.gateway.registry;

/**
 * How much an import takes.
 *
 * @param bytes the longest file; the rest is not read, and the report says so
 * @param lineLength the longest line in characters; a longer one is refused
 * @param problems how many problems are reported; further ones are counted
 * @param boundaryPoints the most points in one boundary
 */
public record ImportLimits(long bytes, int lineLength, int problems, int boundaryPoints) {
    /** 1 GiB, 8,192 characters, 1,000 problems, 200,000 points. */
    public static final ImportLimits DEFAULT = new ImportLimits(1L << 30, 8192, 1000, 200_000);
}
