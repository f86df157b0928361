package org.tocsin.gateway.report.survey;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of one sample number. It holds nothing about the person but the number.
 *
 * @param number the sample number, from 1
 * @param interview whether there was an interview
 * @param heardInTime whether the warning was heard in time; null without an interview
 * @param channels by which ways it was heard, in the order of {@link #CHANNELS}; at least one where it was in time
 * @param heardAt when it was heard, as remembered; null where nobody knows
 */
public record SurveyAnswer(
        int number,
        Interview interview,
        @Nullable Boolean heardInTime,
        List<String> channels,
        @Nullable OffsetDateTime heardAt) {
    /** By what a warning may have been heard: the gateway's channels, then what it does not see. */
    public static final List<String> CHANNELS = List.of(
            "sms", "loudspeaker", "screen", "wechat", "app", "email", "officer", "neighbour", "broadcast", "other");

    /** Whether there was an interview. */
    public enum Interview {
        /** There was. */
        YES("yes"),
        /** The person was found, and there was none for another reason: away, ill, no common language. */
        NO("no"),
        /** The person did not want to. */
        REFUSED("refused"),
        /** The person was not found. */
        NOT_FOUND("notFound");

        private final String word;

        Interview(String word) {
            this.word = word;
        }

        /** The word for it in requests and answers. */
        public String word() {
            return word;
        }

        /** The one of a word, whatever the case of its letters. */
        public static Optional<Interview> of(String word) {
            for (Interview interview : values()) {
                if (interview.word.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
                    return Optional.of(interview);
                }
            }
            return Optional.empty();
        }
    }

    /** Copies the list. */
    public SurveyAnswer {
        channels = List.copyOf(channels);
    }

    /** Whether it counts as reached. */
    public boolean isInTime() {
        return Boolean.TRUE.equals(heardInTime);
    }
}
