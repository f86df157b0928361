package org.tocsin.gateway.approval;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Decision.Denied;
import org.tocsin.gateway.approval.Decision.Why;

/** Who may do which act: by role, by area and hazard, and by what they did to this warning before. */
final class Rights {
    private static final Map<Act, Set<Role>> ROLES = new EnumMap<>(Act.class);

    static {
        Set<Role> issuing = EnumSet.of(Role.ISSUER, Role.AGENCY);
        ROLES.put(Act.EDIT, issuing);
        ROLES.put(Act.SUBMIT, issuing);
        ROLES.put(Act.WITHDRAW, issuing);
        ROLES.put(Act.APPROVE, EnumSet.of(Role.REVIEWER, Role.SIGNER));
        ROLES.put(Act.RETURN, EnumSet.of(Role.REVIEWER, Role.SIGNER));
        ROLES.put(Act.REJECT, EnumSet.of(Role.REVIEWER, Role.SIGNER));
        ROLES.put(Act.STOP, EnumSet.of(Role.ISSUER, Role.AGENCY, Role.REVIEWER, Role.SIGNER));
        ROLES.put(Act.RESUME, EnumSet.of(Role.SIGNER));
        ROLES.put(Act.CANCEL, EnumSet.of(Role.ISSUER, Role.AGENCY, Role.SIGNER));
        ROLES.put(Act.CLOSE, EnumSet.of(Role.ISSUER, Role.AGENCY, Role.SIGNER));
    }

    private final AlertFacts facts;
    private final Supplier<ApprovalMatrix> matrix;

    Rights(AlertFacts facts, Supplier<ApprovalMatrix> matrix) {
        this.facts = facts;
        this.matrix = matrix;
    }

    /** Whether the principal may send such an alert at all; null means yes. */
    @Nullable
    Denied refusePosting(Principal principal, org.tocsin.alert.Alert alert) {
        if (!principal.isAny(Role.ISSUER, Role.AGENCY)) {
            return forbidden("role", "sending a warning needs the role issuer or agency", null);
        }
        if (!principal.maySendAs(alert.sender())) {
            return otherSender();
        }
        return refuseScope(principal, facts.events(alert), facts.divisions(alert), null);
    }

    /** Whether the principal may do the act to the warning as it is; null means yes. */
    @Nullable
    Denied refuse(Principal principal, Act act, Warning warning) {
        Set<Role> roles = ROLES.getOrDefault(act, Set.of());
        if (roles.stream().noneMatch(principal::is)) {
            return forbidden("role", act.word() + " needs one of the roles " + words(roles), null);
        }
        Denied outside =
                refuseScope(principal, facts.events(warning.alert()), facts.divisions(warning.alert()), warning);
        if (outside != null) {
            return outside;
        }
        if (!principal.maySendAs(warning.alert().sender())) {
            return otherSender();
        }
        return switch (act) {
            case APPROVE, RETURN, REJECT -> refuseDecision(principal, act, warning);
            case EDIT, SUBMIT -> refuseAuthorship(principal, act, warning);
            case WITHDRAW ->
                warning.authors().contains(principal.id())
                        ? null
                        : forbidden("author", "only who made or submitted a warning may withdraw it", warning);
            case CLOSE ->
                warning.state().isUnsent() && !warning.authors().contains(principal.id())
                        ? forbidden("author", "only who made a draft may close it", warning)
                        : null;
            case CANCEL ->
                warning.alert().msgType() == MsgType.CANCEL
                        ? new Denied(Why.CONFLICT, "cancel.cancel", "a Cancel cannot be cancelled", warning)
                        : null;
            case STOP, RESUME, DISPATCH, ACTIVATE, SUPERSEDE, END, EXPIRE -> null;
        };
    }

    /** A person who signs level I or II. */
    static boolean needsProof(Principal principal, Warning warning) {
        Step step = warning.nextStep();
        return principal.kind() == Principal.Kind.PERSON
                && step != null
                && step.role() == Role.SIGNER
                && warning.level().isGraverThan(Level.III);
    }

    /** Whether what is asked for needs a second factor that was not shown; null means no. */
    @Nullable
    Denied refuseUnproven(Principal principal, Act act, Warning warning, Details details) {
        return act == Act.APPROVE && needsProof(principal, warning) && !details.proven()
                ? forbidden(
                        "approval.unproven",
                        "signing level " + warning.level().name()
                                + " needs a second factor that was shown a short time ago",
                        warning)
                : null;
    }

    /** Whether the principal may go on with, or end, an earlier warning; null means yes. */
    @Nullable
    Denied refusePredecessor(Principal principal, Warning before) {
        return principal.maySendAs(before.alert().sender())
                ? refuseScope(principal, facts.events(before.alert()), facts.divisions(before.alert()), null)
                : otherSender();
    }

    boolean mayRead(Principal principal, Warning warning) {
        return principal.isAny(Role.AUDITOR, Role.ADMIN)
                || warning.authors().contains(principal.id())
                || refuseScope(principal, facts.events(warning.alert()), facts.divisions(warning.alert()), null)
                        == null;
    }

    private @Nullable Denied refuseDecision(Principal principal, Act act, Warning warning) {
        Step step = warning.nextStep();
        if (step == null) {
            return null;
        }
        if (warning.authors().contains(principal.id())) {
            return forbidden("approval.own", "nobody decides on what they made, edited or submitted", warning);
        }
        if (warning.approvals().stream().anyMatch(given -> given.by().equals(principal.id()))) {
            return forbidden("approval.twice", "nobody acts twice in one sign-off", warning);
        }
        if (!principal.is(step.role())) {
            return forbidden("role", "this warning waits for a " + step.role().word(), warning);
        }
        if (!step.who().isEmpty() && !step.who().contains(principal.id())) {
            return forbidden("approval.named", "the matrix names others for this step", warning);
        }
        boolean machine = act == Act.APPROVE && principal.kind() == Principal.Kind.CLIENT;
        if (machine && !matrix.get().machineMayApprove(warning.level())) {
            return forbidden(
                    "approval.machine",
                    "an API client may not approve level " + warning.level().name(),
                    warning);
        }
        return null;
    }

    private static @Nullable Denied refuseAuthorship(Principal principal, Act act, Warning warning) {
        boolean decided = warning.history().stream()
                .anyMatch(trace ->
                        trace.by().equals(principal.id()) && (trace.act() == Act.APPROVE || trace.act() == Act.RETURN));
        return decided
                ? forbidden("approval.twice", "who decided on a warning may not " + act.word() + " it", warning)
                : null;
    }

    private static @Nullable Denied refuseScope(
            Principal principal, Collection<String> events, Collection<String> divisions, @Nullable Warning warning) {
        if (!principal.mayActIn(divisions)) {
            return forbidden("scope.division", "the area is not within this client's divisions", warning);
        }
        if (!principal.mayActOn(events)) {
            return forbidden("scope.hazard", "the event is not among this client's hazards", warning);
        }
        return null;
    }

    private static Denied otherSender() {
        return forbidden("scope.sender", "the sender is not among those that this client may speak for", null);
    }

    private static Denied forbidden(String code, String message, @Nullable Warning warning) {
        return new Denied(Why.FORBIDDEN, code, message, warning);
    }

    private static String words(Set<Role> roles) {
        return String.join(", ", roles.stream().map(Role::word).toList());
    }
}
