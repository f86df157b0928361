package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The numbers of SMPP 3.4 and the reading of its pieces. Source: SMPP 3.4 issue 1.2, chapters 4 and 5. */
final class Smpp {
    static final int RESPONSE = 0x80000000;
    static final int GENERIC_NACK = 0x80000000;
    static final int SUBMIT_SM = 0x00000004;
    static final int SUBMIT_SM_RESP = SUBMIT_SM | RESPONSE;
    static final int DELIVER_SM = 0x00000005;
    static final int DELIVER_SM_RESP = DELIVER_SM | RESPONSE;
    static final int UNBIND = 0x00000006;
    static final int UNBIND_RESP = UNBIND | RESPONSE;
    static final int BIND_TRANSCEIVER = 0x00000009;
    static final int BIND_TRANSCEIVER_RESP = BIND_TRANSCEIVER | RESPONSE;
    static final int ENQUIRE_LINK = 0x00000015;
    static final int ENQUIRE_LINK_RESP = ENQUIRE_LINK | RESPONSE;
    static final int ALERT_NOTIFICATION = 0x00000102;

    static final int TAG_RECEIPTED_MESSAGE_ID = 0x001E;
    static final int TAG_MESSAGE_PAYLOAD = 0x0424;
    static final int TAG_MESSAGE_STATE = 0x0427;

    static final int HEADER = 16;
    /** A message_payload of 64 KiB and all that can stand around it. */
    static final int LONGEST_PDU = 66_560;
    /** The longest message_id with its zero octet (SMPP 3.4, 5.2.23). */
    static final int LONGEST_ID = 65;

    static final int VERSION = 0x34;

    private Smpp() {}

    /**
     * The length of the PDU that starts at the reader index; 0 while it is not there as a whole.
     *
     * @throws MalformedPdu when the length cannot be true
     */
    static int frame(ByteBuf in) throws MalformedPdu {
        int readable = in.readableBytes();
        if (readable < 4) {
            return 0;
        }
        int length = in.getInt(in.readerIndex());
        if (length < HEADER || length > LONGEST_PDU) {
            throw new MalformedPdu("command_length " + Integer.toUnsignedString(length));
        }
        return readable < length ? 0 : length;
    }

    /**
     * The index of the zero octet that ends a text.
     *
     * @param start where the text starts
     * @param end where the PDU ends
     * @param longest how many octets it may have with its zero octet
     * @throws MalformedPdu when there is none
     */
    static int endOfText(ByteBuf in, int start, int end, int longest) throws MalformedPdu {
        int limit = Math.min(end, start + longest);
        for (int at = start; at < limit; at++) {
            if (in.getByte(at) == 0) {
                return at;
            }
        }
        throw new MalformedPdu("a text of more than " + (longest - 1) + " octets or without an end");
    }

    /** A text of octets as they came; one char for each. */
    static String text(ByteBuf in, int start, int end) {
        return in.toString(start, end - start, StandardCharsets.ISO_8859_1);
    }

    static void header(ByteBuf out, int length, int command, int status, int sequence) {
        out.writeInt(length);
        out.writeInt(command);
        out.writeInt(status);
        out.writeInt(sequence);
    }

    /** Writes a text of ASCII and its zero octet. */
    static void text(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
        out.writeByte(0);
    }
}
