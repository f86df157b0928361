package org.tocsin.gateway.dispatch;

import org.tocsin.channel.Kept;
import org.tocsin.channel.Reply;

/** Who takes what people write back. Any thread; never blocks. */
@FunctionalInterface
public interface ReplyDesk {
    /** Takes nothing: carriers are told so. */
    ReplyDesk NONE = (channel, link, reply, kept) -> kept.settled(false);

    /**
     * Takes a reply.
     *
     * @param channel the channel's name
     * @param link the link's id by which it came
     * @param reply what came
     * @param kept hears when it is durable or cannot be
     */
    void take(String channel, String link, Reply reply, Kept kept);
}
