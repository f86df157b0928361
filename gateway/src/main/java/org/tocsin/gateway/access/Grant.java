package org.tocsin.gateway.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an account or client may do.
 *
 * @param roles what at all
 * @param divisions where, see {@link Principal}
 * @param hazards for which hazards, see {@link Principal}
 * @param senders as which CAP senders, see {@link Principal}
 */
public record Grant(Set<Role> roles, Set<String> divisions, Set<String> hazards, Set<String> senders) {
    /** Nothing at all. */
    public static final Grant NONE = new Grant(Set.of(), Set.of(), Set.of(), Set.of());

    private static final int MOST = 200;

    /** Copies; what an older gateway did not keep is empty. */
    public Grant {
        roles = Set.copyOf(roles);
        divisions = Set.copyOf(divisions);
        hazards = Set.copyOf(hazards);
        senders = copy(senders);
    }

    private static Set<String> copy(@Nullable Set<String> texts) {
        return texts == null ? Set.of() : Set.copyOf(texts);
    }

    /**
     * A part of the difference between two grants.
     *
     * @param part roles, divisions, hazards or senders
     * @param before sorted; empty means none for roles and all for the others
     * @param after likewise
     */
    public record Difference(String part, List<String> before, List<String> after) {}

    /** Where the other differs. */
    public List<Difference> differences(Grant after) {
        List<Difference> all = new ArrayList<>();
        add(all, "roles", words(roles), words(after.roles));
        add(all, "divisions", divisions, after.divisions);
        add(all, "hazards", hazards, after.hazards);
        add(all, "senders", senders, after.senders);
        return all;
    }

    private static void add(List<Difference> all, String part, Set<String> before, Set<String> after) {
        if (!before.equals(after)) {
            all.add(new Difference(part, List.copyOf(new TreeSet<>(before)), List.copyOf(new TreeSet<>(after))));
        }
    }

    private static Set<String> words(Set<Role> roles) {
        return new TreeSet<>(roles.stream().map(Role::word).toList());
    }

    /** What is wrong with it for a person or a client. */
    List<Refusal.Fault> faults(Principal.Kind whose) {
        List<Refusal.Fault> faults = new ArrayList<>();
        boolean person = whose == Principal.Kind.PERSON;
        if (roles.isEmpty()) {
            faults.add(new Refusal.Fault("roles", "roles.none", "choose at least one role"));
        }
        if (person && (roles.contains(Role.AGENCY) || roles.contains(Role.WITNESS))) {
            faults.add(new Refusal.Fault("roles", "roles.client", "agency and witness are roles of API clients alone"));
        }
        if (roles.contains(Role.WITNESS) && roles.size() > 1) {
            faults.add(new Refusal.Fault("roles", "roles.witness", "a witness has no other role"));
        }
        if (!divisions.stream().allMatch(code -> code.matches("[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}"))) {
            faults.add(new Refusal.Fault(
                    "divisions", "divisions.form", "a division's code has 2, 4, 6, 9 or 12 digits; one a line"));
        }
        if (!hazards.stream().allMatch(code -> code.matches("[0-9][0-9A-Z]{0,4}"))) {
            faults.add(new Refusal.Fault("hazards", "hazards.form", "a hazard's code is like 11B00; one a line"));
        }
        if (person && !senders.isEmpty()) {
            faults.add(new Refusal.Fault("senders", "senders.person", "only API clients are bound to senders"));
        }
        if (!senders.stream().allMatch(sender -> sender.matches("[^\\s,<&]{1,100}"))) {
            faults.add(new Refusal.Fault(
                    "senders",
                    "senders.form",
                    "a CAP sender has up to 100 characters without spaces, commas, < and &"));
        }
        if (divisions.size() > MOST || hazards.size() > MOST || senders.size() > MOST) {
            faults.add(new Refusal.Fault("divisions", "grant.many", "at most " + MOST + " of each"));
        }
        return faults;
    }

    /** All of it in one line that is the same for the same grant, for the ledger's hash. */
    String line() {
        return String.join(
                "|",
                String.join(",", words(roles)),
                String.join(",", new TreeSet<>(divisions)),
                String.join(",", new TreeSet<>(hazards)),
                String.join(",", new TreeSet<>(senders)));
    }
}
