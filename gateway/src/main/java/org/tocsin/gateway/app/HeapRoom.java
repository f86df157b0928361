package org.tocsin.gateway.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the heap (-Xmx) is large enough for the people whom the store keeps. With too little the collector would work
 * without end, and nothing would say why.
 */
final class HeapRoom {
    /** What the gateway takes itself; measured 17 MB. */
    private static final long BASE = 32L << 20;

    /** A person with a phone number and little else; measured 56 (`load-tests growth`). */
    private static final int LEAST_BYTES_A_PERSON = 60;

    /** A person with name, position and addresses. */
    private static final int BYTES_A_PERSON = 100;

    /** A recipient's claim and references while receipts may come, for a text of two segments. */
    private static final int BYTES_A_RECIPIENT = 64;

    private static final long MEBIBYTE = 1L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(HeapRoom.class);

    private HeapRoom() {}

    /** The heap cannot hold the registry. */
    static final class TooSmall extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private TooSmall(String message) {
            super(message);
        }
    }

    /** The bytes of heap with less of which the people cannot even be read. */
    static long toStart(int people) {
        return BASE + (long) people * LEAST_BYTES_A_PERSON;
    }

    /** The bytes of heap with which a warning of two segments can go to all of them; a quarter is the collector's. */
    static long toWarnAll(int people) {
        long held = BASE + (long) people * (BYTES_A_PERSON + BYTES_A_RECIPIENT);
        return held + held / 4;
    }

    /**
     * Looks before the people are read; says loudly where one warning to all would not fit.
     *
     * @param people how many the store keeps
     * @param heap the most that the heap may be, in bytes
     * @throws TooSmall where they do not fit at all
     */
    static void require(int people, long heap) {
        if (heap < toStart(people)) {
            throw new TooSmall(said(people, heap, "who take", toStart(people)) + ": start it with -Xmx"
                    + mebibytes(toWarnAll(people)) + "m or more");
        }
        if (heap < toWarnAll(people)) {
            LOG.warn(
                    "{}: a warning to all may end the gateway; start it with -Xmx{}m or more",
                    said(people, heap, "who with one warning of two segments to all take", toWarnAll(people)),
                    mebibytes(toWarnAll(people)));
        }
    }

    private static String said(int people, long heap, String what, long needed) {
        return "the heap of " + heap / MEBIBYTE + " MiB (-Xmx) is too small for the registry's " + people + " people, "
                + what + " some " + mebibytes(needed) + " MiB";
    }

    private static long mebibytes(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }
}
