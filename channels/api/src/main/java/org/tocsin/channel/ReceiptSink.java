package org.tocsin.channel;

/** Where a link reports its receipts. May be called by any thread; never blocks. */
@FunctionalInterface
public interface ReceiptSink {
    /**
     * Takes a receipt.
     *
     * @param receipt the fact
     * @param kept hears, once and from any thread, when the receipt is durable or cannot be; only then may the carrier
     *     be answered
     */
    void accept(Receipt receipt, Kept kept);
}
