package org.tocsin.gateway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LinkBalanceTest {
    @Test
    void linksThatEndTogetherMoveNothing() {
        assertEquals(
                List.of(),
                LinkBalance.of(
                        List.of(new LinkBalance.Load("a", 10_000, 1_000), new LinkBalance.Load("b", 5_000, 500))));
    }

    @Test
    void aThrottledLinkGivesWhatTheOtherDoesSooner() {
        List<LinkBalance.Relief> reliefs = LinkBalance.of(
                List.of(new LinkBalance.Load("slow", 30_000, 200), new LinkBalance.Load("fast", 0, 5_800)));

        assertEquals(List.of(new LinkBalance.Relief("slow", "fast", 29_000)), reliefs);
    }

    @Test
    void nearTheEndALinkThatIsDoneStillTakesOfTheOthers() {
        List<LinkBalance.Relief> reliefs = LinkBalance.of(List.of(
                new LinkBalance.Load("a", 1_600, 320),
                new LinkBalance.Load("b", 1_600, 320),
                new LinkBalance.Load("done", 0, 320)));

        assertEquals(
                List.of(new LinkBalance.Relief("a", "done", 533), new LinkBalance.Relief("b", "done", 533)), reliefs);
    }

    @Test
    void aLinkAloneGivesNothing() {
        assertEquals(List.of(), LinkBalance.of(List.of(new LinkBalance.Load("a", 10_000, 1))));
    }

    @Property(tries = 500)
    void nobodyGivesMoreThanTheyHaveNorGetsAndGivesAndTheLastEndsNoLater(
            @ForAll @Size(min = 2, max = 5) List<@IntRange(max = 100_000) Integer> queued,
            @ForAll @Size(min = 5, max = 5) List<@DoubleRange(min = 1, max = 10_000) Double> speeds) {
        List<LinkBalance.Load> loads = new java.util.ArrayList<>();
        for (int at = 0; at < queued.size(); at++) {
            loads.add(new LinkBalance.Load("l" + at, queued.get(at), speeds.get(at)));
        }
        List<LinkBalance.Relief> reliefs = LinkBalance.of(loads);
        double before = 0;
        double after = 0;
        for (LinkBalance.Load load : loads) {
            int given = reliefs.stream()
                    .filter(relief -> relief.from().equals(load.link()))
                    .mapToInt(LinkBalance.Relief::count)
                    .sum();
            int got = reliefs.stream()
                    .filter(relief -> relief.to().equals(load.link()))
                    .mapToInt(LinkBalance.Relief::count)
                    .sum();
            assertTrue(given <= load.queued());
            assertTrue(given == 0 || got == 0, "gives and gets");
            before = Math.max(before, load.queued() / load.speed());
            after = Math.max(after, (load.queued() - given + got) / load.speed());
        }
        assertTrue(after <= before + 1e-6, after + " s is later than " + before + " s");
    }
}
