package org.tocsin.gateway.issue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;

/**
 * A form that is not submitted yet, or that was.
 *
 * @param id its name, and the key by which it becomes one warning however often it is submitted
 * @param owner the id of whose it is
 * @param status through which door it came in: ACTUAL, EXERCISE or TEST; never changes
 * @param msgType ALERT, UPDATE or CANCEL; never changes
 * @param follows the id of the warning that it updates or cancels; null for an Alert
 * @param fields what was typed; empty once it is submitted
 * @param revision 1 at first, one more each time it is kept
 * @param created when it was begun
 * @param changed when it was last kept
 * @param sent the time that its alert says, from the attempt to submit it on; null before
 * @param warning the id of the warning that it has become, or whose new content it was; null before
 * @param edits the warning whose content it replaces; null for one that becomes a warning of its own
 */
public record IssueDraft(
        String id,
        String owner,
        Status status,
        MsgType msgType,
        @Nullable String follows,
        IssueFields fields,
        long revision,
        Instant created,
        Instant changed,
        @Nullable OffsetDateTime sent,
        @Nullable String warning,
        @Nullable Edits edits) {
    private static final Set<Status> DOORS = Set.of(Status.ACTUAL, Status.EXERCISE, Status.TEST);

    /**
     * A warning that is edited.
     *
     * @param warning its id
     * @param version the version that its editor saw last: no other is overwritten
     */
    public record Edits(String warning, long version) {}

    /** Refuses a status that no door has. */
    public IssueDraft {
        if (!DOORS.contains(status)) {
            throw new IllegalArgumentException("a draft is Actual, Exercise or Test, was " + status.word());
        }
    }

    /** Whether it has become a warning. */
    public boolean isSubmitted() {
        return warning != null;
    }

    /** The next revision with other fields; an attempt to submit what was there before is over. */
    IssueDraft with(IssueFields others, Instant now) {
        return new IssueDraft(
                id, owner, status, msgType, follows, others, revision + 1, created, now, null, warning, edits);
    }

    /** The next revision, of which its editor has seen a later version of the warning that it edits. */
    IssueDraft seeing(long version, IssueFields others, Instant now) {
        Edits before = edits;
        return new IssueDraft(
                id,
                owner,
                status,
                msgType,
                follows,
                others,
                revision + 1,
                created,
                now,
                null,
                warning,
                before == null ? null : new Edits(before.warning(), version));
    }

    /** The next revision, under submission since a time or not any more. */
    IssueDraft sentAt(@Nullable OffsetDateTime at, Instant now) {
        return new IssueDraft(
                id, owner, status, msgType, follows, fields, revision + 1, created, now, at, warning, edits);
    }

    /** The next revision, which has become a warning; its fields are with the warning now. */
    IssueDraft became(String id, Instant now) {
        return new IssueDraft(
                this.id,
                owner,
                status,
                msgType,
                follows,
                IssueFields.EMPTY,
                revision + 1,
                created,
                now,
                sent,
                id,
                edits);
    }
}
