package org.tocsin.gateway.report.survey;

import java.time.Instant;
import java.util.List;

/**
 * The sample plan of one issue, as it was drawn: a whole number of interviews in each township.
 *
 * @param issue the issue's id
 * @param request what was asked for
 * @param made when
 * @param by the principal's id
 * @param attempt the how manieth plan of this issue it is, from 1: a sample that was drawn anew shows here
 * @param strata by township, in the order of their codes
 * @param villages how many are drawn in each village, in the order of their codes; none where nobody is
 */
public record SurveyPlan(
        String issue,
        SurveyRequest request,
        Instant made,
        String by,
        int attempt,
        List<Stratum> strata,
        List<Village> villages) {
    /**
     * A township.
     *
     * @param code its 12-digit code
     * @param name its name; the code where the registry has none
     * @param residents the residents of the area who live in it
     * @param inFrame how many persons it is drawn from
     * @param interviews how many interviews are wanted
     * @param drawn how many are drawn for that
     */
    public record Stratum(String code, String name, long residents, long inFrame, long interviews, long drawn) {}

    /**
     * A village, or a part of one.
     *
     * @param code its 12-digit code
     * @param name its name
     * @param drawn how many are drawn there
     */
    public record Village(String code, String name, long drawn) {}

    /** Copies the lists. */
    public SurveyPlan {
        strata = List.copyOf(strata);
        villages = List.copyOf(villages);
    }

    /** How many are drawn in all: sample numbers go from 1 to this. */
    public long drawn() {
        return strata.stream().mapToLong(Stratum::drawn).sum();
    }

    /** The place of the stratum of a sample number, which count through the strata; -1 where it is none. */
    public int stratumOf(long number) {
        long before = 0;
        for (int place = 0; place < strata.size(); place++) {
            before += strata.get(place).drawn();
            if (number >= 1 && number <= before) {
                return place;
            }
        }
        return -1;
    }
}
