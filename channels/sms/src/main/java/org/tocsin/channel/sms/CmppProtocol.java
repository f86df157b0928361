package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.channel.LinkSettings;

/** CMPP 2.0 and 3.0. Source: QB-GF-028-2003 (3.0), its CMPP_SUBMIT; of 2.0 what its implementations agree on. */
record CmppProtocol(SmsSettings settings, CmppAccount account) implements Protocol {
    /** DestUsr_tl is below 100. */
    private static final SmsSettings.Defaults DEFAULTS = new SmsSettings.Defaults(16, 60, 3, 99, 20);

    static CmppProtocol read(LinkSettings from) {
        return new CmppProtocol(SmsSettings.read(from, DEFAULTS), CmppAccount.read(from));
    }

    @Override
    public String name() {
        return account.three() ? "CMPP 3.0" : "CMPP 2.0";
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
        List<WideTemplate.Piece> pieces = new ArrayList<>();
        List<byte[]> segments = text.segments();
        String until = validity.isZero() ? "" : Times.absolute(now.plus(validity));
        for (int i = 0; i < segments.size(); i++) {
            pieces.add(new WideTemplate.Piece(before(text, i, sender, until), after(segments.get(i))));
        }
        return new WideTemplate(
                (out, length, sequence) -> Cmpp.header(out, length, Cmpp.SUBMIT, sequence),
                Cmpp.HEADER,
                "",
                account.numberWidth(),
                pieces);
    }

    private byte[] before(ShortText text, int segment, String sender, String until) {
        ByteBuf out = Unpooled.buffer();
        out.writeLong(0);
        out.writeByte(text.segments().size());
        out.writeByte(segment + 1);
        out.writeByte(1);
        out.writeByte(0);
        Wire.field(out, account.serviceId(), 10);
        out.writeByte(account.feeUserType());
        Wire.field(out, "", account.numberWidth());
        if (account.three()) {
            out.writeByte(0);
        }
        out.writeByte(0);
        out.writeByte(text.isConcatenated() ? 1 : 0);
        out.writeByte(text.dataCoding());
        Wire.field(out, account.messageSource(), 6);
        Wire.field(out, account.feeType(), 2);
        Wire.field(out, account.feeCode(), 6);
        Wire.field(out, until, 17);
        Wire.field(out, "", 17);
        Wire.field(out, sender, 21);
        return Wire.octets(out);
    }

    private byte[] after(byte[] segment) {
        ByteBuf out = Unpooled.buffer();
        if (account.three()) {
            out.writeByte(0);
        }
        out.writeByte(segment.length);
        out.writeBytes(segment);
        out.writeZero(account.three() ? 20 : 8);
        return Wire.octets(out);
    }

    @Override
    public Conversation conversation(SmsLink link, Bind bind) {
        return new CmppConversation(link, bind, settings, account);
    }
}
