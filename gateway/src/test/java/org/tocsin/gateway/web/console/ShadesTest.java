package org.tocsin.gateway.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShadesTest {
    @Test
    void whoMeetsTheGoalHasTheDarkestWhateverTheNumberOfClasses() {
        assertEquals("c3", Shades.of(0.9).colour(0.9));
        assertEquals("c2", Shades.of(0.9).colour(0.8999));
        assertEquals("c0", Shades.of(0.9).colour(0.4999));
        assertEquals("c3", Shades.of(0.7).colour(0.7));
        assertEquals("c1", Shades.of(0.7).colour(0.0));
        assertEquals("cx", Shades.of(0.9).colour(null));
    }

    @Test
    void countsTheVillagesOfEachClassAndSaysWhereTheGoalIsMet() {
        List<Shades.Shade> classes = Shades.of(0.9).classes(List.of("c3", "c0", "c3", "cx"), true);

        assertEquals(
                List.of(2, 0, 0, 1, 1),
                classes.stream().map(Shades.Shade::villages).toList());
        assertTrue(classes.get(0).meetsGoal());
        assertFalse(Shades.of(null).classes(List.of(), false).get(0).meetsGoal());
    }

    @Test
    void aScriptGetsTheEdgesCutUp() {
        assertEquals("50.0,80.0,92.6", Shades.of(0.9255).edgesInPercent());
    }
}
