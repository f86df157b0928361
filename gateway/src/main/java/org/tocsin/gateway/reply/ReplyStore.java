package org.tocsin.gateway.reply;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps replies and who has opted out. Blocking; any thread. */
public interface ReplyStore {
    /**
     * Keeps a reply, and what it says about opting out, together; durable when this returns.
     *
     * @return false where a reply of this id is kept already: then nothing changes
     */
    boolean keep(KeptReply reply);

    /**
     * Replies, the newest first.
     *
     * @param before only of ids before this one; empty for all
     * @param limit at most so many
     */
    List<KeptReply> list(String before, int limit);

    /** The replies of a number, the newest first, at most so many. */
    List<KeptReply> of(String from, int limit);

    /** How many of each kind are kept. */
    Map<KeptReply.Kind, Long> counts();

    /** The numbers that have opted out of a channel. */
    Set<String> optedOut(String channel);

    /** Forgets the replies of a number; whether it has opted out stays. */
    void forget(String from);

    /**
     * Forgets the replies before a time.
     *
     * @return how many
     */
    int forgetBefore(Instant time);
}
