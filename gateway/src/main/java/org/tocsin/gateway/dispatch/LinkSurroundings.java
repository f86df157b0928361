package org.tocsin.gateway.dispatch;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Notice;
import org.tocsin.gateway.receipt.AddressBook;

/** What a link's worker asks of the dispatcher around it. All methods are quick and may be called by any thread. */
interface LinkSurroundings extends AddressBook {
    /** Whether an addressee is a probe. */
    boolean isProbe(int number);

    /** What to carry; null where the issue is not known here yet. */
    @Nullable
    Notice notice(String issue, String key);

    /** Whether an issue may be sent. */
    Plans.Gate gate(String issue);

    /** Whether any submit of an earlier issue of the same warning is open on this channel. */
    boolean hasOpenPredecessor(String issue);

    /** Whether a submit of an earlier issue to this addressee is open on this channel. */
    boolean isOpenInPredecessor(String issue, int number);

    /**
     * The best link that takes over what this one cannot send.
     *
     * @param without links that are not asked
     * @param lane the lane of what is to be sent
     * @return null where there is none
     */
    @Nullable
    String alternative(Set<String> without, int lane);

    /** Those whom another link of the channel can carry. */
    default int[] carried(String link, int[] numbers) {
        return numbers;
    }

    /** Whether a lane of this channel waits for the end of the quiet hours. */
    default boolean isQuiet(int lane) {
        return false;
    }

    /** Whether the link's money for the month is spent as far as this lane is concerned. */
    default boolean isSpent(int lane) {
        return false;
    }

    /** Whether an issue of which the link knows something is sealed. */
    boolean isSealed(String issue);

    /** Whether the link's connection can take batches. */
    LinkState state();

    /** Something of these issues has changed and is durable. */
    void changed(Set<String> issues);

    /** Something was put into another link's lane. */
    void pushed(String link);
}
