package org.tocsin.gateway.receipt;

import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/**
 * A report of which nobody knows yet whose it is.
 *
 * @param reference the fingerprint of its reference; 0 where it names none
 * @param address the address that it names; empty where it names none
 * @param evidence what it proves
 * @param reason why it failed; null unless it did
 * @param code the carrier's own code
 * @param at when, in milliseconds since 1970
 */
public record Orphan(long reference, String address, Evidence evidence, @Nullable Reason reason, String code, long at) {
    /** An orphan of a receipt. */
    public static Orphan of(Receipt receipt) {
        String reference = receipt.reference();
        String address = receipt.address();
        return new Orphan(
                reference == null ? 0 : Fingerprint.of(reference),
                address == null ? "" : address,
                receipt.evidence(),
                receipt.reason(),
                receipt.code(),
                receipt.at().toEpochMilli());
    }
}
