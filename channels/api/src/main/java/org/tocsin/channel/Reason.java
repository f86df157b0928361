package org.tocsin.channel;

import java.util.Locale;

/** Why something was not sent or not delivered: a closed list, the metric's label and the report's column. */
public enum Reason {
    /** The registry has no address of this kind for the person. */
    NO_ADDRESS,
    /** The address cannot exist. */
    INVALID_ADDRESS,
    /** The carrier knows no such subscriber, token, follower or mailbox. */
    UNKNOWN_SUBSCRIBER,
    /** The subscriber blocks or has left the sender. */
    OPTED_OUT,
    /** An Exercise or Test must not reach this addressee. */
    NOT_A_PROBE,
    /** The carrier refuses the content. */
    CONTENT_REFUSED,
    /** The content is longer than the carrier takes. */
    TOO_LONG,
    /** The carrier refuses the account. */
    UNAUTHORISED,
    /** The account's quota or money is used up. */
    QUOTA,
    /** Too fast for the carrier, by its own code; without a code, too much for the link's own queue. */
    THROTTLED,
    /** The carrier is busy or failing. */
    CARRIER_ERROR,
    /** The link is not connected. */
    LINK_DOWN,
    /** Submitted, and no answer came: it may have been taken. */
    UNANSWERED,
    /** The device was off, out of reach or full until the carrier gave up. */
    UNREACHABLE,
    /** The device took it and failed to show or play it. */
    DEVICE_FAULT,
    /** The carrier says that it could not be delivered, and no more. */
    UNDELIVERABLE,
    /** The warning's time is over. */
    EXPIRED,
    /** The warning was stopped, cancelled or superseded before it was sent. */
    DROPPED,
    /** A defect of this gateway. */
    INTERNAL,
    /** A code that nobody has mapped; kept as received. */
    UNKNOWN_CODE;

    /** The name in reports and metrics, such as {@code no-address}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
