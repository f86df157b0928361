package org.tocsin.channel.app;

import java.time.Duration;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Link;

/** Push to an app. */
public final class AppChannel implements Channel {
    private static final int LARGEST_BATCH = 1000;

    @Override
    public String name() {
        return "app";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(new Addressing.Person("appToken"), LARGEST_BATCH, Evidence.SHOWN, Duration.ofHours(24));
    }

    @Override
    public Link open(ChannelContext context) {
        AppLink link = new AppLink(context, AppSettings.read(context.settings()));
        link.connect();
        return link;
    }
}
