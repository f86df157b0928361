package org.tocsin.gateway.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class SurveyPropertyTest {
    @Provide
    Arbitrary<List<SurveyStratum>> strata() {
        Arbitrary<SurveyStratum> one = Arbitraries.longs().between(0, 5_000).flatMap(residents -> Arbitraries.longs()
                .between(0, Math.min(residents, 60))
                .flatMap(interviewed -> Arbitraries.longs()
                        .between(0, interviewed)
                        .map(reached -> new SurveyStratum("s", residents, interviewed, reached))));
        return one.list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<SurveySize> sizes() {
        return Combinators.combine(
                        Arbitraries.doubles().ofScale(4).between(0.005, 0.2),
                        Arbitraries.of(SurveySize.Confidence.class),
                        Arbitraries.doubles().between(0.01, 0.99),
                        Arbitraries.doubles().between(1, 5),
                        Arbitraries.doubles().between(0.1, 1))
                .as(SurveySize::new);
    }

    @Property(tries = 400)
    void keepsTheOrderOfTheFigures(
            @ForAll("strata") List<SurveyStratum> strata, @ForAll @DoubleRange(min = 1, max = 5) double effect) {
        Optional<SurveyEstimate> found = SurveyEstimate.of(strata, effect);

        assertEquals(
                strata.stream().anyMatch(one -> one.residents() > 0 && one.isAsked()),
                found.isPresent(),
                "one township that was asked is enough");
        found.ifPresent(estimate -> {
            assertTrue(0 <= estimate.low() && estimate.low() <= estimate.ofAsked(), estimate::toString);
            assertTrue(estimate.ofAsked() <= estimate.high() && estimate.high() <= 1, estimate::toString);
            assertTrue(estimate.variance() >= 0 && estimate.effectiveSize() > 0, estimate::toString);
            assertEquals(estimate.unasked() <= 0.05, estimate.share().isPresent());
        });
    }

    @Property(tries = 400)
    void theBoundsHoldWhateverIsTrueOfThoseNotAsked(@ForAll("strata") List<SurveyStratum> strata) {
        SurveyEstimate.of(strata, 1).ifPresent(estimate -> {
            double asked = 1 - estimate.unasked();
            long unasked =
                    residents(strata.stream().filter(one -> !one.isAsked()).toList());
            assertEquals((double) unasked, estimate.unasked() * residents(strata), 1e-6);
            assertTrue(estimate.low() <= asked * estimate.ofAsked() + 1e-12, "none of them");
            assertTrue(estimate.high() >= asked * estimate.ofAsked() + estimate.unasked() - 1e-12, "all of them");
        });
    }

    @Property(tries = 400)
    void whatTheFewSayWhereHardlyAnybodyWasAskedMovesNoFigure(@ForAll("strata") List<SurveyStratum> strata) {
        List<SurveyStratum> others = strata.stream()
                .map(one -> one.isAsked() || one.residents() == 1
                        ? one
                        : new SurveyStratum("s", one.residents(), 1 - one.interviewed(), 1 - one.interviewed()))
                .toList();

        Optional<SurveyEstimate> before = SurveyEstimate.of(strata, 1);
        Optional<SurveyEstimate> after = SurveyEstimate.of(others, 1);

        assertEquals(before.map(SurveyPropertyTest::figures), after.map(SurveyPropertyTest::figures));
    }

    @Property(tries = 400)
    void residentsWeighAndInterviewsDoNot(
            @ForAll("strata") List<SurveyStratum> strata, @ForAll @IntRange(max = 11) int at) {
        if (at >= strata.size() || !strata.get(at).isAsked()) {
            return;
        }
        SurveyStratum one = strata.get(at);
        long times = one.interviewed() == 0 ? 1 : Math.min(7, one.residents() / one.interviewed());
        List<SurveyStratum> more = new ArrayList<>(strata);
        more.set(at, new SurveyStratum("s", one.residents(), one.interviewed() * times, one.reached() * times));

        SurveyEstimate.of(strata, 1)
                .ifPresent(before -> assertEquals(
                        before.ofAsked(),
                        SurveyEstimate.of(more, 1).orElseThrow().ofAsked(),
                        1e-12));
    }

    @Property(tries = 400)
    void eachStratumIsShownAsItWasAsked(@ForAll("strata") List<SurveyStratum> strata) {
        SurveyEstimate.of(strata, 1)
                .ifPresent(estimate -> assertEquals(
                        strata.stream().filter(one -> one.residents() > 0).toList(), estimate.strata()));
    }

    @Property(tries = 400)
    void oneMoreYesNeverLowersTheShare(
            @ForAll("strata") List<SurveyStratum> strata, @ForAll @IntRange(max = 11) int at) {
        if (at >= strata.size() || strata.get(at).reached() == strata.get(at).interviewed()) {
            return;
        }
        SurveyStratum one = strata.get(at);
        List<SurveyStratum> more = new ArrayList<>(strata);
        more.set(at, new SurveyStratum("s", one.residents(), one.interviewed(), one.reached() + 1));

        SurveyEstimate.of(strata, 1)
                .ifPresent(before -> assertTrue(before.ofAsked()
                        <= SurveyEstimate.of(more, 1).orElseThrow().ofAsked() + 1e-12));
    }

    @Property(tries = 400)
    void twiceTheInterviewsOfTheSameAnswersGiveANarrowerInterval(@ForAll("strata") List<SurveyStratum> strata) {
        List<SurveyStratum> wide = strata.stream()
                .map(one -> new SurveyStratum("s", 2 * one.residents(), one.interviewed(), one.reached()))
                .toList();
        List<SurveyStratum> twice = strata.stream()
                .map(one -> new SurveyStratum("s", 2 * one.residents(), 2 * one.interviewed(), 2 * one.reached()))
                .toList();
        if (strata.stream().anyMatch(one -> one.residents() > 0 && one.interviewed() < 2)) {
            return;
        }

        SurveyEstimate.of(wide, 1).ifPresent(before -> {
            SurveyEstimate after = SurveyEstimate.of(twice, 1).orElseThrow();
            assertEquals(before.ofAsked(), after.ofAsked(), 1e-12);
            assertTrue(after.high() - after.low() <= before.high() - before.low() + 1e-12);
        });
    }

    @Property(tries = 400)
    void anAllocationSumsAndHoldsTheLeast(
            @ForAll @LongRange(max = 20_000) long total,
            @ForAll @Size(max = 30) List<@LongRange(max = 90_000) Long> sizes,
            @ForAll @IntRange(max = 3) int least) {
        long[] residents = sizes.stream().mapToLong(Long::longValue).toArray();
        long[] parts = SurveyAllocation.proportional(total, residents, least);

        long all = Arrays.stream(residents).sum();
        long needed = Arrays.stream(residents).map(one -> Math.min(one, least)).sum();
        long sum = Arrays.stream(parts).sum();
        assertTrue(sum >= Math.min(total, all) && sum <= Math.max(total, 0) + needed, () -> Arrays.toString(parts));
        for (int place = 0; place < parts.length; place++) {
            double exact = all == 0 ? 0 : (double) Math.min(total, all) * residents[place] / all;
            assertTrue(parts[place] <= residents[place]);
            assertTrue(parts[place] >= Math.min(residents[place], least));
            assertTrue(parts[place] <= Math.max(least, exact + 1) + 1e-6);
            assertTrue(parts[place] >= Math.min((double) residents[place], Math.floor(exact)));
        }
    }

    @Property(tries = 400)
    void whoWantsItMoreExactAsksMore(
            @ForAll("sizes") SurveySize size, @ForAll @LongRange(min = 1, max = 2_000_000) long residents) {
        long interviews = size.interviews(residents);
        SurveySize finer = new SurveySize(
                Math.max(0.005, size.marginOfError() / 2),
                size.confidence(),
                size.expectedShare(),
                size.designEffect(),
                size.responseRate());

        assertTrue(interviews >= 1 && interviews <= residents);
        assertTrue(finer.interviews(residents) >= interviews);
        assertTrue(size.interviews(residents + 1) >= interviews);
        assertTrue(size.drawn(interviews, residents) >= interviews || size.drawn(interviews, residents) == residents);
        assertTrue(size.drawn(interviews, residents) <= residents);
    }

    private static List<Double> figures(SurveyEstimate estimate) {
        return List.of(
                estimate.ofAsked(),
                estimate.variance(),
                estimate.low(),
                estimate.high(),
                estimate.effectiveSize(),
                estimate.unasked());
    }

    private static long residents(List<SurveyStratum> strata) {
        return strata.stream().mapToLong(SurveyStratum::residents).sum();
    }
}
