package org.tocsin.gateway.coverage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.coverage.SurveySize.Confidence;

class SurveyEstimateTest {
    private static final SurveySize PLAIN = new SurveySize(0.05, Confidence.P95, 0.5, 1, 0.7);

    @Test
    void theExampleOfTheDocumentsIsWhatIsComputed() {
        long[] residents = {6_000, 3_000, 1_000};

        long interviews = PLAIN.interviews(10_000);
        long[] parts = SurveyAllocation.proportional(interviews, residents, 2);

        assertEquals(370, interviews);
        assertArrayEquals(new long[] {222, 111, 37}, parts);
        assertEquals(318, PLAIN.drawn(222, 6_000));
        assertEquals(159, PLAIN.drawn(111, 3_000));
        assertEquals(53, PLAIN.drawn(37, 1_000));
        SurveyEstimate estimate = estimate(
                new SurveyStratum("A", 6_000, 222, 180),
                new SurveyStratum("B", 3_000, 111, 84),
                new SurveyStratum("C", 1_000, 37, 37));
        assertEquals(0.81351, estimate.share().orElseThrow(), 5e-6);
        assertEquals(0.000394854, estimate.variance(), 5e-10);
        assertEquals(0.019871, estimate.standardError(), 5e-7);
        assertEquals(384.216, estimate.effectiveSize(), 5e-4);
        assertEquals(0.77153, estimate.low(), 5e-6);
        assertEquals(0.84929, estimate.high(), 5e-6);
        assertTrue(estimate.meets(0.76, 0.99));
        assertFalse(estimate.meets(0.86, 0.99));
        assertFalse(estimate.meets(0.5, 0.77));
    }

    @Test
    void allReachedIsNoCertainty() {
        SurveyEstimate estimate = estimate(new SurveyStratum("C", 1_000, 37, 37));

        assertEquals(1, estimate.ofAsked());
        assertEquals(1, estimate.high());
        assertEquals(0.90911, estimate.low(), 5e-6);
        assertEquals(
                1 - estimate.low(),
                estimate(new SurveyStratum("C", 1_000, 37, 0)).high(),
                1e-12);
    }

    @Test
    void whoAsksAllKnowsTheTruth() {
        SurveyEstimate estimate = estimate(new SurveyStratum("A", 50, 50, 40), new SurveyStratum("B", 30, 30, 30));

        assertEquals(70 / 80.0, estimate.ofAsked(), 1e-12);
        assertEquals(estimate.ofAsked(), estimate.low());
        assertEquals(estimate.ofAsked(), estimate.high());
        assertEquals(0, estimate.variance());
    }

    @Test
    void aDesignEffectWidensTheIntervalAsASmallerSampleWould() {
        List<SurveyStratum> asked = List.of(new SurveyStratum("A", 1_000_000, 400, 320));

        SurveyEstimate plain = SurveyEstimate.of(asked, 1).orElseThrow();
        SurveyEstimate clustered = SurveyEstimate.of(asked, 2).orElseThrow();

        assertEquals(2, plain.effectiveSize() / clustered.effectiveSize(), 1e-9);
        assertTrue(clustered.low() < plain.low() && plain.high() < clustered.high());
    }

    @Test
    void theExampleOfTheDocumentsOnTheEveningBefore() {
        SurveyEstimate estimate = estimate(
                new SurveyStratum("A", 6_000, 222, 180),
                new SurveyStratum("B", 3_000, 111, 84),
                new SurveyStratum("C", 1_000, 1, 1));

        assertTrue(estimate.isProvisional());
        assertEquals(OptionalDouble.empty(), estimate.share());
        assertEquals(0.1, estimate.unasked(), 1e-12);
        assertEquals(0.792793, estimate.ofAsked(), 5e-7);
        assertEquals(0.000476131, estimate.variance(), 1e-9);
        assertEquals(345.015, estimate.effectiveSize(), 5e-4);
        assertEquals(0.67222, estimate.low(), 5e-6);
        assertEquals(0.84900, estimate.high(), 5e-6);
    }

    @Test
    void aTownshipThatWasAskedWellDoesNotSpeakForOneThatHardlyWas() {
        for (long interviewed = 0; interviewed <= 1; interviewed++) {
            SurveyEstimate estimate = estimate(
                    new SurveyStratum("A", 9_000, interviewed, interviewed), new SurveyStratum("B", 1_000, 100, 95));

            assertEquals(OptionalDouble.empty(), estimate.share());
            assertEquals(0.9, estimate.unasked(), 1e-12);
            assertTrue(estimate.low() <= 0.1 * 0.95 && estimate.high() >= 0.9 + 0.1 * 0.95, estimate::toString);
        }
    }

    @Test
    void fewWhoWereNotAskedWidenTheIntervalAndLeaveTheShare() {
        SurveyEstimate all = estimate(new SurveyStratum("A", 9_500, 200, 160));

        SurveyEstimate most = estimate(new SurveyStratum("A", 9_500, 200, 160), new SurveyStratum("B", 500, 0, 0));
        SurveyEstimate fewer = estimate(new SurveyStratum("A", 9_500, 200, 160), new SurveyStratum("B", 501, 0, 0));

        assertFalse(most.isProvisional(), "5 % and not more");
        assertEquals(0.8, most.share().orElseThrow(), 1e-12);
        assertEquals(0.95 * all.low(), most.low(), 1e-12);
        assertEquals(0.95 * all.high() + 0.05, most.high(), 1e-12);
        assertTrue(fewer.isProvisional());
    }

    @Test
    void aHamletOfWhichAllWereInterviewedIsAsked() {
        SurveyEstimate estimate = estimate(
                new SurveyStratum("A", 1, 1, 0), new SurveyStratum("B", 9, 9, 9), new SurveyStratum("C", 0, 0, 0));

        assertEquals(0.9, estimate.share().orElseThrow(), 1e-12);
        assertEquals(0, estimate.unasked());
        assertEquals(0.9, estimate.low(), 1e-12);
        assertEquals(
                List.of(new SurveyStratum("A", 1, 1, 0), new SurveyStratum("B", 9, 9, 9)),
                estimate.strata(),
                "as they were asked, each on its own");
    }

    @Test
    void oneInterviewATownshipSaysNothing() {
        assertTrue(SurveyEstimate.of(List.of(new SurveyStratum("A", 100, 1, 1), new SurveyStratum("B", 100, 1, 1)), 1)
                .isEmpty());
        assertTrue(SurveyEstimate.of(List.of(), 1).isEmpty());
    }

    @Test
    void refusesWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new SurveyStratum("A", 10, 11, 5));
        assertThrows(IllegalArgumentException.class, () -> new SurveyStratum("A", 10, 5, 6));
        assertThrows(IllegalArgumentException.class, () -> SurveyEstimate.of(List.of(), 0.5));
        assertThrows(IllegalArgumentException.class, () -> new SurveySize(0, Confidence.P95, 0.5, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SurveySize(0.05, Confidence.P95, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SurveySize(0.05, Confidence.P95, 0.5, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new SurveySize(0.05, Confidence.P95, 0.5, 1, 0));
    }

    private static SurveyEstimate estimate(SurveyStratum... strata) {
        return SurveyEstimate.of(List.of(strata), 1).orElseThrow();
    }
}
