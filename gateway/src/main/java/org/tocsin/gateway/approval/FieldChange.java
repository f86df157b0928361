package org.tocsin.gateway.approval;

import java.util.List;

/**
 * One field of a warning in two versions.
 *
 * @param field which
 * @param language of the words, an RFC 3066 tag; empty where the field has none
 * @param pieces both versions at once; for a list each entry is a piece
 */
public record FieldChange(Field field, String language, List<WordChange> pieces) {
    /** What may differ, in the order in which it is shown. */
    public enum Field {
        /** Actual, Exercise or Test: CAP's word. */
        STATUS,
        /** Alert, Update or Cancel: CAP's word. */
        MSG_TYPE,
        /** I to IV. */
        LEVEL,
        /** The event in words. */
        EVENT,
        /** One line. */
        HEADLINE,
        /** The event at length. */
        DESCRIPTION,
        /** What to do. */
        INSTRUCTION,
        /** The areas' descriptions: a list. */
        AREAS,
        /** The areas' codes, polygons and circles: a list. */
        PLACES,
        /** From when it holds: ISO 8601. */
        EFFECTIVE,
        /** When the event is expected: ISO 8601. */
        ONSET,
        /** Until when it holds: ISO 8601. */
        EXPIRES,
        /** The name of the audience. */
        AUDIENCE,
        /** The names of the channels: a list; none means all. */
        CHANNELS,
        /** Who says it, for people. */
        SENDER_NAME,
        /** Whom to ask. */
        CONTACT,
        /** A page with more. */
        WEB,
        /** CAP's urgency, certainty, categories and kinds of response: a list. */
        KINDS,
        /** Further values by scheme: a list. */
        PARAMETERS,
        /** Files: a list. */
        RESOURCES
    }

    /** Copies the pieces. */
    public FieldChange {
        pieces = List.copyOf(pieces);
    }

    /** Whether both versions are the same. */
    public boolean isSame() {
        return pieces.stream().allMatch(piece -> piece.kind() == WordChange.Kind.SAME);
    }
}
