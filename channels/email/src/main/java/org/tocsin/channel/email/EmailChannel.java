package org.tocsin.channel.email;

import java.time.Duration;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Link;

/** E-mail by SMTP. */
public final class EmailChannel implements Channel {
    private static final int LARGEST_BATCH = 500;

    @Override
    public String name() {
        return "email";
    }

    /** What it can carry; mail servers give up after four to five days (RFC 5321 section 4.5.4.1). */
    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                new Addressing.Person("email"), LARGEST_BATCH, Evidence.IN_PROGRESS, Duration.ofDays(5));
    }

    @Override
    public Link open(ChannelContext context) {
        EmailLink link = new EmailLink(context, EmailSettings.read(context.settings()));
        link.connect();
        return link;
    }
}
