package org.tocsin.gateway.approval;

import org.jspecify.annotations.Nullable;

/**
 * What comes with an act.
 *
 * @param version which version the actor saw; null where not said. Approve needs it
 * @param reason why; null where not said. Return and reject need it
 * @param proven whether the actor, a person, has shown a second factor a short time ago. Signing level I and II needs
 *     it
 */
public record Details(@Nullable Long version, @Nullable String reason, boolean proven) {
    /** Nothing said. */
    public static final Details NONE = new Details(null, null);

    /** The longest reason, in characters. */
    public static final int MAX_REASON = 2000;

    /** Without a second factor. */
    public Details(@Nullable Long version, @Nullable String reason) {
        this(version, reason, false);
    }

    /** The same, by somebody who has, or has not, shown a second factor a short time ago. */
    public Details proven(boolean fresh) {
        return new Details(version, reason, fresh);
    }
}
