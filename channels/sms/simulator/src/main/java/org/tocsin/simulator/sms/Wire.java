package org.tocsin.simulator.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The numbers of SMPP 3.4 that the simulator speaks, and its small pieces. Source: SMPP 3.4 issue 1.2, chapter 5. */
final class Wire {
    static final int GENERIC_NACK = 0x80000000;
    static final int BIND_RECEIVER = 0x01;
    static final int BIND_TRANSMITTER = 0x02;
    static final int SUBMIT_SM = 0x04;
    static final int DELIVER_SM = 0x05;
    static final int UNBIND = 0x06;
    static final int BIND_TRANSCEIVER = 0x09;
    static final int ENQUIRE_LINK = 0x15;
    static final int RESPONSE = 0x80000000;

    static final int OK = 0x00;
    static final int INVALID_COMMAND = 0x03;
    static final int INVALID_BIND_STATUS = 0x04;
    static final int INVALID_DESTINATION = 0x0B;
    static final int INVALID_PASSWORD = 0x0E;
    static final int QUEUE_FULL = 0x14;
    static final int THROTTLED = 0x58;
    static final int TEMPORARY_APPLICATION_ERROR = 0x64;

    static final int HEADER = 16;
    static final int LONGEST = 65_536;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Wire() {}

    /** Reads a text up to its zero octet. */
    static String text(ByteBuf in, int longest) {
        int length = in.bytesBefore((byte) 0);
        if (length < 0 || length > longest) {
            throw new IndexOutOfBoundsException("a text of more than " + longest + " octets");
        }
        String text = in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1);
        in.skipBytes(length + 1);
        return text;
    }

    /** Skips a text and its zero octet. */
    static void skipText(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        if (length < 0) {
            throw new IndexOutOfBoundsException("a text without an end");
        }
        in.skipBytes(length + 1);
    }

    static void header(ByteBuf out, int length, int command, int status, int sequence) {
        out.writeInt(length);
        out.writeInt(command);
        out.writeInt(status);
        out.writeInt(sequence);
    }

    /** Writes a number as 16 hexadecimal digits. */
    static void id(ByteBuf out, long id) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            out.writeByte(HEX[(int) (id >>> shift) & 15]);
        }
    }

    /** A message id as text: 16 hexadecimal digits. */
    static String id(long id) {
        String digits = Long.toHexString(id);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
