package org.tocsin.channel.loudspeaker;

import java.time.Duration;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.ChannelContext;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Link;

/** Village loudspeakers over MQTT; the package's description has the payloads. */
public final class LoudspeakerChannel implements Channel {
    // A terminal plays at once; a day covers one that was cut off meanwhile and reports when it is back.
    private static final Capabilities CAPABILITIES =
            new Capabilities(new Addressing.Terminal("loudspeaker"), 1_000, Evidence.DELIVERED, Duration.ofHours(24));

    @Override
    public String name() {
        return "loudspeaker";
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Link open(ChannelContext context) {
        return new LoudspeakerLink(context, LoudspeakerSettings.read(context.settings()));
    }
}
