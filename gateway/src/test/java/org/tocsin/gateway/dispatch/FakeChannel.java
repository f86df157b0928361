package org.tocsin.gateway.dispatch;

import java.time.Duration;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Link;

/** A channel that calls itself sms and opens the one link that a test scripts. */
record FakeChannel(Link link) implements Channel {
    static final Duration REPORTS_WITHIN = Duration.ofHours(1);

    @Override
    public String name() {
        return "sms";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(new Addressing.Person("phone"), 500, Evidence.DELIVERED, REPORTS_WITHIN);
    }

    @Override
    public Link open(ChannelContext context) {
        return link;
    }
}
