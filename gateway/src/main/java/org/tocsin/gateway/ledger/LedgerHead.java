package org.tocsin.gateway.ledger;

/**
 * Where a chain ends.
 *
 * @param sequence the last entry's number; 0 for an empty chain
 * @param hash the last entry's hash; {@link LedgerEntry#GENESIS} for an empty chain
 */
public record LedgerHead(long sequence, String hash) {
    /** The head of a chain without entries. */
    public static final LedgerHead EMPTY = new LedgerHead(0, LedgerEntry.GENESIS);
}
