package org.tocsin.gateway.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counties of which the truth is known are surveyed again and again by samples without replacement; how often the
 * interval of 95 % holds the truth is what it promises.
 */
class SurveySimulation {
    private static final int SURVEYS = 2_000;

    @ParameterizedTest(name = "{0} townships of {1}, reached {2} to {3}, {4} interviews")
    @CsvSource({
        "24, 40000, 0.85, 0.85, 400, 0.935, 0.965",
        "24, 40000, 0.70, 0.98, 400, 0.935, 0.985",
        "24, 40000, 0.97, 0.97, 400, 0.935, 0.985",
        "24, 40000, 0.05, 0.95, 400, 0.950, 1.000",
        "24, 4000, 0.60, 0.95, 48, 0.935, 0.995",
        "6, 100, 0.80, 0.90, 300, 0.935, 0.995",
        "1, 3000, 0.90, 0.90, 60, 0.930, 0.985",
    })
    void theIntervalHoldsTheTruthAsOftenAsItSays(
            int townships, int residents, double from, double to, int interviews, double least, double most) {
        Random random = new Random(20_260_720);
        long[] sizes = new long[townships];
        long[] reached = new long[townships];
        double all = 0;
        double truth = 0;
        for (int place = 0; place < townships; place++) {
            sizes[place] = residents / 2L + random.nextInt(residents);
            double share = from + (to - from) * place / Math.max(1, townships - 1);
            reached[place] = Math.round(share * sizes[place]);
            all += sizes[place];
            truth += reached[place];
        }
        truth /= all;
        long[] parts = SurveyAllocation.proportional(interviews, sizes, 2);

        int held = 0;
        for (int survey = 0; survey < SURVEYS; survey++) {
            List<SurveyStratum> asked = new ArrayList<>();
            for (int place = 0; place < townships; place++) {
                asked.add(new SurveyStratum(
                        "s", sizes[place], parts[place], yes(random, sizes[place], reached[place], parts[place])));
            }
            SurveyEstimate estimate = SurveyEstimate.of(asked, 1).orElseThrow();
            held += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        }

        double share = (double) held / SURVEYS;
        assertTrue(share >= least && share <= most, () -> "held the truth in " + share + " of the surveys");
    }

    /**
     * The first township is the large one; the others are asked well. Of the large one nobody, hardly anybody or a few
     * are asked, so that no share of all may be told in the first two cases, and none may mislead in the others.
     */
    @ParameterizedTest(name = "{0} residents reached {1}, {2} of them asked; 1000 reached {3}, 100 of them asked")
    @CsvSource({
        "9000, 0.50, 0, 0.95, false",
        "9000, 0.50, 1, 0.95, false",
        "9000, 0.95, 1, 0.20, false",
        "9000, 0.50, 2, 0.95, true",
        "9000, 0.80, 3, 0.95, true",
        "9000, 0.90, 5, 0.50, true",
        "600, 0.10, 0, 0.95, false",
        "50, 0.00, 0, 0.95, true",
        "50, 1.00, 1, 0.50, true",
    })
    void aTownshipThatWasAskedWellDoesNotMislead(
            int residents, double share, int interviews, double otherShare, boolean told) {
        Random random = new Random(20_260_721);
        long reached = Math.round(share * residents);
        long otherReached = Math.round(otherShare * 1_000);
        double truth = (reached + otherReached) / (residents + 1_000.0);

        int held = 0;
        for (int survey = 0; survey < SURVEYS; survey++) {
            SurveyEstimate estimate = SurveyEstimate.of(
                            List.of(
                                    new SurveyStratum(
                                            "A", residents, interviews, yes(random, residents, reached, interviews)),
                                    new SurveyStratum("B", 1_000, 100, yes(random, 1_000, otherReached, 100))),
                            1)
                    .orElseThrow();
            assertEquals(told, estimate.share().isPresent());
            held += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        }

        double often = (double) held / SURVEYS;
        assertTrue(often >= 0.935, () -> "held the truth in " + often + " of the surveys");
    }

    /** The townships where all is well are asked first, and those where it is not last. */
    @ParameterizedTest(name = "{0} of 24 townships have answered")
    @CsvSource({"1, false", "6, false", "12, false", "22, false", "23, true", "24, true"})
    void answersThatComeTownshipByTownshipDoNotMislead(int answered, boolean told) {
        Random random = new Random(20_260_722);
        long residents = 4_000;
        double truth = 0;
        for (int place = 0; place < 24; place++) {
            truth += Math.round((0.95 - 0.03 * place) * residents) / (24.0 * residents);
        }

        int held = 0;
        for (int survey = 0; survey < SURVEYS; survey++) {
            List<SurveyStratum> asked = new ArrayList<>();
            for (int place = 0; place < 24; place++) {
                long interviews = place < answered ? 16 : place % 2;
                asked.add(new SurveyStratum(
                        "s",
                        residents,
                        interviews,
                        yes(random, residents, Math.round((0.95 - 0.03 * place) * residents), interviews)));
            }
            SurveyEstimate estimate = SurveyEstimate.of(asked, 1).orElseThrow();
            assertEquals(told, estimate.share().isPresent());
            held += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        }

        double often = (double) held / SURVEYS;
        assertTrue(often >= 0.935, () -> "held the truth in " + often + " of the surveys");
    }

    /** How many of so many who are drawn without replacement say yes. */
    private static long yes(Random random, long residents, long reached, long drawn) {
        long left = residents;
        long leftReached = reached;
        long yes = 0;
        for (long at = 0; at < drawn; at++, left--) {
            if (random.nextDouble() * left < leftReached) {
                leftReached--;
                yes++;
            }
        }
        return yes;
    }
}
