package org.tocsin.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
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
    private static final Duration ONE_TIME = Duration.ofDays(3);
    private static final int MOST = 5000;
    private static final int ATTEMPTS = 5;

    private final AccessStore store;
    private final RightsDesk rights;
    private final Sessions sessions;
    private final Passwords passwords;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** Makes it; random must be a cryptographic source. */
    public Accounts(
            AccessStore store,
            RightsDesk rights,
            Sessions sessions,
            Passwords passwords,
            RandomGenerator random,
            InstantSource clock) {
        this.store = store;
        this.rights = rights;
        this.sessions = sessions;
        this.passwords = passwords;
        this.random = random;
        this.clock = clock;
    }

    /**
     * An account that was just made.
     *
     * @param account the account
     * @param password its one-time password, which is told this once
     * @param until until when it counts
     * @param waiting the proposal of its rights, which a second person must confirm; null where it has them
     */
    public record Added(Account account, String password, Instant until, @Nullable Proposal waiting) {
        /** Never the password. */
        @Override
        public String toString() {
            return "Added[" + account.name() + "]";
        }
    }

    /**
     * A one-time password.
     *
     * @param password told this once
     * @param until until when it counts
     */
    public record OneTime(String password, Instant until) {
        /** Never the password. */
        @Override
        public String toString() {
            return "OneTime";
        }
    }

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
     * first administrator has them at once.
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
        String password = SecretWords.one(random);
        Instant now = clock.instant();
        Instant until = now.plus(ONE_TIME);
        Account account = new Account(
                name,
                displayName.strip(),
                first ? grant : Grant.NONE,
                false,
                now,
                null,
                Credentials.NONE.withPassword(passwords.hash(password), until),
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
            proposal = rights.draft(by, Proposal.Kind.ACCOUNT, name, displayName.strip(), Grant.NONE, grant);
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
        return new Added(account, password, until, proposal);
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

    /** Gives an account a one-time password in the place of its own; its sessions end, its second factor stays. */
    public OneTime reset(Principal by, String name) {
        there(name);
        String password = SecretWords.one(random);
        String hash = passwords.hash(password);
        Instant until = clock.instant().plus(ONE_TIME);
        change(
                by,
                name,
                "access.account.reset",
                account -> account.with(account.credentials().withPassword(hash, until)));
        sessions.endAll(name, null);
        return new OneTime(password, until);
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
