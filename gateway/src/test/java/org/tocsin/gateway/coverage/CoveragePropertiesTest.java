package org.tocsin.gateway.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class CoveragePropertiesTest {
    @Provide
    Arbitrary<Double> people() {
        return Arbitraries.oneOf(
                Arbitraries.of(0.0, 1.0, 0.5),
                Arbitraries.doubles().between(0, 5000),
                Arbitraries.integers().between(0, 5000).map(i -> (double) i));
    }

    @Provide
    Arbitrary<Audibility> audibility() {
        Arbitrary<Double> share = Arbitraries.doubles().between(0, 1);
        return Combinators.combine(share, share, share).as((a, b, c) -> {
            double[] sorted = {a, b, c};
            java.util.Arrays.sort(sorted);
            return new Audibility(sorted[0], sorted[1], sorted[2], "survey");
        });
    }

    @Provide
    Arbitrary<AtomFacts> atoms() {
        Arbitrary<TerminalGroup> groups = Combinators.combine(people(), Arbitraries.of(true, false), audibility())
                .as(ServingTerminal::new)
                .list()
                .ofMaxSize(4)
                .map(TerminalGroup::new);
        return Combinators.combine(
                        people(),
                        people(),
                        Arbitraries.integers().between(0, 6000),
                        Arbitraries.integers().between(0, 300),
                        groups.list().ofMaxSize(4))
                .as((n, village, reached, unpositioned, terminals) ->
                        new AtomFacts("1", "v", n, village, n < village, reached, unpositioned, terminals));
    }

    @Provide
    Arbitrary<List<AtomFacts>> areas() {
        return atoms().list().ofMaxSize(8);
    }

    @Property
    void keepsTheOrderOfTheFigures(@ForAll("atoms") AtomFacts facts) {
        assertOrdered(AtomCoverage.of(facts).figures());
    }

    @Property
    void keepsTheOrderOfRoundedTotals(@ForAll("areas") List<AtomFacts> area) {
        Count count = Coverage.of(area).rounded();

        assertTrue(0 <= count.confirmed() && count.confirmed() <= count.lower(), count::toString);
        assertTrue(count.lower() <= count.estimate() && count.estimate() <= count.upper(), count::toString);
        assertTrue(count.upper() <= count.residents(), count::toString);
    }

    @Property
    void sumsAtomsToTheTotal(@ForAll("areas") List<AtomFacts> area) {
        Coverage coverage = Coverage.of(area);

        assertEquals(
                coverage.atoms().stream()
                        .mapToDouble(atom -> atom.figures().lower())
                        .sum(),
                coverage.total().lower(),
                1e-6);
        assertEquals(
                coverage.atoms().stream()
                        .mapToDouble(atom -> atom.figures().upper())
                        .sum(),
                coverage.total().upper(),
                1e-6);
        assertEquals(
                area.stream().mapToDouble(AtomFacts::residents).sum(),
                coverage.total().residents(),
                1e-6);
    }

    @Property
    void neverFallsByAPersonalReceipt(@ForAll("atoms") AtomFacts facts, @ForAll @IntRange(max = 500) int more) {
        assertNotLess(facts, copy(facts, facts.reached() + more, facts.unpositioned(), facts.terminals()));
        assertNotLess(facts, copy(facts, facts.reached(), facts.unpositioned() + more, facts.terminals()));
    }

    @Property
    void neverFallsByAFinishedTerminal(@ForAll("atoms") AtomFacts facts) {
        assertNotLess(
                facts,
                withTerminals(facts, terminal -> new ServingTerminal(terminal.serves(), true, terminal.audibility())));
    }

    @Property
    void neverFallsByBetterAudibility(@ForAll("atoms") AtomFacts facts, @ForAll @DoubleRange(max = 1) double up) {
        assertNotLess(facts, withTerminals(facts, terminal -> {
            Audibility q = terminal.audibility();
            Audibility better =
                    new Audibility(raised(q.low(), up), raised(q.mid(), up), raised(q.high(), up), "better survey");
            return new ServingTerminal(terminal.serves(), terminal.finished(), better);
        }));
    }

    @Property
    void isNeverMoreThanTheDesignedCoverage(@ForAll("areas") List<AtomFacts> area) {
        Figures figures = Coverage.of(area).total();
        Figures designed = DesignedCoverage.of(area);

        assertOrdered(designed);
        assertTrue(figures.lower() <= designed.lower() + 1e-6, designed::toString);
        assertTrue(figures.estimate() <= designed.estimate() + 1e-6, designed::toString);
        assertTrue(figures.upper() <= designed.upper() + 1e-6, designed::toString);
    }

    @Property
    void isNothingWhereNobodyLives(@ForAll("atoms") AtomFacts facts) {
        AtomFacts empty = new AtomFacts(
                "1", "v", 0, facts.villageResidents(), true, facts.reached(), facts.unpositioned(), facts.terminals());

        assertEquals(Figures.NONE, AtomCoverage.of(empty).figures());
    }

    private static double raised(double share, double up) {
        return Math.min(1, share + (1 - share) * up);
    }

    private static AtomFacts copy(AtomFacts facts, int reached, int unpositioned, List<TerminalGroup> terminals) {
        return new AtomFacts(
                facts.code(),
                facts.name(),
                facts.residents(),
                facts.villageResidents(),
                facts.cut(),
                reached,
                unpositioned,
                terminals);
    }

    private static AtomFacts withTerminals(AtomFacts facts, java.util.function.UnaryOperator<ServingTerminal> change) {
        List<TerminalGroup> groups = new ArrayList<>();
        for (TerminalGroup group : facts.terminals()) {
            groups.add(new TerminalGroup(group.terminals().stream().map(change).toList()));
        }
        return copy(facts, facts.reached(), facts.unpositioned(), groups);
    }

    private static void assertNotLess(AtomFacts before, AtomFacts after) {
        Figures one = AtomCoverage.of(before).figures();
        Figures other = AtomCoverage.of(after).figures();
        double slack = 1e-9 * (1 + one.residents());
        assertTrue(one.confirmed() <= other.confirmed() + slack, () -> one + " " + other);
        assertTrue(one.lower() <= other.lower() + slack, () -> one + " " + other);
        assertTrue(one.estimate() <= other.estimate() + slack, () -> one + " " + other);
        assertTrue(one.upper() <= other.upper() + slack, () -> one + " " + other);
        assertOrdered(other);
    }

    private static void assertOrdered(Figures figures) {
        assertTrue(0 <= figures.confirmed() && figures.confirmed() <= figures.lower(), figures::toString);
        assertTrue(figures.lower() <= figures.estimate() && figures.estimate() <= figures.upper(), figures::toString);
        assertTrue(figures.upper() <= figures.residents(), figures::toString);
    }
}
