package org.tocsin.gateway.dispatch;

import org.jspecify.annotations.Nullable;
import org.tocsin.channel.LinkState;

/**
 * How a link is.
 *
 * @param link its id
 * @param channel its channel's name
 * @param provider its provider's name
 * @param state what the channel says of the connection
 * @param owned whether this node owns the link and its journal can be written
 * @param breakerOpen whether the circuit breaker keeps it from submitting
 * @param queued how many addressees wait in its lanes, as far as they are read
 * @param outstanding how many addressees are with the carrier or not yet journalled
 * @param submitted how many addressees were handed to the channel since the start
 * @param receipts how many receipts were kept since the start
 * @param orphans how many receipts of unknown reference were journalled as such
 * @param openIssues of how many issues it remembers who was sent what, because they are not sealed
 * @param quality what its answers and reports say
 * @param money what it spends; null where that was not asked for
 * @param test how its last test ended; null where that was not asked for
 * @param operator whose numbers it is for, or {@code any}
 * @param connection what the channel says of its connections; null where that was not asked for
 */
public record LinkHealth(
        String link,
        String channel,
        String provider,
        LinkState state,
        boolean owned,
        boolean breakerOpen,
        int queued,
        int outstanding,
        long submitted,
        long receipts,
        long orphans,
        int openIssues,
        LinkQuality quality,
        @Nullable LinkMoney money,
        @Nullable LinkTest test,
        String operator,
        org.tocsin.channel.@Nullable LinkHealth connection) {
    /** The same with what the dispatcher knows beside the worker. */
    LinkHealth with(LinkMoney spent, LinkTest tested, String whose, org.tocsin.channel.LinkHealth told) {
        return new LinkHealth(
                link,
                channel,
                provider,
                state,
                owned,
                breakerOpen,
                queued,
                outstanding,
                submitted,
                receipts,
                orphans,
                openIssues,
                quality,
                spent,
                tested,
                whose,
                told);
    }
}
