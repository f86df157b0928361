package org.tocsin.gateway.approval;

import org.jspecify.annotations.Nullable;

/** How an act ended. */
public sealed interface Decision {
    /**
     * It was done.
     *
     * @param warning as it is now; for a cancel the new Cancel issue
     * @param created whether the warning was made by this act
     */
    record Done(Warning warning, boolean created) implements Decision {}

    /**
     * The same alert was taken before.
     *
     * @param warning as it is now
     */
    record Known(Warning warning) implements Decision {}

    /**
     * It was not done, and nothing has changed.
     *
     * @param why the kind of reason
     * @param code a word for programs, such as {@code approval.own}
     * @param message for people, in English
     * @param current the warning as it is now; null where there is none
     */
    record Denied(Why why, String code, String message, @Nullable Warning current) implements Decision {}

    /** Why something was not done. */
    enum Why {
        /** There is no such warning. */
        UNKNOWN,
        /** The principal may not. */
        FORBIDDEN,
        /** The warning's state or content is another. */
        CONFLICT,
        /** The version asked for is not the current one. */
        STALE,
        /** What the act needs is missing or malformed. */
        INVALID,
        /** The alert cannot be taken here, such as a reference to nothing. */
        UNACCEPTABLE
    }
}
