package org.tocsin.channel.sms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of a person, or one segment of it.
 *
 * @param id the carrier's id; null where it gives none
 * @param from who wrote
 * @param to the number written to
 * @param reference the concatenation's reference, by which segments belong together
 * @param total how many segments the message has, 1 for a whole one
 * @param number which one this is, from 1
 * @param text its text
 * @param at when it came
 */
record Fragment(
        @Nullable String id, String from, String to, int reference, int total, int number, String text, Instant at) {
    /**
     * Reads a person's short message: the concatenation header, where there is one, and the text by its coding.
     *
     * @param coding the protocol's coding, which is that of GSM 03.38 with 15 for GBK
     * @param headed whether the octets begin with a user data header
     */
    static Fragment read(
            @Nullable String id, String from, String to, int coding, boolean headed, byte[] octets, Instant at) {
        int skip = 0;
        int reference = 0;
        int total = 1;
        int number = 1;
        if (headed && octets.length > 0 && (octets[0] & 0xff) < octets.length) {
            skip = 1 + (octets[0] & 0xff);
            for (int element = 1; element + 1 < skip; element += 2 + (octets[element + 1] & 0xff)) {
                int length = octets[element + 1] & 0xff;
                boolean narrow = octets[element] == 0 && length == 3;
                boolean wide = octets[element] == 8 && length == 4;
                if ((narrow || wide) && element + 2 + length <= skip) {
                    int last = element + 1 + length;
                    reference = octets[element + 2] & 0xff;
                    if (wide) {
                        reference = (reference << 8) | (octets[element + 3] & 0xff);
                    }
                    total = octets[last - 1] & 0xff;
                    number = octets[last] & 0xff;
                }
            }
        }
        if (total == 0 || number == 0 || number > total) {
            total = 1;
            number = 1;
        }
        return new Fragment(id, from, to, reference, total, number, Letters.read(octets, skip, coding), at);
    }

    /** Names neither the person nor what they wrote. */
    @Override
    public String toString() {
        return "Fragment[" + number + " of " + total + "]";
    }
}
