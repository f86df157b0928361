package org.tocsin.gateway.access;

import java.util.Collection;
import java.util.Set;

/**
 * Who acts: a client or person whose key was right, with what it may do.
 *
 * @param id its name in the ledger and in sign-offs, never given to another
 * @param name its name for people
 * @param kind whether a program's client or a person
 * @param roles what it may do
 * @param divisions the codes of the divisions it may act in, each with all below it; empty means everywhere
 * @param hazards the event codes it may act on, each with all below it; empty means all
 * @param senders the CAP senders it may speak for; empty means all
 */
public record Principal(
        String id,
        String name,
        Kind kind,
        Set<Role> roles,
        Set<String> divisions,
        Set<String> hazards,
        Set<String> senders) {
    /** What kind of actor. */
    public enum Kind {
        /** A program or a shared key. */
        CLIENT,
        /** A human being with an account. */
        PERSON
    }

    /** Copies the sets. */
    public Principal {
        roles = Set.copyOf(roles);
        divisions = Set.copyOf(divisions);
        hazards = Set.copyOf(hazards);
        senders = Set.copyOf(senders);
    }

    /** One that may speak for every sender. */
    public Principal(String id, String name, Kind kind, Set<Role> roles, Set<String> divisions, Set<String> hazards) {
        this(id, name, kind, roles, divisions, hazards, Set.of());
    }

    /** Whether it has the role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Whether it is of another house: a witness' client and nothing else, to whom only those routes are open. */
    public boolean isForeign() {
        return roles.equals(Set.of(Role.WITNESS));
    }

    /** Whether it has at least one of the roles. */
    public boolean isAny(Role... wanted) {
        for (Role role : wanted) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether all these divisions lie in its own.
     *
     * @param codes division codes; none means an area that no code describes, which only an unrestricted one may act in
     */
    public boolean mayActIn(Collection<String> codes) {
        return divisions.isEmpty()
                || (!codes.isEmpty()
                        && codes.stream().allMatch(code -> divisions.stream()
                                .anyMatch(mine -> Codes.divisionHolds(mine, code))));
    }

    /**
     * Whether all these events are among its own.
     *
     * @param codes event codes; none means an unknown event, which only an unrestricted one may act on
     */
    public boolean mayActOn(Collection<String> codes) {
        return hazards.isEmpty()
                || (!codes.isEmpty()
                        && codes.stream()
                                .allMatch(code -> hazards.stream().anyMatch(mine -> Codes.eventHolds(mine, code))));
    }

    /** Whether it may send as this CAP sender. */
    public boolean maySendAs(String sender) {
        return senders.isEmpty() || senders.contains(sender);
    }
}
