package org.tocsin.gateway.coverage;

/**
 * A part of the residents in which a sample was asked.
 *
 * @param code the division's code, or a name of its own
 * @param residents how many live in it, 0 or more
 * @param interviewed how many of them were interviewed, 0 to {@code residents}
 * @param reached how many of the interviewed said yes, 0 to {@code interviewed}
 */
public record SurveyStratum(String code, long residents, long interviewed, long reached) {
    /** Refuses counts that cannot be. */
    public SurveyStratum {
        if (!(0 <= reached && reached <= interviewed && interviewed <= residents)) {
            throw new IllegalArgumentException("stratum " + code + " cannot have " + reached + " of " + interviewed
                    + " interviewed of " + residents + " residents");
        }
    }

    /** Both as one, under both names. */
    SurveyStratum with(SurveyStratum other) {
        return new SurveyStratum(
                code + "+" + other.code,
                residents + other.residents,
                interviewed + other.interviewed,
                reached + other.reached);
    }
}
