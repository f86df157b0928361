package org.tocsin.channel;

/**
 * A way to reach people or terminals, such as SMS or a loudspeaker; found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public constructor without arguments, hold no state and may be used by any thread.
 */
public interface Channel {
    /** The channel's name in settings, addresses, reports and metrics: lower case letters and digits. */
    String name();

    /** What the channel can carry and prove. */
    Capabilities capabilities();

    /**
     * Says what a message takes on a link with these settings, without opening it; for the page that shows the cost
     * before anything is sent. Pure.
     *
     * @param settings the link's settings
     * @param message what would be carried, with the parts of this channel
     * @throws InvalidSettings when settings are missing or wrong; names all of them
     */
    default Quote quote(LinkSettings settings, Message message) {
        Terms terms = Terms.read(settings);
        int characters =
                message.parts().values().stream().mapToInt(String::length).sum();
        return new Quote(1, "", characters, terms.price());
    }

    /**
     * Opens a link; returns at once and connects in the background, again and again until closed.
     *
     * @param context what the link needs from outside
     * @return the link, which its caller closes
     * @throws InvalidSettings when settings are missing or wrong; names all of them
     */
    Link open(ChannelContext context);
}
