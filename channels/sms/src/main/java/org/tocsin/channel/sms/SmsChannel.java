package org.tocsin.channel.sms;

import java.time.Duration;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Link;

/**
 * SMS by SMPP 3.4: part {@code text} of the message to the phone number of a person.
 *
 * <p>Settings of a link: {@code host}, {@code port}, {@code systemId}, {@code password} (required); {@code systemType},
 * {@code sourceAddress} (empty), {@code sourceTon}, {@code sourceNpi}, {@code destTon}, {@code destNpi} (0, 0, 1, 1),
 * {@code binds} (1), {@code window} (256 unanswered submit_sm a bind), {@code responseMillis} (10,000),
 * {@code enquireMillis} (30,000), {@code reconnectMillis} (1,000; four times as much after 60 tries, 60 times after a
 * refused bind), {@code validity} (true: the carrier is told when the warning expires), {@code tls} (false). The
 * gateway's own {@code provider} and {@code rate} are not looked at.
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
    public Link open(ChannelContext context) {
        SmsLink link = new SmsLink(context, SmsSettings.read(context.settings()));
        link.start();
        return link;
    }
}
