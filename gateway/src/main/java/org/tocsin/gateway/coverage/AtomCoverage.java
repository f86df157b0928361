package org.tocsin.gateway.coverage;

/**
 * The coverage of one atom.
 *
 * @param facts what it is computed from
 * @param figures the result
 */
public record AtomCoverage(AtomFacts facts, Figures figures) {
    /** Computes the coverage of an atom by the formulas of {@code gateway/docs/coverage.md}. */
    public static AtomCoverage of(AtomFacts facts) {
        return new AtomCoverage(facts, figures(facts));
    }

    private static Figures figures(AtomFacts facts) {
        double n = facts.residents();
        if (n == 0) {
            return Figures.NONE;
        }
        double village = Math.max(facts.villageResidents(), n);
        double confirmed = Math.min(n, facts.reached());
        double sure = 0;
        double possible = confirmed + facts.unpositioned();
        double missed = 1 - confirmed / n;
        for (TerminalGroup group : facts.terminals()) {
            double together = 0;
            for (ServingTerminal terminal : group.terminals()) {
                if (terminal.finished()) {
                    double served = Math.min(terminal.serves(), village);
                    double most = Math.min(served, n);
                    double least = Math.min(most, Math.max(0, served + n - village));
                    Audibility q = terminal.audibility();
                    together += q.low() * least;
                    possible += q.high() * most;
                    missed *= 1 - q.mid() * (least + most) / (2 * n);
                }
            }
            sure = Math.max(sure, together);
        }
        double lower = Math.max(confirmed, Math.min(n, sure));
        double upper = Math.max(lower, Math.min(n, possible));
        double estimate = Math.min(upper, Math.max(lower, n * (1 - missed)));
        return new Figures(n, confirmed, lower, estimate, upper);
    }
}
