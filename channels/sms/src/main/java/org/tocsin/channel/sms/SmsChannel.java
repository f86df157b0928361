package org.tocsin.channel.sms;

import java.time.Duration;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Link;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Message;
import org.tocsin.channel.Quote;
import org.tocsin.channel.Terms;

/**
 * SMS: part {@code text} of the message to the phone number of a person, by SMPP 3.4, CMPP 2.0 and 3.0, SGIP 1.2, SMGP
 * 3.0, or an HTTP platform.
 *
 * <p>A link's setting {@code protocol} says which: {@code smpp} (the default), {@code cmpp}, {@code sgip},
 * {@code smgp}, {@code aliyun} or {@code tencent}. {@code gateway/docs/sms.md} has each protocol's settings.
 */
public final class SmsChannel implements Channel {
    private static final int LARGEST_BATCH = 256;

    /** Made by the service loader. */
    public SmsChannel() {}

    @Override
    public String name() {
        return "sms";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(new Addressing.Person("phone"), LARGEST_BATCH, Evidence.DELIVERED, Duration.ofDays(2));
    }

    @Override
    public Quote quote(LinkSettings settings, Message message) {
        Protocol protocol = protocol(settings);
        settings.check();
        Sheet sheet = protocol.settings().sheet();
        return quote(sheet, protocol.alphabet(), protocol.settings().terms(), message);
    }

    private static Quote quote(Sheet sheet, ShortText.Alphabet alphabet, Terms terms, Message message) {
        String text = sheet.text(message);
        ShortText cut = sheet.cut(message, alphabet, 0);
        int pieces = Math.max(1, cut.pieces());
        return new Quote(pieces, cut.isGsm() ? "GSM-7" : "UCS-2", text.length(), (long) pieces * terms.price());
    }

    @Override
    public Link open(ChannelContext context) {
        LinkSettings settings = context.settings();
        Protocol protocol = protocol(settings);
        settings.check();
        SmsLink link = new SmsLink(context, protocol);
        link.start();
        return link;
    }

    private static Protocol protocol(LinkSettings settings) {
        return switch (settings.text("protocol", "smpp")) {
            case "smpp" -> SmppProtocol.read(settings);
            case "cmpp" -> CmppProtocol.read(settings);
            case "smgp" -> SmgpProtocol.read(settings);
            case "sgip" -> SgipProtocol.read(settings);
            default -> {
                settings.problem("protocol", "must be smpp, cmpp, sgip, smgp, aliyun or tencent");
                yield SmppProtocol.read(settings);
            }
        };
    }
}
