package org.tocsin.gateway.approval;

import java.util.Set;
import org.tocsin.gateway.access.Role;

/**
 * One approval that a warning needs.
 *
 * @param role REVIEWER or SIGNER
 * @param who the ids of those who may give it; empty means all with the role
 */
public record Step(Role role, Set<String> who) {
    /** Any reviewer. */
    public static final Step REVIEW = new Step(Role.REVIEWER, Set.of());

    /** Any signer. */
    public static final Step SIGN = new Step(Role.SIGNER, Set.of());

    /** Copies the set; refuses another role. */
    public Step {
        who = Set.copyOf(who);
        if (role != Role.REVIEWER && role != Role.SIGNER) {
            throw new IllegalArgumentException("a step is for a reviewer or a signer, was " + role.word());
        }
    }

    /** The state of a warning that waits for this step. */
    WarningState waiting() {
        return role == Role.REVIEWER ? WarningState.IN_REVIEW : WarningState.AWAITING_SIGNATURE;
    }
}
