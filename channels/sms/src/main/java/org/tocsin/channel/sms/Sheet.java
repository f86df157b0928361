package org.tocsin.channel.sms;

import java.util.Objects;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Manner;
import org.tocsin.channel.Message;
import org.tocsin.channel.Notice;

/**
 * What a link does to every text before it goes out: the signature before it, and the alphabet. Immutable.
 *
 * @param signature what stands within 【】 before a text; empty for none
 * @param ucs2 whether all goes out in UCS-2, whatever its characters
 */
record Sheet(String signature, boolean ucs2) {
    private static final int LONGEST_SIGNATURE = 20;

    /** Reads {@code signature} (none) and {@code encoding} (auto). */
    static Sheet read(LinkSettings from) {
        String signature = from.text("signature", "");
        if (signature.length() > LONGEST_SIGNATURE || signature.contains("【") || signature.contains("】")) {
            from.problem("signature", "must be at most " + LONGEST_SIGNATURE + " characters, without 【 and 】");
        }
        String encoding = from.text("encoding", "auto");
        if (!encoding.equals("auto") && !encoding.equals("ucs2")) {
            from.problem("encoding", "must be auto or ucs2, was '" + encoding + "'");
        }
        return new Sheet(signature, encoding.equals("ucs2"));
    }

    /** The text as it goes out; a text that begins with a signature of its own keeps that. */
    String text(Message message) {
        String text = message.part("text");
        return signature.isEmpty() || text.isEmpty() || text.startsWith("【") ? text : "【" + signature + "】" + text;
    }

    /** The segments of a notice's text, which must not be empty. */
    ShortText cut(Notice notice, ShortText.Alphabet alphabet) {
        // The same for each try of an issue, so that a phone can complete a message from two tries.
        int reference = Objects.hash(notice.issue(), notice.message().language());
        return cut(notice.message(), alphabet, reference ^ reference >>> 8 ^ reference >>> 16);
    }

    /** The segments of a message's text, which must not be empty. */
    ShortText cut(Message message, ShortText.Alphabet alphabet, int reference) {
        Manner manner = message.manner();
        boolean wide = ucs2 || manner.encoding() == Manner.Encoding.UCS2;
        return ShortText.of(text(message), reference, wide ? ShortText.Alphabet.NONE : alphabet, manner.flash());
    }
}
