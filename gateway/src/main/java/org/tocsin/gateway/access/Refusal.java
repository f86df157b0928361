package org.tocsin.gateway.access;

import java.util.ArrayList;
import java.util.List;

/** What was asked for is not done, and why: all reasons at once. Nothing was changed. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of reason. */
    public enum Kind {
        /** What was given is not what it must be. */
        INVALID,
        /** What is there now does not allow it. */
        CONFLICT,
        /** Not by this actor. */
        FORBIDDEN,
        /** There is no such thing. */
        UNKNOWN,
        /** Too much is under way; later it may go. */
        BUSY
    }

    /**
     * A reason.
     *
     * @param field the name of the field that it is about; empty for the whole
     * @param code a word for programs and for phrases in other languages
     * @param message what is wrong and what to do, in English
     */
    public record Fault(String field, String code, String message) {}

    private final Kind kind;
    private final ArrayList<Fault> faults;

    Refusal(Kind kind, List<Fault> faults) {
        super(faults.get(0).message());
        this.kind = kind;
        this.faults = new ArrayList<>(faults);
    }

    Refusal(Kind kind, String field, String code, String message) {
        this(kind, List.of(new Fault(field, code, message)));
    }

    /** What kind of reason. */
    public Kind kind() {
        return kind;
    }

    /** All reasons. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }
}
