package org.tocsin.gateway.approval;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;

/**
 * One issue of a warning: an Alert, Update or Cancel with its sign-off.
 *
 * @param id its name in this gateway, of lower-case letters and digits
 * @param root the id of the first issue; its own for a first issue
 * @param predecessor the id of the issue that it updates or cancels; null for a first issue
 * @param shortcode its name in short links, of lower-case letters and digits
 * @param alert what it says
 * @param source the bytes as they came
 * @param mediaType of what type they are
 * @param contentHash SHA-256 of the source, in lower-case hexadecimal
 * @param state where it stands
 * @param level the gravest of its contents'
 * @param version 1 at first, one more with each change of content or state
 * @param steps the approvals that it needs, as the matrix said when it was submitted; empty before that
 * @param approvals the approvals given since it was last submitted
 * @param authors the ids of all who made, edited or submitted it, its maker first
 * @param history what was done, oldest first; bounded
 * @param signatureUnverified whether it came signed and the signature was not checked
 * @param audience the name of the audience
 * @param channels the channels wanted; empty means all
 * @param targetSummary what targeting said, machine readable; null where nothing did
 * @param created when it was made
 * @param submitted when it was last submitted; null for one that never was
 * @param signed when it was signed; null for one that is not
 * @param closed when it was closed, rejected, superseded, cancelled or expired; null before
 */
public record Warning(
        String id,
        String root,
        @Nullable String predecessor,
        String shortcode,
        Alert alert,
        byte[] source,
        String mediaType,
        String contentHash,
        WarningState state,
        Level level,
        long version,
        List<Step> steps,
        List<Approval> approvals,
        List<String> authors,
        List<Trace> history,
        boolean signatureUnverified,
        String audience,
        Set<String> channels,
        @Nullable String targetSummary,
        Instant created,
        @Nullable Instant submitted,
        @Nullable Instant signed,
        @Nullable Instant closed) {
    /** How many lines of history are kept: the first and the latest. The ledger has them all. */
    public static final int MAX_HISTORY = 200;

    /** Copies the lists; refuses one without an author. The source is not copied: it is never changed. */
    public Warning {
        steps = List.copyOf(steps);
        approvals = List.copyOf(approvals);
        authors = List.copyOf(authors);
        history = List.copyOf(history);
        channels = Set.copyOf(channels);
        if (authors.isEmpty()) {
            throw new IllegalArgumentException("a warning needs an author");
        }
    }

    /** The id of who made it. */
    public String author() {
        return authors.get(0);
    }

    /** Whether it is the first issue of its warning. */
    public boolean isFirst() {
        return id.equals(root);
    }

    /** Until when it holds: the latest expiry of its contents; null where one of them never expires. */
    public @Nullable Instant expires() {
        Instant latest = null;
        for (org.tocsin.alert.Info info : alert.infos()) {
            if (info.expires() == null) {
                return null;
            }
            Instant expiry = info.expires().toInstant();
            latest = latest == null || expiry.isAfter(latest) ? expiry : latest;
        }
        return latest;
    }

    /** When it expires by itself; null where it does not in its state, and for a Cancel. */
    public @Nullable Instant due() {
        return alert.msgType() != MsgType.CANCEL && LifeCycle.allows(state, Act.EXPIRE) ? expires() : null;
    }

    /** The step that it waits for; null where it waits for none. */
    public @Nullable Step nextStep() {
        return state.isPending() && approvals.size() < steps.size() ? steps.get(approvals.size()) : null;
    }

    /** Equal by id and version: a version is never changed. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Warning warning && id.equals(warning.id) && version == warning.version;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, version);
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "Warning[" + id + " v" + version + " " + state.word() + "]";
    }
}
