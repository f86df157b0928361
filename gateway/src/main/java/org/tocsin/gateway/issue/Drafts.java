package org.tocsin.gateway.issue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Warning;

/**
 * Unfinished forms: kept for their owner until they are submitted or thrown away, through restarts and ends of
 * sessions. Nothing is overwritten that its writer has not seen. Blocking; may be used by any thread.
 */
public final class Drafts {
    /** How many a person may have, those submitted lately too. */
    public static final int MOST = 60;

    /** For how long a submitted one is remembered, so that a form that is sent again finds its warning. */
    public static final Duration REMEMBERED = Duration.ofDays(7);

    /** After which time an attempt to submit, of which nothing came, gets a new time of sending. */
    private static final Duration ATTEMPT = Duration.ofSeconds(30);

    private static final int TRIES = 10;

    private final DraftStore store;
    private final InstantSource clock;
    private final ZoneId zone;
    private final RandomGenerator random;

    /**
     * Makes it.
     *
     * @param store where they are kept
     * @param clock the time
     * @param zone the county's, in which alerts say when they were sent
     * @param random a cryptographic source, for ids
     */
    public Drafts(DraftStore store, InstantSource clock, ZoneId zone, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.zone = zone;
        this.random = random;
    }

    /** How a change ended. */
    public sealed interface Saving {
        /** It is kept, as it is now. */
        record Saved(IssueDraft draft) implements Saving {}

        /** Somebody, or another tab, has kept other content since: what is there now. */
        record Clash(IssueDraft there) implements Saving {}

        /** There is no such draft. */
        record Gone() implements Saving {}

        /** The person has too many. */
        record Full() implements Saving {}
    }

    /** The drafts that one has not submitted, the last changed first. */
    public List<IssueDraft> open(Principal owner) {
        return store.list(owner.id()).stream()
                .filter(draft -> !draft.isSubmitted())
                .sorted(Comparator.comparing(IssueDraft::changed).reversed())
                .toList();
    }

    /** The draft of an id, submitted or not. */
    public Optional<IssueDraft> find(Principal owner, String id) {
        return Names.isOne(id) ? store.find(owner.id(), id) : Optional.empty();
    }

    /**
     * Begins one.
     *
     * @param follows the warning that it updates or cancels; null for an Alert
     */
    public Saving begin(Principal owner, Status status, MsgType msgType, @Nullable String follows, IssueFields fields) {
        return begin(owner, status, msgType, follows, null, fields);
    }

    /** Begins the edit of a warning that is there, in the version that its editor sees. */
    public Saving edit(Principal owner, Warning there, IssueFields fields) {
        return begin(
                owner,
                there.alert().status(),
                there.alert().msgType(),
                null,
                new IssueDraft.Edits(there.id(), there.version()),
                fields);
    }

    private Saving begin(
            Principal owner,
            Status status,
            MsgType msgType,
            @Nullable String follows,
            IssueDraft.@Nullable Edits edits,
            IssueFields fields) {
        forgetOld(owner.id());
        Instant now = now();
        IssueDraft draft = new IssueDraft(
                Names.random(random), owner.id(), status, msgType, follows, fields, 1, now, now, null, null, edits);
        return switch (store.keep(draft, MOST)) {
            case KEPT -> new Saving.Saved(draft);
            case STALE -> throw new IllegalStateException("a random id was taken");
            case FULL -> new Saving.Full();
        };
    }

    /**
     * Keeps other content.
     *
     * @param revision the revision that its writer saw
     */
    public Saving save(Principal owner, String id, long revision, IssueFields fields) {
        Optional<IssueDraft> found = find(owner, id);
        if (found.isEmpty()) {
            return new Saving.Gone();
        }
        IssueDraft there = found.get();
        if (there.isSubmitted() || there.fields().equals(fields)) {
            return new Saving.Saved(there);
        }
        return there.revision() == revision ? keep(owner, there.with(fields, now())) : new Saving.Clash(there);
    }

    /**
     * Keeps what somebody writes who has seen a later version of the warning that they edit.
     *
     * @param version that version
     * @param fields what counts from now on
     */
    public Saving seen(Principal owner, String id, long version, IssueFields fields) {
        Optional<IssueDraft> found = find(owner, id);
        if (found.isEmpty()) {
            return new Saving.Gone();
        }
        return found.get().isSubmitted()
                ? new Saving.Saved(found.get())
                : keep(owner, found.get().seeing(version, fields, now()));
    }

    private Saving keep(Principal owner, IssueDraft next) {
        if (store.keep(next, MOST) == DraftStore.Keeping.KEPT) {
            return new Saving.Saved(next);
        }
        return find(owner, next.id()).<Saving>map(Saving.Clash::new).orElseGet(Saving.Gone::new);
    }

    /** Throws a draft away. */
    public void remove(Principal owner, String id) {
        if (Names.isOne(id)) {
            store.remove(owner.id(), id);
        }
    }

    /**
     * Fixes when a draft's alert is sent, for one attempt to submit it: who submits the same draft at the same time
     * gets the same time, and so the same alert.
     *
     * @return the draft as it is then; empty where it is gone
     */
    public Optional<IssueDraft> attempt(Principal owner, String id) {
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<IssueDraft> found = find(owner, id);
            if (found.isEmpty() || found.get().isSubmitted()) {
                return found;
            }
            IssueDraft there = found.get();
            Instant now = now();
            OffsetDateTime sent = there.sent();
            if (sent != null && sent.toInstant().isAfter(now.minus(ATTEMPT))) {
                return found;
            }
            OffsetDateTime at = now.truncatedTo(ChronoUnit.SECONDS).atZone(zone).toOffsetDateTime();
            IssueDraft next = there.sentAt(at, now);
            if (store.keep(next, MOST) == DraftStore.Keeping.KEPT) {
                return Optional.of(next);
            }
        }
        throw new IllegalStateException("draft " + id + " changed faster than it could be submitted");
    }

    /** Notes which warning a draft has become. */
    public void submitted(Principal owner, String id, String warning) {
        change(owner, id, draft -> draft.became(warning, now()));
    }

    /** Notes that an attempt was refused: the next one says when it was sent itself. */
    public void refused(Principal owner, String id) {
        change(owner, id, draft -> draft.sentAt(null, now()));
    }

    private void change(Principal owner, String id, java.util.function.UnaryOperator<IssueDraft> to) {
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<IssueDraft> found = find(owner, id);
            if (found.isEmpty()
                    || found.get().isSubmitted()
                    || store.keep(to.apply(found.get()), MOST) == DraftStore.Keeping.KEPT) {
                return;
            }
        }
        throw new IllegalStateException("draft " + id + " changed faster than it could be kept");
    }

    private void forgetOld(String owner) {
        Instant since = now().minus(REMEMBERED);
        store.list(owner).stream()
                .filter(draft -> draft.isSubmitted() && draft.changed().isBefore(since))
                .forEach(draft -> store.remove(owner, draft.id()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
