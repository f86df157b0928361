package org.tocsin.gateway.coverage;

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
