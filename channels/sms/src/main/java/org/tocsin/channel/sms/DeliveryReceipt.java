package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/**
 * Reads deliver_sm: the TLVs receipted_message_id and message_state where they are there, else the text form
 * {@code id:… stat:… err:…}. Source: SMPP 3.4 issue 1.2, 4.6.1, 5.2.28, appendix B.
 *
 * <p>The text's dates have minutes at best and name no time zone, so a receipt happened when it came.
 */
final class DeliveryReceipt {
    private static final int TYPE = 0x3C;
    private static final int RECEIPT = 0x04;
    private static final int INTERMEDIATE = 0x20;
    private static final int LONGEST_CODE = 32;
    private static final int LONGEST_REFERENCE = 64;

    private static final byte[] ID = octets("id:");
    private static final byte[] STAT = octets("stat:");
    private static final byte[] ERR = octets("err:");
    private static final byte[] TEXT = octets("text:");
    private static final byte[] DELIVRD = octets("DELIVRD");
    private static final byte[] NO_ERROR = octets("000");

    private final byte[] octets;
    private int at;

    private @Nullable String reference;
    private @Nullable String textReference;
    private @Nullable String stat;
    private @Nullable String error;
    private int state = -1;

    private DeliveryReceipt(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Reads the body of a deliver_sm.
     *
     * @param in the octets; copied, as reading them one by one from a buffer costs several times as much
     * @param start where the body starts
     * @param end where the PDU ends
     * @param came when it came
     * @return the receipt; null for a message of a person, and for a receipt of nobody
     * @throws MalformedPdu when it is cut short or not what SMPP says
     */
    static @Nullable Receipt read(ByteBuf in, int start, int end, Instant came) throws MalformedPdu {
        byte[] octets = new byte[end - start];
        in.getBytes(start, octets);
        return new DeliveryReceipt(octets).read(came);
    }

    private @Nullable Receipt read(Instant came) throws MalformedPdu {
        skipText(6);
        skip(2);
        int addressAt = at;
        skipText(21);
        String address = text(addressAt, at - 1);
        skip(2);
        skipText(21);
        int type = octet() & TYPE;
        skip(2);
        skipText(17);
        skipText(17);
        skip(4);
        int length = octet();
        int text = at;
        skip(length);
        int textEnd = at;
        while (at < octets.length) {
            if (octets.length - at < 4) {
                throw new MalformedPdu("a TLV cut short");
            }
            int tag = unsignedShort(at);
            int valueAt = at + 4;
            skip(4 + unsignedShort(at + 2));
            if (tag == Smpp.TAG_MESSAGE_PAYLOAD && length == 0) {
                text = valueAt;
                textEnd = at;
            } else {
                take(tag, valueAt, at);
            }
        }
        if (type != RECEIPT && type != INTERMEDIATE && reference == null) {
            return null;
        }
        scan(text, textEnd);
        return receipt(address, type == INTERMEDIATE, came);
    }

    private @Nullable Receipt receipt(String address, boolean intermediate, Instant came) {
        String id = reference != null ? reference : textReference;
        if (id == null && address.isEmpty()) {
            return null;
        }
        Evidence evidence = state >= 0 ? evidenceOf(state) : evidenceOf(stat);
        if (intermediate && evidence == Evidence.FAILED) {
            evidence = Evidence.IN_PROGRESS;
        }
        Reason reason = evidence == Evidence.FAILED ? reason() : null;
        return new Receipt(id, address.isEmpty() ? null : address, evidence, reason, code(), came);
    }

    private void take(int tag, int from, int to) {
        if (tag == Smpp.TAG_MESSAGE_STATE && to - from == 1) {
            state = octets[from] & 0xff;
        } else if (tag == Smpp.TAG_RECEIPTED_MESSAGE_ID && to > from) {
            int last = octets[to - 1] == 0 ? to - 1 : to;
            if (last > from && last - from <= LONGEST_REFERENCE) {
                reference = text(from, last);
            }
        }
    }

    /** Looks at each word of the text form up to {@code text:}, behind which anything may stand. */
    private void scan(int from, int to) {
        int word = from;
        while (word < to) {
            int next = word;
            while (next < to && octets[next] != ' ') {
                next++;
            }
            if (starts(word, next, STAT)) {
                int value = word + STAT.length;
                stat = same(value, next, DELIVRD) ? "DELIVRD" : limited(value, next);
            } else if (starts(word, next, ERR)) {
                int value = word + ERR.length;
                error = same(value, next, NO_ERROR) ? null : limited(value, next);
            } else if (starts(word, next, TEXT)) {
                return;
            } else if (reference == null && textReference == null && starts(word, next, ID)) {
                int value = word + ID.length;
                if (next > value && next - value <= LONGEST_REFERENCE) {
                    textReference = text(value, next);
                }
            }
            word = next + 1;
        }
    }

    private boolean starts(int from, int to, byte[] key) {
        if (to - from < key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            int octet = octets[from + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet) != key[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean same(int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (octets[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private String limited(int from, int to) {
        String text = text(from, Math.min(to, from + LONGEST_CODE));
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().forEach(c -> printable.append(c > ' ' && c < 0x7F ? (char) c : '?'));
        return printable.toString();
    }

    private static Evidence evidenceOf(int state) {
        return switch (state) {
            case 1, 6 -> Evidence.IN_PROGRESS;
            case 2 -> Evidence.DELIVERED;
            case 3, 4, 5, 8 -> Evidence.FAILED;
            default -> Evidence.UNKNOWN;
        };
    }

    private static Evidence evidenceOf(@Nullable String stat) {
        if (stat == null) {
            return Evidence.UNKNOWN;
        }
        return Stat.evidence(stat);
    }

    /**
     * Expired is a phone that was not reached in time; of the rest the carrier says no more, but for a node's error.
     */
    private Reason reason() {
        if (state == 3) {
            return Reason.UNREACHABLE;
        }
        Reason said = stat == null ? null : Stat.reason(stat);
        return said == null || (state >= 0 && said == Reason.UNREACHABLE) ? Reason.UNDELIVERABLE : said;
    }

    private String code() {
        String word = stat != null ? stat : state >= 0 ? "message_state=" + state : "";
        return error == null ? word : word + "/" + error;
    }

    private int octet() throws MalformedPdu {
        skip(1);
        return octets[at - 1] & 0xff;
    }

    private int unsignedShort(int from) {
        return ((octets[from] & 0xff) << 8) | (octets[from + 1] & 0xff);
    }

    /** Octets as they came, one char for each. */
    private String text(int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private void skip(int count) throws MalformedPdu {
        if (count > octets.length - at) {
            throw new MalformedPdu("deliver_sm cut short");
        }
        at += count;
    }

    private void skipText(int longest) throws MalformedPdu {
        int limit = Math.min(octets.length, at + longest);
        while (at < limit && octets[at] != 0) {
            at++;
        }
        if (at == limit) {
            throw new MalformedPdu("a text of more than " + (longest - 1) + " octets or without an end");
        }
        at++;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
