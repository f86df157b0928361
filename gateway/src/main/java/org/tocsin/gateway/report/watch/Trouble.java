package org.tocsin.gateway.report.watch;

import java.util.List;

/**
 * Something that keeps a warning from arriving, with what its words need.
 *
 * @param kind what
 * @param channel the channel's name or the terminals' kind; empty where it is about no single one
 * @param subject a link's id, or a reason's label; empty where there is none
 * @param numbers as {@link Kind} says
 */
public record Trouble(Kind kind, String channel, String subject, List<Long> numbers) {
    /** What can be wrong, the gravest first. */
    public enum Kind {
        /** It goes to nobody at all. */
        NOBODY,
        /** Sending is stopped. Numbers: how many still wait. */
        STOPPED,
        /** The channel has no link. */
        NO_LINK,
        /** The provider refuses the account. Subject: the link. Numbers: how many wait for it. */
        LINK_REFUSED,
        /** The link is not connected. Subject: the link. Numbers: how many wait for it. */
        LINK_DOWN,
        /** The link rests after failures. Subject: the link. Numbers: how many wait for it. */
        LINK_RESTING,
        /** The provider refuses messages. Subject: the reason's label. Numbers: how many, of how many. */
        REFUSING,
        /** Many failed. Subject: the most frequent reason's label. Numbers: how many, of how many. */
        FAILING,
        /** Terminals are offline. Numbers: how many, of how many. */
        TERMINALS_OFFLINE,
        /** The carrier takes messages and reports nothing. Numbers: how many are awaited. */
        SILENT,
        /** Nobody in the area has an address for the channel. */
        NOBODY_ON_CHANNEL,
        /** Not even all that is still out would reach the goal. Numbers: percent of the goal. */
        UNATTAINABLE,
        /** For some time nobody more was reached. Numbers: minutes. */
        STALLED,
        /** It ends soon. Numbers: minutes, 0 for less than one. */
        EXPIRES_SOON;

        /** The word in phrases' keys, such as {@code link-down}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        /** Whether somebody must act on it, rather than know it. */
        public boolean isGrave() {
            return compareTo(TERMINALS_OFFLINE) < 0 || this == UNATTAINABLE || this == STALLED;
        }
    }

    /** Copies the numbers. */
    public Trouble {
        numbers = List.copyOf(numbers);
    }

    static Trouble of(Kind kind, String channel, String subject, long... numbers) {
        return new Trouble(
                kind, channel, subject, java.util.Arrays.stream(numbers).boxed().toList());
    }
}
