package org.tocsin.gateway.approval;

import org.jspecify.annotations.Nullable;

/**
 * What comes with an act.
 *
 * @param version which version the actor saw; null where not said. Approve needs it
 * @param reason why; null where not said. Return and reject need it
 */
public record Details(@Nullable Long version, @Nullable String reason) {
    /** Nothing said. */
    public static final Details NONE = new Details(null, null);

    /** The longest reason, in characters. */
    public static final int MAX_REASON = 2000;
}
