package org.tocsin.gateway.coverage;

/** How a coverage stands to its goal. */
public enum Verdict {
    /** What is sure reaches the goal. */
    MET("met"),
    /** What is estimated reaches the goal, what is sure does not. */
    LIKELY("likely"),
    /** Not even what is estimated reaches the goal. */
    MISSED("missed");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** The word of the contract's JSON. */
    public String word() {
        return word;
    }

    /**
     * Judges figures, unrounded; only of residents who are there. Of nobody there is no verdict: whoever asks looks
     * first.
     *
     * @param figures the sums
     * @param goal the share of the residents to be reached, 0 to 1
     */
    public static Verdict of(Figures figures, double goal) {
        if (!(goal >= 0 && goal <= 1)) {
            throw new IllegalArgumentException("a goal must be 0 to 1, was " + goal);
        }
        if (!(figures.residents() > 0)) {
            throw new IllegalArgumentException("there is no verdict of no residents");
        }
        double wanted = goal * figures.residents() - 1e-6;
        if (figures.lower() >= wanted) {
            return MET;
        }
        return figures.estimate() >= wanted ? LIKELY : MISSED;
    }
}
