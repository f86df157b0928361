package org.tocsin.gateway.coverage;

import java.util.List;

/**
 * Terminals of one village that are known to serve distinct people, so that their people may be added.
 *
 * <p>Where nobody knows, each terminal is a group of its own.
 *
 * @param terminals the terminals
 */
public record TerminalGroup(List<ServingTerminal> terminals) {
    /** Copies the terminals. */
    public TerminalGroup {
        terminals = List.copyOf(terminals);
    }

    /** A group of one. */
    public static TerminalGroup of(ServingTerminal terminal) {
        return new TerminalGroup(List.of(terminal));
    }
}
