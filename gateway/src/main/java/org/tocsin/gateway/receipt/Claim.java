package org.tocsin.gateway.receipt;

import org.jspecify.annotations.Nullable;

/**
 * That a link's owner is about to hand some addressees of a batch to the channel; journalled before the first of them
 * is submitted.
 *
 * @param id dense for each link, from 1
 * @param batch the batch's id
 * @param warning the warning's id
 * @param issue the issue's id
 * @param notice which of the issue's notices
 * @param lane 1 to 4; {@link #FOR_THE_RECORD} where nobody is handed over, and only names are needed for what follows
 * @param terminals whether the numbers are terminals' rather than persons'
 * @param generation the registry's generation in which the numbers mean something
 * @param at when, in milliseconds since 1970
 * @param numbers the addressees' numbers, each larger than the one before
 */
public record Claim(
        long id,
        String batch,
        String warning,
        String issue,
        String notice,
        int lane,
        boolean terminals,
        int generation,
        long at,
        int[] numbers) {
    /** The lane of a claim that hands nobody over. */
    public static final int FOR_THE_RECORD = 0;

    /** The same with the texts that it has in common with another claim held once. */
    Claim sharing(@Nullable Claim other) {
        return other == null
                ? this
                : new Claim(
                        id,
                        shared(batch, other.batch),
                        shared(warning, other.warning),
                        shared(issue, other.issue),
                        shared(notice, other.notice),
                        lane,
                        terminals,
                        generation,
                        at,
                        numbers);
    }

    private static String shared(String text, String known) {
        return text.equals(known) ? known : text;
    }
}
