package org.tocsin.gateway.report.survey;

import org.tocsin.gateway.coverage.SurveySize;

/**
 * What somebody asks of a sample survey.
 *
 * @param frame of what the sample is drawn
 * @param size how exact it is to be
 * @param seed what the draw follows from, 1 to 64 printable ASCII characters
 */
public record SurveyRequest(Frame frame, SurveySize size, String seed) {
    /** The most characters of a seed. */
    public static final int LONGEST_SEED = 64;

    /** Of what a sample is drawn. */
    public enum Frame {
        /** The registry's persons who live in the area: for interviews by telephone. Who is not in it, is not asked. */
        REGISTRY("registry"),
        /** All residents, as so many interviews in each village: for work from door to door. */
        HOUSEHOLDS("households");

        private final String word;

        Frame(String word) {
            this.word = word;
        }

        /** The word for it in requests and answers. */
        public String word() {
            return word;
        }
    }

    /** Refuses a seed of another form. */
    public SurveyRequest {
        if (!isSeed(seed)) {
            throw new IllegalArgumentException(
                    "a seed has 1 to " + LONGEST_SEED + " printable ASCII characters, not blank");
        }
    }

    /** Whether a text has the form of a seed. */
    public static boolean isSeed(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_SEED
                && text.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }
}
