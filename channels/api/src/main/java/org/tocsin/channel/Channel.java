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
     * Opens a link; returns at once and connects in the background, again and again until closed.
     *
     * @param context what the link needs from outside
     * @return the link, which its caller closes
     * @throws InvalidSettings when settings are missing or wrong; names all of them
     */
    Link open(ChannelContext context);
}
