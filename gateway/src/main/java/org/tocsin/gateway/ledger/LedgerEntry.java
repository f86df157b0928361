package org.tocsin.gateway.ledger;

import java.time.Instant;

/**
 * One link of the chain.
 *
 * <p>Its hash is SHA-256 over the canonical bytes: the text {@code tocsin ledger entry 1}, the sequence in decimal, the
 * time as milliseconds since 1970 in decimal, actor, act, subject, contentHash, previousHash, each as a netstring
 * ({@code <length in bytes>:<UTF-8>,}). A third party can recompute it with nothing else.
 *
 * @param sequence 1 for the first, then without gaps
 * @param at when, in whole milliseconds
 * @param actor who
 * @param act what
 * @param subject on what
 * @param contentHash over which content
 * @param previousHash the hash of the entry before; {@link #GENESIS} for the first
 * @param hash this entry's own, 64 lower-case hexadecimal digits
 */
public record LedgerEntry(
        long sequence,
        Instant at,
        String actor,
        String act,
        String subject,
        String contentHash,
        String previousHash,
        String hash) {
    /** What stands in the first entry for the hash of the one before. */
    public static final String GENESIS = "0".repeat(64);

    /** The entry that follows: the deed with its place in the chain. */
    public static LedgerEntry after(LedgerHead head, Deed deed) {
        long sequence = head.sequence() + 1;
        LedgerEntry unsealed = new LedgerEntry(
                sequence, deed.at(), deed.actor(), deed.act(), deed.subject(), deed.contentHash(), head.hash(), "");
        return new LedgerEntry(
                sequence,
                deed.at(),
                deed.actor(),
                deed.act(),
                deed.subject(),
                deed.contentHash(),
                head.hash(),
                ContentHash.of(unsealed.canonicalBytes()));
    }

    /** Whether the hash is that of what the entry says. */
    public boolean isTrue() {
        return ContentHash.of(canonicalBytes()).equals(hash);
    }

    /** The head of a chain that ends with this entry. */
    public LedgerHead head() {
        return new LedgerHead(sequence, hash);
    }

    /** The bytes that the hash is over. */
    public byte[] canonicalBytes() {
        return Netstrings.of(
                "tocsin ledger entry 1",
                Long.toString(sequence),
                Long.toString(at.toEpochMilli()),
                actor,
                act,
                subject,
                contentHash,
                previousHash);
    }
}
