package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Terms;

class LinkScoreTest {
    private static final int RED = 1;
    private static final int BLUE = 4;

    @Test
    void linksOfWhichNothingIsKnownShareAlike() {
        double[] weights = weigh(RED, link("a", 0, 0, 0, -1), link("b", 0, 0, 0, -1));

        assertEquals(weights[0], weights[1]);
    }

    @Test
    void errorsTakeWorkAwayAndNeverAllOfIt() {
        double[] weights = weigh(RED, link("a", 0, 0, 0, -1), link("b", 0, 0, 1, -1));

        assertTrue(weights[1] < 0.1 * weights[0]);
        assertTrue(weights[1] > 0);
    }

    @Test
    void slowReportsTakeWorkAway() {
        double[] weights = weigh(RED, link("a", 0, 0, 0, 3_000), link("b", 0, 0, 0, 40_000));

        assertEquals(0.25, weights[1] / weights[0], 1e-9);
    }

    @Test
    void reportsThatAreAllQuickEnoughDoNotMatter() {
        double[] weights = weigh(RED, link("a", 0, 0, 0, 300), link("b", 0, 0, 0, 9_000));

        assertEquals(weights[0], weights[1]);
    }

    @Test
    void thePriceMattersToTheLowerLevelsAlone() {
        LinkScore.Candidate cheap = link("a", 20, 0, 0, -1);
        LinkScore.Candidate dear = link("b", 40, 0, 0, -1);

        double[] red = weigh(RED, cheap, dear);
        double[] blue = weigh(BLUE, cheap, dear);

        assertEquals(red[0], red[1]);
        assertEquals(2, blue[0] / blue[1], 1e-9);
    }

    @Test
    void aThrottledLinkIsWorthWhatItsCarrierLetsThrough() {
        double[] weights = weigh(RED, link("a", 0, 0, 0, -1), link("b", 0, 50, 0, -1));

        assertEquals(0.1, weights[1] / weights[0], 1e-9);
    }

    private static double[] weigh(int lane, LinkScore.Candidate... links) {
        return LinkScore.weights(List.of(links), lane);
    }

    private static LinkScore.Candidate link(String id, int price, double throttledTo, double trouble, long delay) {
        return new LinkScore.Candidate(
                id,
                new LinkTerms(new Terms(id, "any", price), true, 0, false, ""),
                new LinkQuality(
                        0,
                        throttledTo,
                        throttledTo > 0,
                        256,
                        trouble,
                        0,
                        0,
                        Map.of(),
                        delay < 0 ? 0 : 100,
                        delay,
                        delay,
                        delay,
                        null));
    }
}
