package org.tocsin.gateway.registry;

import java.util.List;

/** The last import is not undone; nothing was changed. */
public final class UndoRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Why {
        /** There is nothing to undo: nothing was imported, or something was written since, or it was too much. */
        NOTHING,
        /** It is not the import that was asked for any more. */
        ANOTHER,
        /** Its time is over. */
        LATE,
        /** Warnings were signed that rest on it. */
        WARNINGS
    }

    private final Why why;
    private final transient List<String> warnings;

    UndoRefused(Why why, List<String> warnings) {
        super("the last import is not undone: " + why, null, false, false);
        this.why = why;
        this.warnings = List.copyOf(warnings);
    }

    /** Why. */
    public Why why() {
        return why;
    }

    /** The ids of the warnings that rest on it; empty where that is not why. */
    public List<String> warnings() {
        return warnings;
    }
}
