package org.tocsin.channel.sms;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What people write, by the codings that carriers name. Source: GSM 03.38, clause 4; CMPP 3.0, Msg_Fmt. */
final class Letters {
    private static final Charset GBK = Charset.forName("GB18030");
    private static final int UCS2 = 8;
    private static final int GBK_CODING = 15;

    private Letters() {}

    /**
     * Reads a text; what cannot be read becomes replacement characters, never an error.
     *
     * @param octets the short message
     * @param from where the text begins
     * @param coding UCS-2 (8, of any class), GBK (15), else ASCII
     */
    static String read(byte[] octets, int from, int coding) {
        Charset charset = coding == GBK_CODING
                ? GBK
                : (coding & 0x0C) == UCS2 ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII;
        return new String(octets, from, octets.length - from, charset);
    }
}
