package org.tocsin.simulator.terminals;

import org.tocsin.simulator.Chance;
import org.tocsin.simulator.SimulatorContext;

/**
 * How the terminals of a fleet behave, drawn by seed and code, so that one terminal always behaves alike.
 *
 * <p>Of all: {@code offline} never connect (default 0). Of the rest: {@code finished} play to the end (0.95),
 * {@code silent} acknowledge and never report (0; goes before finished), all others report a failure. Between two
 * reports pass {@code reportDelayMillis} (50).
 */
final class Habits {
    private final Chance chance;
    private final double offline;
    private final double silent;
    private final double finished;
    private final int delayMillis;

    Habits(SimulatorContext context) {
        this.chance = context.chance();
        this.offline = context.share("offline", 0);
        this.silent = context.share("silent", 0);
        this.finished = context.share("finished", 0.95);
        this.delayMillis = context.integer("reportDelayMillis", 50);
    }

    boolean isOffline(String code) {
        return chance.falls("offline", code, offline);
    }

    boolean isSilent(String code) {
        return lot(code) >= 1 - silent;
    }

    boolean finishes(String code) {
        return lot(code) < finished;
    }

    int delayMillis() {
        return delayMillis;
    }

    private double lot(String code) {
        return chance.lot("play", code);
    }
}
