package org.tocsin.gateway.issue;

import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Content;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Step;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.DivisionLevel;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.wording.Wording;

/**
 * What an issuer's form is made with, all of it in one place.
 *
 * @param templates what hazard and level fill in
 * @param drafts unfinished forms
 * @param areas saved areas
 * @param search finds divisions
 * @param composer makes alerts of forms
 * @param reach estimates whom an alert would reach
 * @param wording the words that are sent
 * @param registry divisions and audiences as they are
 * @param channels the channels that are set up, in the order in which they are shown
 * @param matrix who reviews and signs
 * @param facts what an alert is about
 * @param sender CAP's sender of what is made here
 * @param senderName who says it, for people; empty for one made from the county's name
 * @param clock the time
 * @param zone the county's
 */
public record IssueDesk(
        IssueTemplates templates,
        Drafts drafts,
        SavedAreas areas,
        DivisionIndex search,
        Composer composer,
        ReachEstimate reach,
        Wording wording,
        Supplier<RegistryView> registry,
        List<String> channels,
        ApprovalMatrix matrix,
        AlertFacts facts,
        String sender,
        String senderName,
        InstantSource clock,
        ZoneId zone) {
    /** The order in which channels are shown; others follow by name. */
    private static final List<String> ORDER = List.of("sms", "loudspeaker", "screen", "wechat", "app", "email");

    /** Puts the channels into their order. */
    public IssueDesk {
        channels = inOrder(channels);
    }

    private static List<String> inOrder(Collection<String> names) {
        return names.stream()
                .sorted(java.util.Comparator.<String>comparingInt(
                                name -> ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size())
                        .thenComparing(java.util.Comparator.naturalOrder()))
                .toList();
    }

    /**
     * The alert of a draft, as it would be sent now, or at the time of its attempt to be submitted.
     *
     * @param before the warning that it goes on with, or that it edits; null for an Alert of its own
     */
    public Composed compose(IssueDraft draft, @Nullable Warning before) {
        Composed composed = composeNew(draft, before);
        return draft.edits() == null || before == null
                ? composed
                : Editing.of(before.alert(), editing(before), draft.fields(), composed);
    }

    private Composed composeNew(IssueDraft draft, @Nullable Warning before) {
        return composer.compose(
                draft,
                new Composer.Setting(
                        sender,
                        draft.sent() != null
                                ? draft.sent()
                                : clock.instant()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .atZone(zone)
                                        .toOffsetDateTime(),
                        before,
                        Set.copyOf(channels)),
                registry.get().divisions());
    }

    /** Who will have to approve an alert, as the matrix is now. */
    public List<Step> steps(Alert alert, String author) {
        return matrix.steps(Content.level(alert).orElse(Level.IV), facts.events(alert), author, facts.divisions(alert));
    }

    /** The templates whose event one may act on. */
    public List<IssueTemplate> templatesOf(Principal principal) {
        return templates.list().stream()
                .filter(template -> principal.mayActOn(List.of(template.eventCode())))
                .toList();
    }

    /** The template of this name in the county's words of now; empty where there is none, or one may not act on it. */
    public Optional<IssueTemplate> take(Principal principal, String id) {
        return templates.find(id).filter(template -> principal.mayActOn(List.of(template.eventCode())));
    }

    /** What every form begins with. */
    public IssueFields first() {
        return new IssueFields(java.util.Map.of(IssueFields.SENDER_NAME, issuer()));
    }

    /** What an Update or Cancel of a warning begins with. */
    public IssueFields following(Warning before, org.tocsin.alert.MsgType msgType) {
        return new Prefill(templates).of(before, msgType, registry.get().divisions(), channels, clock.instant());
    }

    /** What the form of a warning begins with that is edited. */
    public IssueFields editing(Warning there) {
        return new Prefill(templates).editing(there, registry.get().divisions(), channels, clock.instant(), zone);
    }

    private String issuer() {
        if (!senderName.isEmpty()) {
            return senderName;
        }
        return registry.get().divisions().all().stream()
                        .filter(division -> division.level() == DivisionLevel.COUNTY)
                        .findFirst()
                        .map(Division::name)
                        .orElse("")
                + "突发事件预警信息发布中心";
    }
}
