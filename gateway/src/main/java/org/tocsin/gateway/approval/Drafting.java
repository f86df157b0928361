package org.tocsin.gateway.approval;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/** Makes the next version of a warning: what changes with each act, and nothing else. */
final class Drafting {
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_LENGTH = 20;
    private static final int SHORTCODE_LENGTH = 8;

    private final InstantSource clock;
    private final RandomGenerator random;

    Drafting(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new draft; empty where its severity is Unknown. An info-less Cancel gets the all-clear of its predecessor. */
    Optional<Warning> first(Posting posting, Principal author, @Nullable Warning before) {
        Alert alert = worded(posting.alert(), before);
        Instant now = now();
        String id = name(ID_LENGTH);
        return Content.level(alert)
                .map(level -> new Warning(
                        id,
                        before == null ? id : before.root(),
                        before == null ? null : before.id(),
                        name(SHORTCODE_LENGTH),
                        alert,
                        posting.source(),
                        posting.mediaType(),
                        ContentHash.of(posting.source()),
                        WarningState.DRAFT,
                        level,
                        1,
                        List.of(),
                        List.of(),
                        List.of(author.id()),
                        List.of(trace(Act.EDIT, author, now, WarningState.DRAFT, null)),
                        posting.signatureUnverified(),
                        posting.audience(),
                        posting.channels(),
                        posting.targetSummary(),
                        now,
                        null,
                        null,
                        null));
    }

    /** The warning with other content, in the same state. */
    Warning edited(Warning warning, Posting posting, Principal editor, @Nullable Warning before) {
        Alert alert = worded(posting.alert(), before);
        Level level = Content.level(alert).orElse(warning.level());
        Instant now = now();
        return new Warning(
                warning.id(),
                before == null ? warning.id() : before.root(),
                before == null ? null : before.id(),
                warning.shortcode(),
                alert,
                posting.source(),
                posting.mediaType(),
                ContentHash.of(posting.source()),
                LifeCycle.move(warning.state(), Act.EDIT, warning.state()),
                level,
                warning.version() + 1,
                List.of(),
                List.of(),
                withAuthor(warning.authors(), editor.id()),
                with(warning.history(), trace(Act.EDIT, editor, now, warning.state(), null)),
                posting.signatureUnverified(),
                posting.audience(),
                posting.channels(),
                posting.targetSummary(),
                warning.created(),
                warning.submitted(),
                null,
                null);
    }

    /** The warning with its submitter among the authors. */
    Warning handedIn(Warning warning, Principal submitter) {
        Next next = new Next(warning);
        next.version = warning.version() + 1;
        next.authors = withAuthor(warning.authors(), submitter.id());
        next.history = with(warning.history(), trace(Act.SUBMIT, submitter, now(), warning.state(), null));
        return next.build();
    }

    /** The warning waiting for the first of the steps; its history's last line is the submitter's. */
    Warning submitted(Warning warning, List<Step> steps) {
        Next next = new Next(warning);
        next.state = LifeCycle.move(warning.state(), Act.SUBMIT, steps.get(0).waiting());
        next.steps = steps;
        next.approvals = List.of();
        next.submitted = now();
        List<Trace> history = new ArrayList<>(warning.history());
        Trace last = history.remove(history.size() - 1);
        history.add(new Trace(Act.SUBMIT, last.by(), last.name(), last.at(), next.state, null));
        next.history = history;
        return next.build();
    }

    /** The warning with one approval more. */
    Warning approved(Warning warning, Principal by) {
        Instant now = now();
        Step step = warning.steps().get(warning.approvals().size());
        Next next = new Next(warning);
        next.version = warning.version() + 1;
        next.approvals =
                with(warning.approvals(), new Approval(step.role(), by.id(), by.name(), now, warning.version()));
        boolean all = next.approvals.size() == warning.steps().size();
        WarningState to = all
                ? WarningState.SIGNED
                : warning.steps().get(next.approvals.size()).waiting();
        next.state = LifeCycle.move(warning.state(), Act.APPROVE, to);
        next.signed = all ? now : null;
        next.history = with(warning.history(), trace(Act.APPROVE, by, now, to, null));
        return next.build();
    }

    /** The warning after an act that changes its state only. */
    Warning moved(Warning warning, Act act, WarningState to, @Nullable Principal by, @Nullable String reason) {
        Instant now = now();
        Next next = new Next(warning);
        next.version = warning.version() + 1;
        next.state = LifeCycle.move(warning.state(), act, to);
        boolean ended = !to.isOpen() && !to.isPending() && !to.isUnsent();
        next.closed = ended && warning.closed() == null ? now : warning.closed();
        if (to.isUnsent()) {
            next.approvals = List.of();
        }
        next.history = with(warning.history(), trace(act, by, now, to, reason));
        return next.build();
    }

    /** The warning going on with another issue than it did. */
    Warning after(Warning warning, Warning before) {
        Next next = new Next(warning);
        next.predecessor = before.id();
        return next.build();
    }

    boolean isSame(Warning there, Posting posting) {
        return there.contentHash().equals(ContentHash.of(posting.source()))
                || (there.alert().equals(posting.alert())
                        && there.audience().equals(posting.audience())
                        && there.channels().equals(posting.channels()));
    }

    /** A new identifier for a Cancel of this alert. */
    String identifier(Alert first) {
        return first.identifier() + "-C" + name(SHORTCODE_LENGTH);
    }

    private static Alert worded(Alert alert, @Nullable Warning before) {
        if (before == null || !alert.infos().isEmpty() || alert.msgType() != MsgType.CANCEL) {
            return alert;
        }
        return new Alert(
                alert.identifier(),
                alert.sender(),
                alert.sent(),
                alert.status(),
                alert.msgType(),
                alert.source(),
                alert.scope(),
                alert.restriction(),
                alert.addresses(),
                alert.codes(),
                alert.note(),
                alert.references(),
                alert.incidents(),
                AllClear.infos(before.alert()));
    }

    private Trace trace(Act act, @Nullable Principal by, Instant at, WarningState state, @Nullable String reason) {
        return by == null
                ? new Trace(act, Deed.GATEWAY, Deed.GATEWAY, at, state, reason)
                : new Trace(act, by.id(), by.name(), at, state, reason);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String name(int length) {
        StringBuilder name = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    private static List<String> withAuthor(List<String> authors, String one) {
        Set<String> all = new LinkedHashSet<>(authors);
        all.add(one);
        return List.copyOf(all);
    }

    private static <T> List<T> with(List<T> lines, T line) {
        List<T> all = new ArrayList<>(lines);
        if (all.size() >= Warning.MAX_HISTORY) {
            all.remove(1);
        }
        all.add(line);
        return all;
    }

    /** The parts of a warning that acts change, to be changed one by one. */
    private static final class Next {
        private final Warning from;
        private @Nullable String predecessor;
        private WarningState state;
        private long version;
        private List<Step> steps;
        private List<Approval> approvals;
        private List<String> authors;
        private List<Trace> history;
        private @Nullable Instant submitted;
        private @Nullable Instant signed;
        private @Nullable Instant closed;

        Next(Warning from) {
            this.from = from;
            this.predecessor = from.predecessor();
            this.state = from.state();
            this.version = from.version();
            this.steps = from.steps();
            this.approvals = from.approvals();
            this.authors = from.authors();
            this.history = from.history();
            this.submitted = from.submitted();
            this.signed = from.signed();
            this.closed = from.closed();
        }

        Warning build() {
            return new Warning(
                    from.id(),
                    from.root(),
                    predecessor,
                    from.shortcode(),
                    from.alert(),
                    from.source(),
                    from.mediaType(),
                    from.contentHash(),
                    state,
                    from.level(),
                    version,
                    steps,
                    approvals,
                    authors,
                    history,
                    from.signatureUnverified(),
                    from.audience(),
                    from.channels(),
                    from.targetSummary(),
                    from.created(),
                    submitted,
                    signed,
                    closed);
        }
    }
}
