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
        Sheet sheet;
        Terms terms;
        ShortText.Alphabet alphabet;
        if (isHttp(settings)) {
            HttpAccount account = account(settings);
            sheet = account.sheet();
            terms = account.terms();
            // The platforms count 70 and 67 characters a piece, whatever the characters.
            alphabet = ShortText.Alphabet.NONE;
        } else {
            Protocol protocol = protocol(settings);
            sheet = protocol.settings().sheet();
            terms = protocol.settings().terms();
            alphabet = protocol.alphabet();
        }
        settings.check();
        ShortText cut = sheet.cut(message, alphabet, 0);
        int pieces = Math.max(1, cut.pieces());
        int characters = sheet.text(message).length();
        return new Quote(pieces, cut.isGsm() ? "GSM-7" : "UCS-2", characters, (long) pieces * terms.price());
    }

    @Override
    public Link open(ChannelContext context) {
        LinkSettings settings = context.settings();
        if (isHttp(settings)) {
            HttpAccount account = account(settings);
            settings.check();
            HttpPlatform platform =
                    isTencent(settings) ? new TencentPlatform(account) : new AliyunPlatform(account, context.random());
            return new HttpSmsLink(context, platform, account);
        }
        Protocol protocol = protocol(settings);
        settings.check();
        SmsLink link = new SmsLink(context, protocol);
        link.start();
        return link;
    }

    private static boolean isTencent(LinkSettings settings) {
        return settings.text("protocol", "").equals("tencent");
    }

    private static boolean isHttp(LinkSettings settings) {
        return isTencent(settings) || settings.text("protocol", "").equals("aliyun");
    }

    private static HttpAccount account(LinkSettings settings) {
        return isTencent(settings) ? TencentPlatform.account(settings) : AliyunPlatform.account(settings);
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
