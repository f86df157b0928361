package org.tocsin.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessStore.Absent;
import org.tocsin.gateway.access.AccessStore.Add;
import org.tocsin.gateway.access.AccessStore.KeptMatrix;
import org.tocsin.gateway.access.AccessStore.Place;
import org.tocsin.gateway.access.AccessStore.Remove;
import org.tocsin.gateway.access.AccessStore.Replace;
import org.tocsin.gateway.access.AccessStore.Write;
import org.tocsin.gateway.access.Proposal.Kind;
import org.tocsin.gateway.access.Proposal.State;
import org.tocsin.gateway.access.Refusal.Fault;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/**
 * Changes of rights, which two people make together: one administrator proposes, another confirms or refuses. Nobody
 * confirms what they proposed, or what is about themselves; an API client is no person. Each step is in the ledger.
 * Blocking; may be used by any thread.
 */
public final class RightsDesk {
    private static final Duration LIFE = Duration.ofDays(7);
    private static final int MOST_WAITING = 200;
    private static final int MOST_DECIDED = 500;
    private static final int LONGEST_MATRIX = 65_536;
    private static final int LONGEST_REASON = 500;

    /** The actor where somebody on the machine itself acts, by the command line. */
    public static final String MACHINE = "machine";

    private final AccessStore store;
    private final Sessions sessions;
    private final Opening opening;
    private final Function<String, List<String>> matrixProblems;
    private final String settingsMatrix;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param store where it is kept
     * @param sessions the sessions, which end where a second factor is taken away or an account is opened anew
     * @param opening the one-time passwords in two halves
     * @param matrixProblems all that is wrong with a matrix as text
     * @param settingsMatrix the matrix of the settings, which counts until one is confirmed here
     * @param random a cryptographic source
     * @param clock the time
     */
    RightsDesk(
            AccessStore store,
            Sessions sessions,
            Opening opening,
            Function<String, List<String>> matrixProblems,
            String settingsMatrix,
            RandomGenerator random,
            InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.opening = opening;
        this.matrixProblems = matrixProblems;
        this.settingsMatrix = settingsMatrix;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A proposal that was confirmed.
     *
     * @param proposal as it is now
     * @param secondHalf the second half of a one-time password, told this once; null where none was made
     */
    public record Confirmed(Proposal proposal, @Nullable OneTime secondHalf) {}

    /**
     * Proposes what an account may do. Where it becomes somebody's second person, and was opened by one administrator
     * alone, it is opened anew by a one-time password in two halves.
     */
    public Proposal proposeAccount(Principal by, String name, Grant after) {
        Account account = store.account(name).orElseThrow(RightsDesk::unknown);
        require(after.faults(Principal.Kind.PERSON));
        requireDifference(account.grant(), after);
        boolean anew = opening.mustBeAnew(account, by.roles(), after);
        return keep(by, draft(by, Kind.ACCOUNT, name, "", account.grant(), after, anew), List.of());
    }

    /** Proposes what a client may do. */
    public Proposal proposeClient(Principal by, String id, Grant after) {
        ApiClient client = store.client(id).orElseThrow(RightsDesk::unknown);
        require(after.faults(Principal.Kind.CLIENT));
        requireDifference(client.grant(), after);
        return keep(by, draft(by, Kind.CLIENT, id, client.name(), client.grant(), after), List.of());
    }

    /** Proposes a new client; once it is confirmed, a key is made for it. */
    public Proposal proposeNewClient(Principal by, String id, String name, Grant grant) {
        List<Fault> faults = new ArrayList<>(nameFaults("id", id));
        faults.addAll(displayFaults(name));
        faults.addAll(grant.faults(Principal.Kind.CLIENT));
        if (faults.isEmpty() && isTaken(id)) {
            faults.add(new Fault("id", "name.taken", "this name is taken, or was proposed: choose another"));
        }
        require(faults);
        return keep(
                by,
                draft(by, Kind.CLIENT, id, name, Grant.NONE, grant),
                List.of(new Absent(Place.ACCOUNT, id), new Absent(Place.CLIENT, id)));
    }

    /** Proposes a new key for a client that has one: whoever is told it can act as the client. */
    public Proposal proposeKey(Principal by, String id) {
        ApiClient client = store.client(id).orElseThrow(RightsDesk::unknown);
        if (client.mayGetKey()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "", "client.key.free", "a key can be made for it already");
        }
        return keep(by, draft(by, Kind.KEY, id, client.name(), client.grant(), client.grant()), List.of());
    }

    /**
     * Proposes a new one-time password for a person, in two halves: the proposer is told the first by
     * {@link #firstHalf}, whoever confirms the second, once.
     */
    public Proposal proposePassword(Principal by, String name) {
        Account account = store.account(name).orElseThrow(RightsDesk::unknown);
        if (by.kind() != Principal.Kind.PERSON) {
            // Whoever has a key and an account would be told both halves.
            throw new Refusal(Refusal.Kind.FORBIDDEN, "", "rights.person", "only a person who is an administrator may");
        }
        return keep(by, draft(by, Kind.PASSWORD, name, "", account.grant(), account.grant(), true), List.of());
    }

    /**
     * Whether nobody alone may be told a one-time password of this account, but {@link #proposePassword} makes it in
     * two halves.
     */
    public boolean isOpenedByTwo(Principal by, Account account) {
        return Opening.isForTwo(account.grant(), by.roles());
    }

    /** The first half of the one-time password that a proposal makes, for its proposer while it waits. */
    public Optional<String> firstHalf(Principal by, Proposal proposal) {
        return proposal.by().equals(by.id()) && isWaiting(proposal) ? opening.firstHalf(proposal) : Optional.empty();
    }

    /** Proposes to take away a second factor that its person has lost. */
    public Proposal proposeWithoutSecondFactor(Principal by, String name) {
        Account account = store.account(name).orElseThrow(RightsDesk::unknown);
        if (!account.hasSecondFactor()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "", "code.none", "this account has no second factor");
        }
        return keep(by, draft(by, Kind.SECOND_FACTOR, name, "", account.grant(), account.grant()), List.of());
    }

    /** Proposes another approval matrix, written as the settings write it. */
    public Proposal proposeMatrix(Principal by, String text) {
        String after = text.replace("\r\n", "\n").strip();
        List<Fault> faults = new ArrayList<>();
        if (after.isEmpty() || after.length() > LONGEST_MATRIX) {
            faults.add(new Fault("matrix", "matrix.long", "1 to " + LONGEST_MATRIX + " characters"));
        } else {
            matrixProblems.apply(after).forEach(problem -> faults.add(new Fault("matrix", "matrix.form", problem)));
            if (faults.isEmpty() && after.equals(matrix())) {
                faults.add(new Fault("matrix", "rights.same", "this is what holds already"));
            }
        }
        require(faults);
        Proposal draft = draft(by, Kind.MATRIX, "matrix", "", Grant.NONE, Grant.NONE);
        return keep(
                by,
                new Proposal(
                        draft.id(),
                        draft.kind(),
                        draft.subject(),
                        "",
                        Grant.NONE,
                        Grant.NONE,
                        matrix(),
                        after,
                        draft.by(),
                        draft.at(),
                        draft.ends(),
                        State.WAITING,
                        null,
                        null,
                        "",
                        null,
                        1),
                List.of());
    }

    /** The matrix that holds, as text. */
    public String matrix() {
        KeptMatrix kept = store.matrix();
        return kept == null ? settingsMatrix : kept.text();
    }

    /** Whether the matrix was edited here, so that the settings' counts no longer. */
    public boolean isMatrixEdited() {
        return store.matrix() != null;
    }

    /** All proposals that are kept, those that wait first, the newest first. */
    public List<Proposal> list() {
        expire();
        return store.proposals().stream()
                .sorted(Comparator.comparing((Proposal proposal) -> proposal.state() != State.WAITING)
                        .thenComparing(Proposal::at, Comparator.reverseOrder()))
                .toList();
    }

    /** How many wait for a second person. */
    public long waiting() {
        return store.proposals().stream().filter(this::isWaiting).count();
    }

    /** Why this actor may not confirm the proposal; empty where it may. */
    public Optional<Fault> whyNotConfirm(Principal by, Proposal proposal) {
        if (by.kind() != Principal.Kind.PERSON || !by.is(Role.ADMIN)) {
            return Optional.of(new Fault("", "rights.person", "only a person who is an administrator may decide"));
        }
        if (proposal.by().equals(by.id())) {
            return Optional.of(new Fault("", "rights.own", "nobody confirms what they have proposed themselves"));
        }
        Optional<Account> own = store.account(by.id());
        if (own.filter(Account::hasSecondFactor).isEmpty()) {
            return Optional.of(
                    new Fault("", "rights.factor", "who confirms has a second factor: set yours up on \"my account\""));
        }
        // It cannot be by the rules of Opening. Where it is all the same, who opened it could be who set its factor up.
        if (own.map(account -> account.credentials().openedBy()).isPresent()) {
            return Optional.of(new Fault(
                    "", "rights.opened", "one administrator alone opened your account: have two reset its password"));
        }
        return proposal.subject().equals(by.id()) && proposal.kind() != Kind.MATRIX && proposal.kind() != Kind.CLIENT
                ? Optional.of(new Fault("", "rights.self", "nobody confirms what is about themselves"))
                : Optional.empty();
    }

    /**
     * Confirms a proposal, and does what it says. An account that it opens anew has no session from then on.
     *
     * @throws Refusal where the actor may not, it waits no longer, or what it changes has changed since
     */
    public Confirmed confirm(Principal by, String id) {
        Proposal proposal = waiting(id);
        whyNotConfirm(by, proposal).ifPresent(fault -> {
            throw new Refusal(Refusal.Kind.FORBIDDEN, List.of(fault));
        });
        Proposal done = proposal.decided(State.CONFIRMED, by.id(), clock.instant(), "");
        Opening.Made made = proposal.opens() ? opening.secondHalf(proposal).orElseThrow(RightsDesk::stale) : null;
        List<Write> writes = new ArrayList<>(effect(proposal, made));
        writes.add(new Replace(Place.PROPOSAL, id, proposal.version(), done));
        List<Deed> deeds = new ArrayList<>(List.of(deed(by.id(), "access.rights.confirm", proposal)));
        if (made != null) {
            deeds.add(new Deed(
                    clock.instant(), by.id(), "access.account.reset", proposal.subject(), ContentHash.of("two")));
        }
        boolean ends = made != null || proposal.kind() == Kind.SECOND_FACTOR;
        if (ends) {
            // Before as well: after a crash between the two, nobody who was in must find themselves with new rights.
            sessions.endAll(proposal.subject(), null);
        }
        commit(writes, deeds);
        if (ends) {
            sessions.endAll(proposal.subject(), null);
        }
        return new Confirmed(done, made == null ? null : made.told());
    }

    /** Refuses a proposal, with a reason; whoever proposed it takes it back by {@link #withdraw}. */
    public Proposal refuse(Principal by, String id, String reason) {
        Proposal proposal = waiting(id);
        if (by.kind() != Principal.Kind.PERSON || !by.is(Role.ADMIN)) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN, "", "rights.person", "only a person who is an administrator may decide");
        }
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "reason",
                    "rights.reason",
                    "say why, in at most " + LONGEST_REASON + " characters");
        }
        return decide(by, proposal, State.REFUSED, "access.rights.refuse", why);
    }

    /** Takes one's own proposal back. */
    public Proposal withdraw(Principal by, String id) {
        Proposal proposal = waiting(id);
        if (!proposal.by().equals(by.id())) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "",
                    "rights.notOwn",
                    "only who proposed it takes it back; refuse it instead");
        }
        return decide(by, proposal, State.WITHDRAWN, "access.rights.withdraw", "");
    }

    private Proposal decide(Principal by, Proposal proposal, State state, String act, String reason) {
        Proposal done = proposal.decided(state, by.id(), clock.instant(), reason);
        commit(
                List.of(new Replace(Place.PROPOSAL, proposal.id(), proposal.version(), done)),
                List.of(deed(by.id(), act, done)));
        return done;
    }

    /** What a confirmed proposal changes; refused where that is not as it was. */
    private List<Write> effect(Proposal proposal, Opening.@Nullable Made made) {
        String subject = proposal.subject();
        return switch (proposal.kind()) {
            case ACCOUNT -> {
                Account account = store.account(subject).orElseThrow(RightsDesk::unknown);
                requireSame(account.grant(), proposal.before());
                requireAnAdmin(account, proposal.after());
                // One alone may have opened it since it was proposed.
                if (made == null && opening.mustBeAnew(account, opening.rolesOf(proposal.by()), proposal.after())) {
                    throw stale();
                }
                Credentials there = account.credentials();
                Credentials opened = made == null
                        ? there
                        : there.anew(made.hash(), made.told().until());
                yield List.of(
                        new Replace(Place.ACCOUNT, subject, account.version(), account.with(proposal.after(), opened)));
            }
            case PASSWORD -> {
                Account account = store.account(subject).orElseThrow(RightsDesk::unknown);
                Opening.Made two = Optional.ofNullable(made).orElseThrow(RightsDesk::stale);
                Credentials there = account.credentials();
                Instant until = two.told().until();
                yield List.of(new Replace(
                        Place.ACCOUNT,
                        subject,
                        account.version(),
                        account.with(
                                there.openedBy() == null
                                        ? there.reset(two.hash(), until, null)
                                        : there.anew(two.hash(), until))));
            }
            case CLIENT -> {
                Optional<ApiClient> there = store.client(subject);
                if (there.isEmpty()) {
                    ApiClient anew = new ApiClient(
                                    subject,
                                    proposal.name(),
                                    "",
                                    java.util.Set.of(),
                                    java.util.Set.of(),
                                    java.util.Set.of(),
                                    clock.instant())
                            .with(proposal.after());
                    yield List.of(new Absent(Place.ACCOUNT, subject), new Add(Place.CLIENT, subject, anew));
                }
                requireSame(there.get().grant(), proposal.before());
                yield List.of(new Replace(
                        Place.CLIENT,
                        subject,
                        there.get().version(),
                        there.get().with(proposal.after())));
            }
            case KEY -> {
                ApiClient client = store.client(subject).orElseThrow(RightsDesk::unknown);
                yield List.of(new Replace(Place.CLIENT, subject, client.version(), client.withNewKey()));
            }
            case SECOND_FACTOR -> {
                Account account = store.account(subject).orElseThrow(RightsDesk::unknown);
                yield List.of(new Replace(
                        Place.ACCOUNT,
                        subject,
                        account.version(),
                        account.with(account.credentials()
                                .withSecret(null, account.credentials().usedStep(), java.util.Set.of()))));
            }
            case MATRIX -> {
                KeptMatrix kept = store.matrix();
                if (!matrix().equals(proposal.matrixBefore())) {
                    throw stale();
                }
                yield List.of(
                        kept == null
                                ? new Add(Place.SINGLE, AccessStore.MATRIX, new KeptMatrix(proposal.matrixAfter(), 1))
                                : new Replace(
                                        Place.SINGLE,
                                        AccessStore.MATRIX,
                                        kept.version(),
                                        new KeptMatrix(proposal.matrixAfter(), kept.version() + 1)));
            }
        };
    }

    /** Refuses what would leave nobody who can confirm anything. */
    void requireAnAdmin(Account without, Grant after) {
        boolean loses = without.grant().roles().contains(Role.ADMIN)
                && !without.locked()
                && !after.roles().contains(Role.ADMIN);
        if (loses
                && store.accounts().stream()
                        .noneMatch(other -> !other.name().equals(without.name())
                                && !other.locked()
                                && other.grant().roles().contains(Role.ADMIN))) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT, "roles", "admin.last", "this is the last administrator: name another first");
        }
    }

    /** A proposal that is not kept yet. */
    private Proposal draft(Principal by, Kind kind, String subject, String name, Grant before, Grant after) {
        return draft(by, kind, subject, name, before, after, false);
    }

    /** The same; its account is opened anew once it is confirmed, where {@code opens}. */
    Proposal draft(Principal by, Kind kind, String subject, String name, Grant before, Grant after, boolean opens) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        return new Proposal(
                id,
                kind,
                subject,
                name,
                before,
                after,
                "",
                "",
                by.id(),
                now,
                now.plus(LIFE),
                State.WAITING,
                null,
                null,
                "",
                opens ? opening.firstHalf(id) : null,
                1);
    }

    /** Refuses where this actor may not propose, or too much waits. */
    void requireMayPropose(Principal by) {
        if (!by.is(Role.ADMIN)) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "", "role", "only an administrator may propose");
        }
        if (by.kind() != Principal.Kind.PERSON && admins() > 1) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "",
                    "rights.proposer",
                    "there are two administrators: from now on rights are proposed by a person who has signed in");
        }
        if (waiting() >= MOST_WAITING) {
            throw new Refusal(
                    Refusal.Kind.BUSY, "", "rights.many", MOST_WAITING + " proposals wait: decide them first");
        }
    }

    /** The locked ones count too: else one could lock the other and go on with a key. */
    private long admins() {
        return store.accounts().stream()
                .filter(account -> account.grant().roles().contains(Role.ADMIN))
                .count();
    }

    private Proposal keep(Principal by, Proposal proposal, List<Write> also) {
        requireMayPropose(by);
        expire();
        boolean twice = store.proposals().stream()
                .anyMatch(other -> isWaiting(other)
                        && other.kind() == proposal.kind()
                        && other.subject().equals(proposal.subject()));
        if (twice) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "",
                    "rights.twice",
                    "another change of the same waits already: have it decided or taken back first");
        }
        List<Write> writes = new ArrayList<>(also);
        writes.add(new Add(Place.PROPOSAL, proposal.id(), proposal));
        decidedBeyond().forEach(old -> writes.add(new Remove(Place.PROPOSAL, old.id())));
        commit(writes, List.of(deed(by.id(), "access.rights.propose", proposal)));
        return proposal;
    }

    private List<Proposal> decidedBeyond() {
        return store.proposals().stream()
                .filter(proposal -> proposal.state() != State.WAITING)
                .sorted(Comparator.comparing(Proposal::at).reversed())
                .skip(MOST_DECIDED)
                .toList();
    }

    private Proposal waiting(String id) {
        expire();
        Proposal proposal = store.proposal(id).orElseThrow(RightsDesk::unknown);
        if (proposal.state() != State.WAITING) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT, "", "rights.decided", "this was decided, taken back or has run out already");
        }
        return proposal;
    }

    private boolean isWaiting(Proposal proposal) {
        return proposal.state() == State.WAITING && clock.instant().isBefore(proposal.ends());
    }

    /** Notes the end of those whose time is over. */
    private void expire() {
        for (Proposal proposal : store.proposals()) {
            if (proposal.state() == State.WAITING && !isWaiting(proposal)) {
                Proposal over = proposal.decided(State.EXPIRED, Deed.GATEWAY, proposal.ends(), "");
                // Where another was faster, it is noted already.
                store.commit(
                        List.of(new Replace(Place.PROPOSAL, proposal.id(), proposal.version(), over)),
                        List.of(deed(Deed.GATEWAY, "access.rights.expire", over)));
            }
        }
    }

    private boolean isTaken(String name) {
        return store.account(name).isPresent()
                || store.client(name).isPresent()
                || name.equals(Deed.GATEWAY)
                || name.equals(MACHINE);
    }

    static List<Fault> nameFaults(String field, String name) {
        boolean fits = Account.NAME.matcher(name).matches() && !name.equals(Deed.GATEWAY) && !name.equals(MACHINE);
        return fits
                ? List.of()
                : List.of(new Fault(
                        field, "name.form", "2 to 40 of a-z, 0-9, dot, hyphen and underscore, such as zhang.wei"));
    }

    static List<Fault> displayFaults(String name) {
        boolean fits = !name.isBlank()
                && name.codePointCount(0, name.length()) <= 60
                && name.codePoints().noneMatch(Character::isISOControl);
        return fits ? List.of() : List.of(new Fault("displayName", "display.form", "1 to 60 characters"));
    }

    private void commit(List<Write> writes, List<Deed> deeds) {
        if (!store.commit(writes, deeds)) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT, "", "changed", "somebody else has just changed it: look again and repeat");
        }
    }

    Deed deed(String actor, String act, Proposal proposal) {
        String content = String.join(
                "\n",
                proposal.kind().name(),
                proposal.subject(),
                proposal.before().line(),
                proposal.after().line(),
                proposal.matrixAfter(),
                proposal.reason());
        return new Deed(clock.instant(), actor, act, proposal.id() + " " + proposal.subject(), ContentHash.of(content));
    }

    private static void require(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, faults);
        }
    }

    private static void requireDifference(Grant before, Grant after) {
        if (before.equals(after)) {
            throw new Refusal(Refusal.Kind.INVALID, "roles", "rights.same", "this is what holds already");
        }
    }

    private static void requireSame(Grant now, Grant then) {
        if (!now.equals(then)) {
            throw stale();
        }
    }

    private static Refusal stale() {
        return new Refusal(
                Refusal.Kind.CONFLICT,
                "",
                "rights.stale",
                "what it changes has changed since it was proposed: refuse it and have it proposed anew");
    }

    private static Refusal unknown() {
        return new Refusal(Refusal.Kind.UNKNOWN, "", "unknown", "there is no such account, client or proposal");
    }
}
