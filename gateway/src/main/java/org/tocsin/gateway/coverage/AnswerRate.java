package org.tocsin.gateway.coverage;

import org.jspecify.annotations.Nullable;

/**
 * How many of an audience have answered: evidence level 3, an act of the person, such as a confirmation in the app.
 *
 * @param addressed members of the audience to whom the issue was to go on any channel, each once
 * @param answered those who answered on at least one, each once, 0 to {@code addressed}
 */
public record AnswerRate(int addressed, int answered) {
    /** Why there is no share, for programs. */
    public static final String NOBODY_ASKED = "nobodyAsked";

    /** Refuses more answers than persons. */
    public AnswerRate {
        if (answered < 0 || addressed < answered) {
            throw new IllegalArgumentException("answered must be 0 to " + addressed + ", was " + answered);
        }
    }

    /** Why there is no share: {@link #NOBODY_ASKED}; null where there is one. */
    public @Nullable String noShare() {
        return addressed == 0 ? NOBODY_ASKED : null;
    }

    /** The share that answered, 0 to 1; null where nobody was addressed. */
    public @Nullable Double share() {
        return addressed == 0 ? null : (double) answered / addressed;
    }
}
