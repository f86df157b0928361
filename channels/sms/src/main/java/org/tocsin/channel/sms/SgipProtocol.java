package org.tocsin.channel.sms;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.channel.LinkSettings;

/** SGIP 1.2. Source: China Unicom's SGIP 1.2, its Submit. */
record SgipProtocol(SmsSettings settings, SgipAccount account) implements Protocol {
    private static final SmsSettings.Defaults DEFAULTS = new SmsSettings.Defaults(16, 30, 1, 100, 20);
    private static final String CHINA = "86";

    static SgipProtocol read(LinkSettings from) {
        return new SgipProtocol(SmsSettings.read(from, DEFAULTS), SgipAccount.read(from));
    }

    @Override
    public String name() {
        return "SGIP 1.2";
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
        ByteBuf out = Unpooled.buffer();
        Wire.field(out, sender, Sgip.NUMBER);
        // The charge number of a message that costs the receiver nothing (SGIP 1.2, Submit).
        Wire.field(out, "000000000000000000000", Sgip.NUMBER);
        byte[] before = Wire.octets(out);
        String until = validity.isZero() ? "" : Times.absolute(now.plus(validity));
        List<WideTemplate.Piece> pieces = new ArrayList<>();
        for (byte[] segment : text.segments()) {
            pieces.add(new WideTemplate.Piece(before, after(text, segment, until)));
        }
        int node = (int) account.node();
        // One time for a batch: what makes a sequence unique is its number.
        int time = Integer.parseInt(Times.stamp(now));
        return new WideTemplate(
                (to, length, sequence) -> Sgip.header(to, length, Sgip.SUBMIT, node, time, sequence),
                Sgip.HEADER,
                CHINA,
                Sgip.NUMBER,
                pieces);
    }

    private byte[] after(ShortText text, byte[] segment, String until) {
        ByteBuf out = Unpooled.buffer();
        Wire.field(out, account.corpId(), 5);
        Wire.field(out, account.serviceType(), 10);
        // FeeType 1: free for the receiver; values, agent flag 0, MorelatetoMTFlag 2: sent by us, not asked for.
        out.writeByte(1);
        Wire.field(out, "0", 6);
        Wire.field(out, "0", 6);
        out.writeByte(0);
        out.writeByte(2);
        out.writeByte(0);
        Wire.field(out, until, 16);
        Wire.field(out, "", 16);
        out.writeByte(1);
        out.writeByte(0);
        out.writeByte(text.isConcatenated() ? 1 : 0);
        out.writeByte(text.dataCoding());
        out.writeByte(0);
        out.writeInt(segment.length);
        out.writeBytes(segment);
        out.writeZero(8);
        return Wire.octets(out);
    }

    @Override
    public Conversation conversation(SmsLink link, Bind bind) {
        return new SgipConversation(link, bind, settings, account);
    }

    @Override
    public AutoCloseable listen(SmsLink link, EventLoop loop) {
        SgipListener listener = new SgipListener(link, account, settings, loop);
        listener.start();
        return listener;
    }
}
