package org.tocsin.channel.wechat;

import java.time.Duration;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Link;

/** WeChat template messages. */
public final class WechatChannel implements Channel {
    private static final int LARGEST_BATCH = 1000;

    @Override
    public String name() {
        return "wechat";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                new Addressing.Person("openid"), LARGEST_BATCH, Evidence.DELIVERED, Duration.ofHours(24));
    }

    @Override
    public Link open(ChannelContext context) {
        WechatLink link = new WechatLink(context, WechatSettings.read(context.settings()));
        link.connect();
        return link;
    }
}
