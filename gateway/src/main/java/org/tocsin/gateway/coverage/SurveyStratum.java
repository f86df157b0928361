package org.tocsin.gateway.coverage;

/**
 * A part of the residents in which a sample was asked.
 *
 * @param code the division's code
 * @param residents how many live in it, 0 or more
 * @param interviewed how many of them were interviewed, 0 to {@code residents}
 * @param reached how many of the interviewed said yes, 0 to {@code interviewed}
 */
public record SurveyStratum(String code, long residents, long interviewed, long reached) {
    private static final int LEAST = 2;

    /** Refuses counts that cannot be. */
    public SurveyStratum {
        if (!(0 <= reached && reached <= interviewed && interviewed <= residents)) {
            throw new IllegalArgumentException("stratum " + code + " cannot have " + reached + " of " + interviewed
                    + " interviewed of " + residents + " residents");
        }
    }

    /** Whether the interviews say anything of the whole stratum: two of them, or one of each resident. */
    public boolean isAsked() {
        return interviewed >= LEAST || interviewed == residents;
    }
}
