package org.tocsin.gateway.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PercentTest {
    @Test
    void whatIsSureIsNeverRoundedUpAndWhatCanBeAtMostNeverDown() {
        assertEquals("93.0 %", Percent.words(18_611 / 20_000.0), "93.055 %");
        assertEquals("89.9 %", Percent.words(8_996 / 10_000.0), "not the goal of 90 %");
        assertEquals("90.0 %", Percent.words(0.9));
        assertEquals("90.0 %", Percent.words(0.3 * 3), "which is less than 0.9 in binary");
        assertEquals("99.8 %", Percent.words(19_959 / 20_000.0, true), "99.795 %");
        assertEquals("90.0 %", Percent.words(0.9, true));
        assertEquals("100.0 %", Percent.words(1, true));
        assertEquals(0.8999, Percent.cut(0.899999, false, 4));
        assertEquals(0.9, Percent.cut(0.899999, true, 4));
    }

    @Property
    void theTrueShareLiesBetweenBoth(@ForAll @DoubleRange(min = 0, max = 1) double share) {
        assertTrue(Percent.down(share) <= 100 * share + 1e-6 && 100 * share <= Percent.up(share) + 1e-6);
        assertTrue(Percent.up(share) - Percent.down(share) < 0.11);
        assertEquals(Percent.words(share), Percent.words(Percent.down(share) / 100), "what was cut stays as it is");
        assertEquals(Percent.words(share, true), Percent.words(Percent.up(share) / 100, true));
    }
}
