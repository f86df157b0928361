package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.channel.LinkSettings;

/** SMGP 3.0. Source: China Telecom's SMGP 3.0.3, its Submit. */
record SmgpProtocol(SmsSettings settings, SmgpAccount account) implements Protocol {
    private static final SmsSettings.Defaults DEFAULTS = new SmsSettings.Defaults(16, 60, 3, 100, 20);
    private static final int MOBILE_TERMINATED = 6;
    private static final int NUMBER = 21;

    static SmgpProtocol read(LinkSettings from) {
        return new SmgpProtocol(SmsSettings.read(from, DEFAULTS), SmgpAccount.read(from));
    }

    @Override
    public String name() {
        return "SMGP 3.0";
    }

    @Override
    public ShortText.Alphabet alphabet() {
        return ShortText.Alphabet.COMMON;
    }

    @Override
    public int longestSender() {
        return DEFAULTS.longestSource();
    }

    @Override
    public SubmitTemplate template(ShortText text, String sender, Instant now, Duration validity) {
        byte[] before = before(text, sender, validity.isZero() ? "" : Times.absolute(now.plus(validity)));
        List<WideTemplate.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < text.segments().size(); i++) {
            pieces.add(new WideTemplate.Piece(before, after(text, i)));
        }
        return new WideTemplate(
                (out, length, sequence) -> Smgp.header(out, length, Smgp.SUBMIT, sequence),
                Smgp.HEADER,
                "",
                NUMBER,
                pieces);
    }

    private byte[] before(ShortText text, String sender, String until) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(MOBILE_TERMINATED);
        out.writeByte(1);
        out.writeByte(0);
        Wire.field(out, account.serviceId(), 10);
        Wire.field(out, account.feeType(), 2);
        Wire.field(out, account.feeCode(), 6);
        Wire.field(out, "0", 6);
        out.writeByte(text.dataCoding());
        Wire.field(out, until, 17);
        Wire.field(out, "", 17);
        Wire.field(out, sender, NUMBER);
        Wire.field(out, "", NUMBER);
        return Wire.octets(out);
    }

    private static byte[] after(ShortText text, int segment) {
        byte[] octets = text.segments().get(segment);
        ByteBuf out = Unpooled.buffer();
        out.writeByte(octets.length);
        out.writeBytes(octets);
        out.writeZero(8);
        if (text.isConcatenated()) {
            option(out, Smgp.TP_UDHI, 1);
            option(out, Smgp.PK_TOTAL, text.segments().size());
            option(out, Smgp.PK_NUMBER, segment + 1);
        }
        return Wire.octets(out);
    }

    private static void option(ByteBuf out, int tag, int value) {
        out.writeShort(tag);
        out.writeShort(1);
        out.writeByte(value);
    }

    @Override
    public Conversation conversation(SmsLink link, Bind bind) {
        return new SmgpConversation(link, bind, settings, account);
    }
}
