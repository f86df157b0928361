package org.tocsin.channel.sms;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;

/** What differs between the connected protocols. Immutable; any thread. */
interface Protocol {
    /** Its name for people. */
    String name();

    /** What every link has. */
    SmsSettings settings();

    /** What its carriers read beside UCS-2. */
    ShortText.Alphabet alphabet();

    /** The most digits of a sender's number. */
    int longestSender();

    /** The text as this protocol carries it; in one piece where it has a way for that. */
    default ShortText fit(ShortText text) {
        return text;
    }

    /**
     * Encodes all of a batch's submits but the numbers.
     *
     * @param text what all get
     * @param sender the source's number with its extension
     * @param now the time
     * @param validity how long the carrier may try; zero leaves it to the carrier
     */
    SubmitTemplate template(ShortText text, String sender, Instant now, Duration validity);

    /** A connection yet to be opened. */
    Conversation conversation(SmsLink link, Bind bind);

    /** Starts to listen where the carrier is to connect to us; most protocols have no such end. */
    default AutoCloseable listen(SmsLink link, EventLoop loop) {
        return () -> {};
    }
}
