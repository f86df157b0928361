package org.tocsin.channel;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** What a link is given from outside; may be used by any thread. */
public interface ChannelContext {
    /** The link's id in settings, journal and books, such as {@code sms-mobile}. */
    String link();

    /** The link's settings. */
    LinkSettings settings();

    /** The time of day. */
    InstantSource clock();

    /** Chance, seeded in tests. */
    RandomGenerator random();

    /** For time-outs, heartbeats and reconnects; tasks on it must not block. */
    ScheduledExecutorService timer();

    /** HTTP to providers. */
    HttpExchange http();

    /** The connected terminals. */
    TerminalLink terminals();

    /** Where receipts go. */
    ReceiptSink receipts();

    /** Where go what people write back. Where nobody keeps them a carrier is told so, and repeats them later. */
    default ReplySink replies() {
        return (reply, kept) -> kept.settled(false);
    }
}
