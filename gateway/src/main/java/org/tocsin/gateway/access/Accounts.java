package org.tocsin.gateway.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessStore.Absent;
import org.tocsin.gateway.access.AccessStore.Add;
import org.tocsin.gateway.access.AccessStore.Place;
import org.tocsin.gateway.access.AccessStore.Replace;
import org.tocsin.gateway.access.AccessStore.Write;
import org.tocsin.gateway.access.Refusal.Fault;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/** People's accounts as administrators keep them. Blocking; may be used by any thread. */
public final class Accounts {
    /** Who acts by the command line in the store of a gateway that does not run. */
    public static final Principal MACHINE = new Principal(
            RightsDesk.MACHINE, RightsDesk.MACHINE, Principal.Kind.CLIENT, Set.of(Role.ADMIN), Set.of(), Set.of());

    private static final int MOST = 5000;
    private static final int ATTEMPTS = 5;

    private final AccessStore store;
    private final RightsDesk rights;
    private final Sessions sessions;
    private final Opening opening;
    private final InstantSource clock;

    /** Makes it. */
    Accounts(AccessStore store, RightsDesk rights, Sessions sessions, Opening opening, InstantSource clock) {
        this.store = store;
        this.rights = rights;
        this.sessions = sessions;
        this.opening = opening;
        this.clock = clock;
    }

    /**
     * An account that was just made.
     *
     * @param account the account
     * @param oneTime its one-time password; null where it is made in two halves once its rights are confirmed, as for
     *     whoever is somebody's second person ({@link RightsDesk#firstHalf})
     * @param waiting the proposal of its rights, which a second person must confirm; null where it has them
     */
    public record Added(Account account, @Nullable OneTime oneTime, @Nullable Proposal waiting) {}

    /** The person with this account, as they may act now; empty where it is locked or there is none. */
    public static Optional<Principal> person(AccessStore store, String name) {
        return store.account(name).filter(account -> !account.locked()).map(Account::principal);
    }

    /** An account. */
    public Optional<Account> find(String name) {
        return store.account(name);
    }

    /** All accounts by name. */
    public List<Account> list() {
        return store.accounts().stream()
                .sorted(Comparator.comparing(Account::name))
                .toList();
    }

    /**
     * Makes an account with a one-time password. Its rights are proposed and wait for a second person; only the very
     * first administrator has them at once. Where nobody alone may know its password, nobody can sign in by one before
     * its rights are confirmed.
     *
     * @throws Refusal with all that is wrong
     */
    public Added add(Principal by, String name, String displayName, Grant grant) {
        List<Fault> faults = new ArrayList<>(RightsDesk.nameFaults("name", name));
        faults.addAll(RightsDesk.displayFaults(displayName));
        faults.addAll(grant.faults(Principal.Kind.PERSON));
        // A role's word is the id of its bootstrap client.
        boolean taken = store.account(name).isPresent()
                || store.client(name).isPresent()
                || Role.of(name).isPresent();
        if (faults.isEmpty() && taken) {
            faults.add(new Fault("name", "name.taken", "this name is taken: names are never given twice"));
        }
        if (!faults.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, faults);
        }
        if (store.accounts().size() >= MOST) {
            throw new Refusal(Refusal.Kind.BUSY, "", "accounts.many", "there are " + MOST + " accounts already");
        }
        boolean first = grant.roles().contains(Role.ADMIN) && !store.hadFirstAdmin();
        if (!first) {
            rights.requireMayPropose(by);
        }
        boolean byTwo = !first && !isMachine(by) && Opening.isForTwo(grant, by.roles());
        Opening.Made made = byTwo ? null : opening.whole();
        Instant now = clock.instant();
        Account account = new Account(
                name,
                displayName.strip(),
                first ? grant : Grant.NONE,
                false,
                now,
                null,
                made == null
                        ? Credentials.NONE
                        : Credentials.NONE.reset(made.hash(), made.told().until(), first ? null : knower(by)),
                1);
        List<Write> writes =
                new ArrayList<>(List.of(new Add(Place.ACCOUNT, name, account), new Absent(Place.CLIENT, name)));
        List<Deed> deeds = new ArrayList<>(List.of(new Deed(
                now,
                by.id(),
                first ? "access.account.first" : "access.account.add",
                name,
                ContentHash.of(grant.line()))));
        Proposal proposal = null;
        if (first) {
            writes.add(new Add(Place.SINGLE, AccessStore.FIRST_ADMIN, name));
        } else {
            proposal = rights.draft(by, Proposal.Kind.ACCOUNT, name, displayName.strip(), Grant.NONE, grant, byTwo);
            writes.add(new Add(Place.PROPOSAL, proposal.id(), proposal));
            deeds.add(rights.deed(by.id(), "access.rights.propose", proposal));
        }
        if (!store.commit(writes, deeds)) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "name",
                    "changed",
                    "somebody else has just changed it: look again and repeat");
        }
        return new Added(account, made == null ? null : made.told(), proposal);
    }

    /** Locks an account; its sessions end at once. Who is locked already stays so. */
    public void lock(Principal by, String name) {
        Account account = there(name);
        rights.requireAnAdmin(account, Grant.NONE);
        change(by, name, "access.account.lock", found -> found.locked() ? found : found.withLocked(true));
        sessions.endAll(name, null);
    }

    /** Unlocks an account. */
    public void unlock(Principal by, String name) {
        change(by, name, "access.account.unlock", found -> found.locked() ? found.withLocked(false) : found);
    }

    /**
     * Gives an account a one-time password in the place of its own; its sessions end, its second factor stays.
     *
     * @throws Refusal where nobody alone may know it: two make it by {@link RightsDesk#proposePassword}, or the machine
     */
    public OneTime reset(Principal by, String name) {
        Opening.Made made = opening.whole();
        change(by, name, "access.account.reset", account -> {
            if (!isMachine(by) && rights.isOpenedByTwo(by, account)) {
                throw new Refusal(
                        Refusal.Kind.FORBIDDEN,
                        "",
                        "account.two",
                        "this person reviews, signs, administers, or writes what you may sign: propose a one-time"
                                + " password in the console, which another administrator confirms; or reset it on the"
                                + " machine");
            }
            return account.with(
                    account.credentials().reset(made.hash(), made.told().until(), knower(by)));
        });
        sessions.endAll(name, null);
        return made.told();
    }

    /** On the machine alone: a one-time password, and the second factor is taken away. */
    public OneTime resetAll(String name) {
        Opening.Made made = opening.whole();
        change(
                MACHINE,
                name,
                "access.account.resetAll",
                account -> account.with(
                        account.credentials().anew(made.hash(), made.told().until())));
        sessions.endAll(name, null);
        return made.told();
    }

    private static boolean isMachine(Principal by) {
        return by.equals(MACHINE);
    }

    /** Who may hold an account by a one-time password that was told to them; the machine's owner holds all anyway. */
    private static @Nullable String knower(Principal by) {
        return isMachine(by) ? null : by.id();
    }

    private interface Change {
        Account of(Account before);
    }

    private void change(Principal by, String name, String act, Change change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account before = there(name);
            Account after = change.of(before);
            if (after.equals(before)
                    || store.commit(
                            List.of(new Replace(Place.ACCOUNT, name, before.version(), after)),
                            List.of(new Deed(clock.instant(), by.id(), act, name, ContentHash.of(""))))) {
                return;
            }
        }
        throw new Refusal(
                Refusal.Kind.CONFLICT, "", "changed", "somebody else has just changed it: look again and repeat");
    }

    private Account there(String name) {
        return store.account(name)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.UNKNOWN, "name", "account.unknown", "there is no account of this name"));
    }
}
