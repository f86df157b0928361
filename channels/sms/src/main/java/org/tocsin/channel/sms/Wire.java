package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What CMPP, SMGP and SGIP have in common on the wire: fields of a fixed width, and MD5 of a secret and the time. */
final class Wire {
    private static final int LONGEST_CODE = 64;

    private Wire() {}

    /** Writes ASCII into a field of this width, filled up with zero octets; what is longer is cut. */
    static void field(ByteBuf out, String text, int width) {
        int length = Math.min(text.length(), width);
        out.writeCharSequence(text.substring(0, length), StandardCharsets.US_ASCII);
        out.writeZero(width - length);
    }

    /** Writes a number without its plus sign, from this character on. */
    static void number(ByteBuf out, String number, int from, int width) {
        int length = Math.min(number.length() - from, width);
        for (int i = 0; i < length; i++) {
            out.writeByte(number.charAt(from + i));
        }
        out.writeZero(width - length);
    }

    /**
     * A field's text up to its first zero octet, without blanks at its end.
     *
     * @throws MalformedPdu when the field does not lie before the end
     */
    static String field(ByteBuf in, int at, int width, int end) throws MalformedPdu {
        if (at + width > end) {
            throw new MalformedPdu("a field of " + width + " octets cut short");
        }
        int length = in.bytesBefore(at, width, (byte) 0);
        String text = in.toString(at, length < 0 ? width : length, StandardCharsets.ISO_8859_1);
        return text.isEmpty() || text.charAt(text.length() - 1) != ' ' ? text : text.stripTrailing();
    }

    /** Refuses a body that does not have as many octets as it must. */
    static void require(int start, int octets, int end, String what) throws MalformedPdu {
        if (end - start < octets) {
            throw new MalformedPdu(what + " cut short");
        }
    }

    /** A code as received, printable and short. */
    static String code(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars().limit(LONGEST_CODE).forEach(c -> printable.append(c > ' ' && c < 0x7F ? (char) c : '?'));
        return printable.toString();
    }

    /** MD5 over the name, some zero octets, the secret and the time (MMDDHHMMSS), as CMPP and SMGP have it. */
    static byte[] authenticator(String name, int zeros, String secret, String time) {
        MessageDigest digest = md5();
        digest.update(name.getBytes(StandardCharsets.US_ASCII));
        digest.update(new byte[zeros]);
        digest.update(secret.getBytes(StandardCharsets.US_ASCII));
        digest.update(time.getBytes(StandardCharsets.US_ASCII));
        return digest.digest();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The octets of a buffer, which is released. */
    static byte[] octets(ByteBuf out) {
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        out.release();
        return octets;
    }
}
