package org.tocsin.gateway.approval;

import static org.tocsin.gateway.approval.WarningState.ACTIVE;
import static org.tocsin.gateway.approval.WarningState.AWAITING_SIGNATURE;
import static org.tocsin.gateway.approval.WarningState.CANCELLED;
import static org.tocsin.gateway.approval.WarningState.CLOSED;
import static org.tocsin.gateway.approval.WarningState.DISPATCHING;
import static org.tocsin.gateway.approval.WarningState.DRAFT;
import static org.tocsin.gateway.approval.WarningState.EXPIRED;
import static org.tocsin.gateway.approval.WarningState.IN_REVIEW;
import static org.tocsin.gateway.approval.WarningState.REJECTED;
import static org.tocsin.gateway.approval.WarningState.RETURNED;
import static org.tocsin.gateway.approval.WarningState.SIGNED;
import static org.tocsin.gateway.approval.WarningState.STOPPED;
import static org.tocsin.gateway.approval.WarningState.SUPERSEDED;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The life cycle as one table: which act leads from which state to which. */
public final class LifeCycle {
    private static final Map<WarningState, Map<Act, Set<WarningState>>> TABLE = new EnumMap<>(WarningState.class);

    static {
        on(DRAFT, Act.EDIT, DRAFT);
        on(DRAFT, Act.SUBMIT, IN_REVIEW, AWAITING_SIGNATURE);
        on(DRAFT, Act.CLOSE, CLOSED);

        on(RETURNED, Act.EDIT, RETURNED);
        on(RETURNED, Act.SUBMIT, IN_REVIEW, AWAITING_SIGNATURE);
        on(RETURNED, Act.CLOSE, CLOSED);

        on(IN_REVIEW, Act.APPROVE, IN_REVIEW, AWAITING_SIGNATURE);
        on(IN_REVIEW, Act.RETURN, RETURNED);
        on(IN_REVIEW, Act.REJECT, REJECTED);
        on(IN_REVIEW, Act.WITHDRAW, DRAFT);
        on(IN_REVIEW, Act.EXPIRE, EXPIRED);

        on(AWAITING_SIGNATURE, Act.APPROVE, AWAITING_SIGNATURE, SIGNED);
        on(AWAITING_SIGNATURE, Act.RETURN, RETURNED);
        on(AWAITING_SIGNATURE, Act.REJECT, REJECTED);
        on(AWAITING_SIGNATURE, Act.WITHDRAW, DRAFT);
        on(AWAITING_SIGNATURE, Act.EXPIRE, EXPIRED);

        on(SIGNED, Act.DISPATCH, DISPATCHING);
        on(DISPATCHING, Act.ACTIVATE, ACTIVE);
        on(STOPPED, Act.RESUME, DISPATCHING);
        for (WarningState sending : EnumSet.of(SIGNED, DISPATCHING, ACTIVE)) {
            on(sending, Act.STOP, STOPPED);
        }
        for (WarningState open : EnumSet.of(SIGNED, DISPATCHING, ACTIVE, STOPPED)) {
            on(open, Act.CANCEL, open);
            on(open, Act.SUPERSEDE, SUPERSEDED);
            on(open, Act.END, CANCELLED);
            on(open, Act.EXPIRE, EXPIRED);
        }
        on(ACTIVE, Act.CLOSE, CLOSED);
        on(STOPPED, Act.CLOSE, CLOSED);

        // The all-clear and a late update still go to those who got a warning whose time ran out.
        on(EXPIRED, Act.CANCEL, EXPIRED);
        on(EXPIRED, Act.SUPERSEDE, SUPERSEDED);
        on(EXPIRED, Act.END, CANCELLED);

        on(SUPERSEDED, Act.CLOSE, CLOSED);
        on(CANCELLED, Act.CLOSE, CLOSED);
        on(EXPIRED, Act.CLOSE, CLOSED);
    }

    private LifeCycle() {}

    /** The states that an act may lead to; empty where it may not be done. */
    public static Set<WarningState> after(WarningState from, Act act) {
        return TABLE.getOrDefault(from, Map.of()).getOrDefault(act, Set.of());
    }

    /** Whether an act may be done in a state at all. */
    public static boolean allows(WarningState from, Act act) {
        return !after(from, act).isEmpty();
    }

    /**
     * The one way from state to state.
     *
     * @return {@code to}
     * @throws IllegalStateException where the table has no such move
     */
    public static WarningState move(WarningState from, Act act, WarningState to) {
        if (!after(from, act).contains(to)) {
            throw new IllegalStateException(act.word() + " does not lead from " + from.word() + " to " + to.word());
        }
        return to;
    }

    private static void on(WarningState from, Act act, WarningState... to) {
        Set<WarningState> states = EnumSet.noneOf(WarningState.class);
        states.addAll(Set.of(to));
        TABLE.computeIfAbsent(from, key -> new EnumMap<>(Act.class)).put(act, states);
    }
}
