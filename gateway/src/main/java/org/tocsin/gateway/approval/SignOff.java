package org.tocsin.gateway.approval;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.alert.Alert;
import org.tocsin.alert.MsgType;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Decision.Denied;
import org.tocsin.gateway.approval.Decision.Done;
import org.tocsin.gateway.approval.Decision.Known;
import org.tocsin.gateway.approval.Decision.Why;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/**
 * The sign-off of warnings: everything that moves one from state to state. What it answers is durable, ledger entry
 * included. Blocking; may be used by any thread.
 */
public final class SignOff {
    private static final Logger LOG = LoggerFactory.getLogger(SignOff.class);
    private static final int ATTEMPTS = 20;
    private static final int EXPIRED_AT_ONCE = 200;

    private final WarningStore store;
    private final Supplier<ApprovalMatrix> matrix;
    private final AlertFacts facts;
    private final AlertWriter writer;
    private final InstantSource clock;
    private final Consumer<Warning> onSigned;
    private final Rights rights;
    private final Succession succession;
    private final Drafting drafting;
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();

    /**
     * Makes it.
     *
     * @param store where warnings are kept
     * @param matrix who must approve what, asked at each step as it may be changed meanwhile
     * @param facts what an alert is about
     * @param writer writes the gateway's own Cancels
     * @param clock the time
     * @param random a cryptographic source, for ids
     * @param onSigned told of each warning that was just signed, once it is durable; what it throws is logged and
     *     changes nothing
     */
    public SignOff(
            WarningStore store,
            Supplier<ApprovalMatrix> matrix,
            AlertFacts facts,
            AlertWriter writer,
            InstantSource clock,
            RandomGenerator random,
            Consumer<Warning> onSigned) {
        this.store = store;
        this.matrix = matrix;
        this.facts = facts;
        this.writer = writer;
        this.clock = clock;
        this.onSigned = onSigned;
        this.rights = new Rights(facts, matrix);
        this.succession = new Succession(store);
        this.drafting = new Drafting(clock, random);
    }

    /** Makes it with a matrix that stays as it is. */
    public SignOff(
            WarningStore store,
            ApprovalMatrix matrix,
            AlertFacts facts,
            AlertWriter writer,
            InstantSource clock,
            RandomGenerator random,
            Consumer<Warning> onSigned) {
        this(store, () -> matrix, facts, writer, clock, random, onSigned);
    }

    /** Adds one that is told of every change once it is durable; what it throws is logged and changes nothing. */
    public void watch(Consumer<Change> watcher) {
        watchers.add(watcher);
    }

    /**
     * Whether the principal may send such an alert: its role, area and hazards. Null means yes. {@link #post} asks it
     * too.
     */
    public @Nullable Denied refusePosting(Principal principal, Alert alert) {
        return rights.refusePosting(principal, alert);
    }

    /**
     * Looks whether the alert was taken before.
     *
     * @return {@link Known} with the same content, {@link Denied} with other content, empty where it is new
     */
    public Optional<Decision> known(Posting posting) {
        Alert alert = posting.alert();
        return store.findByIdentity(alert.sender(), alert.identifier(), alert.sent())
                .map(there -> drafting.isSame(there, posting)
                        ? new Known(there)
                        : new Denied(
                                Why.CONFLICT,
                                "identity.taken",
                                "another alert has this sender, identifier and sent",
                                there));
    }

    /**
     * Takes a valid alert in, once.
     *
     * @param draft whether it stays a draft; else it is submitted at once
     * @return {@link Done} with {@code created}, {@link Known}, or {@link Denied}
     */
    public Decision post(Principal principal, Posting posting, boolean draft) {
        Denied refused = rights.refusePosting(principal, posting.alert());
        if (refused != null) {
            return refused;
        }
        return keepNew(principal, posting, draft);
    }

    /** Reads a warning as it is. */
    public Optional<Warning> find(String id) {
        return store.find(id);
    }

    /**
     * Replaces the content of a draft or returned warning.
     *
     * @param version the version that the editor saw
     */
    public Decision edit(Principal principal, String id, long version, Posting posting) {
        Optional<Warning> there = store.find(id);
        if (there.isEmpty()) {
            return unknown();
        }
        Warning warning = there.get();
        Denied refused = firstOf(
                rights.refuse(principal, Act.EDIT, warning),
                rights.refusePosting(principal, posting.alert()),
                refuseState(Act.EDIT, warning),
                refuseVersion(version, warning));
        if (refused != null) {
            return refused;
        }
        Succession.Found found = succession.find(posting.alert());
        if (found.denied() != null) {
            return found.denied();
        }
        return update(principal, Act.EDIT, drafting.edited(warning, posting, principal, found.latest()));
    }

    /**
     * Does one of the acts of people and clients, except {@link Act#EDIT}.
     *
     * @return {@link Done}, {@link Known} where a cancel is asked for again, or {@link Denied} with the warning as it
     *     is
     */
    public Decision act(Principal principal, String id, Act act, Details details) {
        if (act.isOfTheGateway() || act == Act.EDIT) {
            return new Denied(Why.INVALID, "act.unknown", act.word() + " is not an act of people", null);
        }
        Denied last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Warning> found = store.find(id);
            if (found.isEmpty()) {
                return unknown();
            }
            Warning warning = found.get();
            Denied refused = firstOf(
                    rights.refuse(principal, act, warning),
                    refuseDetails(act, details, warning),
                    details.version() == null ? null : refuseVersion(details.version(), warning),
                    refuseState(act, warning),
                    refuseExpired(act, warning),
                    rights.refuseUnproven(principal, act, warning, details));
            if (refused != null) {
                return refused;
            }
            Decision decision = attempt(principal, act, details, warning);
            if (!(decision instanceof Denied denied) || denied.why() != Why.STALE) {
                return decision;
            }
            last = denied;
        }
        return last == null ? unknown() : last;
    }

    /**
     * A move that the gateway itself makes: {@link Act#DISPATCH}, {@link Act#ACTIVATE}, {@link Act#EXPIRE} or
     * {@link Act#CLOSE}.
     *
     * @return the warning as it is then; empty where its state does not allow the move
     */
    public Optional<Warning> move(String id, Act act) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Warning> found = store.find(id).filter(warning -> LifeCycle.allows(warning.state(), act));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            WarningState to =
                    LifeCycle.after(found.get().state(), act).iterator().next();
            Warning moved = drafting.moved(found.get(), act, to, null, null);
            if (store.update(List.of(moved), List.of(deed(Deed.GATEWAY, act, moved))) == WarningStore.Update.UPDATED) {
                tell(moved, act);
                return Optional.of(moved);
            }
        }
        throw new IllegalStateException("warning " + id + " changed faster than it could be moved");
    }

    /** Moves all warnings whose time is over to expired; to be called now and then. */
    public List<Warning> expireDue() {
        Instant now = clock.instant();
        List<Warning> expired = new ArrayList<>();
        int before;
        do {
            before = expired.size();
            for (Warning warning : store.due(now, EXPIRED_AT_ONCE)) {
                move(warning.id(), Act.EXPIRE).ifPresent(expired::add);
            }
        } while (expired.size() == before + EXPIRED_AT_ONCE);
        return expired;
    }

    /** Whether the principal may read the warning: auditors and admins all, others theirs and those in their scope. */
    public boolean mayRead(Principal principal, Warning warning) {
        return rights.mayRead(principal, warning);
    }

    /**
     * Whether the principal must have shown a second factor a short time ago to approve the warning as it is: a person
     * who signs level I or II.
     */
    public boolean needsProof(Principal principal, Warning warning) {
        return Rights.needsProof(principal, warning);
    }

    /**
     * Why the principal may not do an act to the warning as it is now; null where it may. Nothing is looked at but who
     * it is and where the warning stands.
     */
    public @Nullable Denied whyNot(Principal principal, Act act, Warning warning) {
        return firstOf(refuseState(act, warning), rights.refuse(principal, act, warning));
    }

    /** The warning as it was when it was last returned; empty where it never was. */
    public Optional<Warning> returned(String id) {
        return store.returned(id);
    }

    /** Which acts the principal may do to the warning as it is now. */
    public Set<Act> possible(Principal principal, Warning warning) {
        Set<Act> acts = EnumSet.noneOf(Act.class);
        for (Act act : Act.values()) {
            if (!act.isOfTheGateway()
                    && LifeCycle.allows(warning.state(), act)
                    && rights.refuse(principal, act, warning) == null) {
                acts.add(act);
            }
        }
        return acts;
    }

    private Decision attempt(Principal principal, Act act, Details details, Warning warning) {
        return switch (act) {
            case SUBMIT -> update(principal, act, submitted(drafting.handedIn(warning, principal)));
            case APPROVE -> approve(principal, warning);
            case CANCEL -> cancel(principal, details, warning);
            default ->
                update(
                        principal,
                        act,
                        drafting.moved(
                                warning,
                                act,
                                LifeCycle.after(warning.state(), act).iterator().next(),
                                principal,
                                details.reason()));
        };
    }

    private Warning submitted(Warning warning) {
        List<Step> steps = matrix.get()
                .steps(
                        warning.level(),
                        facts.events(warning.alert()),
                        warning.author(),
                        facts.divisions(warning.alert()));
        return drafting.submitted(warning, steps);
    }

    private Decision approve(Principal principal, Warning warning) {
        Warning approved = drafting.approved(warning, principal);
        if (approved.state() != WarningState.SIGNED || !Succession.follows(warning.alert())) {
            return update(principal, Act.APPROVE, approved);
        }
        List<Warning> before = succession.endedBySigning(warning);
        if (before.isEmpty()) {
            return new Denied(
                    Why.CONFLICT,
                    "references.ended",
                    "the warning that this one goes on with is not in force",
                    warning);
        }
        Act end = Succession.endedBy(warning.alert());
        WarningState to = end == Act.END ? WarningState.CANCELLED : WarningState.SUPERSEDED;
        List<Warning> changed = new ArrayList<>();
        changed.add(drafting.after(approved, before.get(before.size() - 1)));
        before.forEach(issue -> changed.add(drafting.moved(issue, end, to, null, null)));
        List<Deed> deeds = new ArrayList<>();
        deeds.add(deed(principal.id(), Act.APPROVE, approved));
        changed.subList(1, changed.size()).forEach(issue -> deeds.add(deed(Deed.GATEWAY, end, issue)));
        WarningStore.Update result = store.update(changed, deeds);
        if (result != WarningStore.Update.UPDATED) {
            return stale(warning);
        }
        // The new issue is told of first, so that nothing sees the old one end without a successor.
        tell(changed.get(0), Act.APPROVE);
        changed.subList(1, changed.size()).forEach(issue -> tell(issue, end));
        return new Done(changed.get(0), false);
    }

    private Decision cancel(Principal principal, Details details, Warning warning) {
        Optional<Warning> pending = succession.pendingCancel(warning.root());
        if (pending.isPresent()) {
            return new Known(pending.get());
        }
        Warning first = store.find(warning.root()).orElse(warning);
        Alert cancel = AllClear.of(
                first.alert(), warning.alert(), drafting.identifier(first.alert()), clock.instant(), details.reason());
        Posting posting = new Posting(
                cancel,
                writer.write(cancel),
                "application/cap+xml",
                false,
                warning.audience(),
                warning.channels(),
                warning.targetSummary());
        return keepNew(principal, posting, false);
    }

    private Decision keepNew(Principal principal, Posting posting, boolean draft) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Succession.Found found = succession.find(posting.alert());
            Warning before = found.latest();
            Denied refused = found.denied() != null || before == null
                    ? found.denied()
                    : rights.refusePredecessor(principal, before);
            Optional<Warning> made = refused == null ? drafting.first(posting, principal, before) : Optional.empty();
            if (made.isEmpty()) {
                // What is known already is answered as such, whatever has become of what it follows.
                return known(posting).orElse(refused == null ? severityUnknown() : refused);
            }
            Warning warning = draft ? made.get() : submitted(made.get());
            List<Deed> deeds = new ArrayList<>();
            deeds.add(
                    new Deed(warning.created(), principal.id(), "warning.create", warning.id(), warning.contentHash()));
            if (!draft) {
                deeds.add(deed(principal.id(), Act.SUBMIT, warning));
            }
            if (store.create(warning, deeds) == WarningStore.Creation.CREATED) {
                tell(warning, draft ? Act.EDIT : Act.SUBMIT);
                return new Done(warning, true);
            }
            Optional<Decision> known = known(posting);
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw new IllegalStateException("no free id was found");
    }

    private Decision update(Principal principal, Act act, Warning after) {
        return switch (store.update(List.of(after), List.of(deed(principal.id(), act, after)))) {
            case UPDATED -> {
                tell(after, act);
                yield new Done(after, false);
            }
            case STALE -> stale(after);
            case IDENTITY_TAKEN ->
                new Denied(
                        Why.CONFLICT,
                        "identity.taken",
                        "another alert has this sender, identifier and sent",
                        store.find(after.id()).orElse(null));
        };
    }

    private void tell(Warning warning, Act act) {
        if (act == Act.APPROVE && warning.state() == WarningState.SIGNED) {
            guarded(() -> onSigned.accept(warning));
        }
        Change change = new Change(warning, act);
        watchers.forEach(watcher -> guarded(() -> watcher.accept(change)));
    }

    private static void guarded(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException failed) {
            LOG.error("a listener failed on a change that is durable", failed);
        }
    }

    private @Nullable Denied refuseExpired(Act act, Warning warning) {
        if ((act == Act.APPROVE || act == Act.SUBMIT || act == Act.RESUME) && isOver(warning, clock.instant())) {
            return new Denied(Why.CONFLICT, "warning.expired", "its time is over", warning);
        }
        return null;
    }

    private static boolean isOver(Warning warning, Instant now) {
        Instant expires = warning.alert().msgType() == MsgType.CANCEL ? null : warning.expires();
        return expires != null && !expires.isAfter(now);
    }

    private static @Nullable Denied refuseDetails(Act act, Details details, Warning warning) {
        String reason = details.reason();
        if (act == Act.APPROVE && details.version() == null) {
            return new Denied(Why.INVALID, "version.missing", "approve needs the version that was seen", warning);
        }
        if ((act == Act.RETURN || act == Act.REJECT) && (reason == null || reason.isBlank())) {
            return new Denied(Why.INVALID, "reason.missing", act.word() + " needs a reason", warning);
        }
        if (reason != null && reason.length() > Details.MAX_REASON) {
            return new Denied(
                    Why.INVALID, "reason.long", "a reason has at most " + Details.MAX_REASON + " characters", warning);
        }
        return null;
    }

    private static @Nullable Denied refuseState(Act act, Warning warning) {
        return LifeCycle.allows(warning.state(), act)
                ? null
                : new Denied(
                        Why.CONFLICT,
                        "state",
                        act.word() + " cannot be done to a warning that is "
                                + warning.state().word(),
                        warning);
    }

    private static @Nullable Denied refuseVersion(long version, Warning warning) {
        return version == warning.version()
                ? null
                : new Denied(
                        Why.STALE,
                        "version.stale",
                        "the current version is " + warning.version() + ", not " + version,
                        warning);
    }

    private Denied stale(Warning warning) {
        return new Denied(
                Why.STALE,
                "version.stale",
                "somebody else was faster",
                store.find(warning.id()).orElse(null));
    }

    private static Denied severityUnknown() {
        return new Denied(Why.UNACCEPTABLE, "severity.unknown", "a warning needs a severity other than Unknown", null);
    }

    private static Denied unknown() {
        return new Denied(Why.UNKNOWN, "warning.unknown", "there is no such warning", null);
    }

    private static Deed deed(String actor, Act act, Warning warning) {
        Trace last = warning.history().get(warning.history().size() - 1);
        String content = last.reason() == null
                ? warning.contentHash()
                : ContentHash.of(warning.contentHash() + "\n" + last.reason());
        return new Deed(last.at(), actor, "warning." + act.word(), warning.id(), content);
    }

    private static @Nullable Denied firstOf(@Nullable Denied... refusals) {
        for (Denied refused : refusals) {
            if (refused != null) {
                return refused;
            }
        }
        return null;
    }
}
