package org.tocsin.channel;

/**
 * What carrying one message to one addressee takes on a link, known before it is sent.
 *
 * @param pieces how many pieces (SMS segments) the carrier counts, at least 1
 * @param encoding the alphabet's name for people, such as {@code GSM-7} or {@code UCS-2}; empty where there is no
 *     choice
 * @param characters how many characters are counted, with all that the link adds (a signature)
 * @param price what it costs, in thousandths of the currency's unit
 */
public record Quote(int pieces, String encoding, int characters, long price) {
    /** Refuses what nobody could send. */
    public Quote {
        if (pieces < 1 || characters < 0 || price < 0) {
            throw new IllegalArgumentException("a quote has pieces, and no negative figure");
        }
    }
}
