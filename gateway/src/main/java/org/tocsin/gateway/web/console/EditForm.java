package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Decision.Denied;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.Trace;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.intake.CapWriter;
import org.tocsin.gateway.issue.Drafts;
import org.tocsin.gateway.issue.Editing;
import org.tocsin.gateway.issue.IssueDesk;
import org.tocsin.gateway.issue.IssueDraft;
import org.tocsin.gateway.issue.IssueFields.Step;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Problem;
import org.tocsin.gateway.web.Reception;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.Statuses;

/**
 * The form of a warning that is there: a draft of the API, or one that was returned. It is written over only in the
 * version that its editor saw; whoever is overtaken sees both and chooses.
 */
final class EditForm {
    static final String PATH = "/console/issue/edit/{id}";

    private final Rooms rooms;
    private final IssueDesk desk;
    private final Pages pages;
    private final WarningDoor door;

    EditForm(Rooms rooms, Pages pages) {
        this.rooms = rooms;
        this.desk = rooms.issue();
        this.pages = pages;
        this.door = new WarningDoor(rooms, pages);
    }

    /**
     * What stands above the steps.
     *
     * @param id the warning's
     * @param headline what people call it
     * @param version the version that is edited
     * @param reason why it was returned; empty where it was not
     */
    public record Note(String id, String headline, long version, String reason) {}

    /**
     * The warning has moved on since its editor saw it.
     *
     * @param words why it cannot be edited here any more; empty where it still can
     * @param by who wrote the version that is there
     * @param version that version
     * @param fields what differs here and there
     */
    public record Overtaken(String words, String by, long version, List<IssueViews.Typed> fields) {}

    /** How handing in ended: the warning, or why not; a repeat of what was done is no mistake. */
    record Outcome(@Nullable Warning warning, List<Problem> problems, int status, @Nullable Denied denied) {}

    /** Why the form cannot take a warning, in words; empty where it can. */
    static List<String> bars(Warning warning, Phrases phrases) {
        return Editing.bars(warning).stream()
                .map(bar -> phrases.of("issue.bar." + bar.code(), bar.value()))
                .toList();
    }

    /** Opens a warning in the form; an edit that was begun goes on. */
    Answer begin(Call call) {
        return door.open(call, warning -> begin(call, warning));
    }

    private Answer begin(Call call, Warning warning) {
        Principal principal = call.principal();
        Phrases phrases = Pages.phrases(call);
        Denied barred = rooms.signOff().whyNot(principal, Act.EDIT, warning);
        if (barred != null) {
            return undone(call, Statuses.of(barred.why()), Denial.words(barred, phrases));
        }
        List<String> bars = bars(warning, phrases);
        if (!bars.isEmpty()) {
            return undone(call, 409, phrases.of("issue.bars") + String.join(" ", bars));
        }
        Optional<IssueDraft> begun = desk.drafts().open(principal).stream()
                .filter(draft -> isOf(draft, warning.id()))
                .findFirst();
        if (begun.isPresent()) {
            return Answer.seeOther(IssueRoutes.address(begun.get().id(), Step.WHAT));
        }
        return desk.drafts().edit(principal, warning, desk.editing(warning)) instanceof Drafts.Saving.Saved saved
                ? Answer.seeOther(IssueRoutes.address(saved.draft().id(), Step.WHAT))
                : undone(call, 409, phrases.of("issue.too-many"));
    }

    private static boolean isOf(IssueDraft draft, String warning) {
        IssueDraft.Edits edits = draft.edits();
        return edits != null && edits.warning().equals(warning);
    }

    private Answer undone(Call call, int status, String words) {
        return pages.page(call, status, "undone", java.util.Map.of("id", call.parameter("id"), "words", words));
    }

    /** What stands above the steps of an edit. */
    static Note note(IssueDraft.Edits edits, Warning there) {
        String reason = "";
        for (Trace trace : there.history()) {
            if (trace.act() == Act.RETURN && trace.reason() != null) {
                reason = trace.reason();
            }
        }
        return new Note(there.id(), WarningView.headline(there), edits.version(), reason);
    }

    /** What an editor must know before they go on; null where nothing has happened. */
    @Nullable
    Overtaken overtaken(Call call, IssueDraft draft, IssueDraft.Edits edits, Warning there) {
        Phrases phrases = Pages.phrases(call);
        Denied barred = rooms.signOff().whyNot(call.principal(), Act.EDIT, there);
        if (barred == null && there.version() == edits.version()) {
            return null;
        }
        // What is there now may be what the form cannot show.
        List<String> bars = barred == null ? bars(there, phrases) : List.of();
        String words = barred == null ? "" : Denial.words(barred, phrases);
        return new Overtaken(
                bars.isEmpty() ? words : phrases.of("issue.bars") + String.join(" ", bars),
                there.history().get(there.history().size() - 1).name(),
                there.version(),
                IssueViews.typed(phrases, draft.fields(), desk.editing(there)));
    }

    /**
     * Goes on after somebody else was faster: with what was typed here, or with what is there now. Nothing is done
     * where the version has moved on once more.
     *
     * @param mine whether what was typed here counts
     */
    void goOn(Principal principal, IssueDraft draft, Warning there, long version, boolean mine) {
        if (version == there.version() && Editing.bars(there).isEmpty()) {
            desk.drafts().seen(principal, draft.id(), version, mine ? draft.fields() : desk.editing(there));
        }
    }

    /** Writes the warning's new content and hands it in again. */
    Outcome handIn(Principal principal, IssueDraft draft, IssueDraft.Edits edits, Alert alert) {
        byte[] xml = CapWriter.write(alert).getBytes(UTF_8);
        Reception.Examination read = rooms.reception().examine("application/cap+xml", xml);
        if (read.posting() == null) {
            return new Outcome(null, read.problems(), read.status(), null);
        }
        Decision written = rooms.signOff().edit(principal, edits.warning(), edits.version(), read.posting());
        Warning now = there(written, ContentHash.of(xml));
        if (now == null) {
            return refused((Denied) written);
        }
        if (now.state().isPending()) {
            return new Outcome(now, List.of(), 200, null);
        }
        Decision handedIn = rooms.signOff().act(principal, now.id(), Act.SUBMIT, new Details(now.version(), null));
        Warning waiting = there(handedIn, ContentHash.of(xml));
        if (waiting != null && waiting.state().isPending()) {
            return new Outcome(waiting, List.of(), 200, null);
        }
        // The content is kept; what is tried next goes on from there.
        desk.drafts().seen(principal, draft.id(), now.version(), draft.fields());
        return refused((Denied) handedIn);
    }

    /** The warning with this content: by this act, or by the same one a moment before; null where it is another. */
    private static @Nullable Warning there(Decision decision, String content) {
        Warning warning = decision instanceof Decision.Done done
                ? done.warning()
                : decision instanceof Denied denied ? denied.current() : ((Decision.Known) decision).warning();
        return warning != null && warning.contentHash().equals(content) ? warning : null;
    }

    private static Outcome refused(Denied denied) {
        return new Outcome(null, List.of(), Statuses.of(denied.why()), denied);
    }
}
