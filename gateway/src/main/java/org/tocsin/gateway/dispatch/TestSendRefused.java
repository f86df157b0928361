package org.tocsin.gateway.dispatch;

/** A test is not sent; nothing went to the carrier. */
public final class TestSendRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Why {
        /** There is no such link, or it speaks to terminals. */
        NO_LINK,
        /** The link is not connected, or another gateway has it. */
        LINK_DOWN,
        /** The registry has no contact whose key is the sender's own id. */
        NOT_ON_RECORD,
        /** The sender's contact is no probe: no Exercise or Test may reach it. */
        NO_PROBE,
        /** The sender's contact has no address of the link's kind. */
        NO_ADDRESS,
        /** The sender sent one less than a minute ago, or all together sent too many in the last hour. */
        TOO_OFTEN
    }

    private final Why why;

    TestSendRefused(Why why) {
        super("a test is not sent: " + why, null, false, false);
        this.why = why;
    }

    /** Why. */
    public Why why() {
        return why;
    }
}
