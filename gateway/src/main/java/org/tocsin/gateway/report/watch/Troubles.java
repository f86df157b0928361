package org.tocsin.gateway.report.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Forecast;
import org.tocsin.gateway.coverage.Verdict;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.Reported;
import org.tocsin.gateway.report.watch.Trouble.Kind;

/** Finds what keeps a warning from arriving. Pure: the moment and all facts are given. */
public final class Troubles {
    /** For so long nobody more is reached before it is said. */
    static final Duration STALL = Duration.ofMinutes(2);
    /** A carrier may be silent for so long after sign-off before it is said. */
    static final Duration SILENCE = Duration.ofMinutes(2);
    /** So long before its end a warning is said to end soon. */
    public static final Duration SOON = Duration.ofMinutes(30);

    private static final Set<String> REFUSALS =
            Set.of(Reason.CONTENT_REFUSED.label(), Reason.UNAUTHORISED.label(), Reason.QUOTA.label());

    private final Facts facts;
    private final @Nullable IssueSummary summary;
    private final List<Trouble> found = new ArrayList<>();

    /**
     * What is known of a signed warning.
     *
     * @param reported its figures; null where none are there yet
     * @param wanted the channels by which it is to go
     * @param sending whether it may still be sent: signed, dispatching, active or stopped
     * @param stopped whether sending is stopped
     * @param planned whether it was planned: before that nothing can be said of addressees
     * @param expires when it ends; null where it does not by itself
     * @param links all links
     * @param terminals all kinds of terminals
     * @param now the present
     */
    public record Facts(
            @Nullable Reported reported,
            Set<String> wanted,
            boolean sending,
            boolean stopped,
            boolean planned,
            @Nullable Instant expires,
            List<LinkNow> links,
            List<TerminalsNow> terminals,
            Instant now) {
        /** Copies the collections. */
        public Facts {
            wanted = Set.copyOf(wanted);
            links = List.copyOf(links);
            terminals = List.copyOf(terminals);
        }
    }

    private Troubles(Facts facts) {
        this.facts = facts;
        Reported reported = facts.reported();
        this.summary = reported == null ? null : reported.summary();
    }

    /**
     * All that is wrong now, the gravest first. Of a warning that is over nothing is: what is left to say of it is in
     * its report.
     */
    public static List<Trouble> of(Facts facts) {
        Troubles troubles = new Troubles(facts);
        if (facts.sending()) {
            troubles.find();
        }
        troubles.found.sort(Comparator.comparing(Trouble::kind));
        return List.copyOf(troubles.found);
    }

    /** What is wrong with links and terminals whatever is under way, the gravest first. */
    public static List<Trouble> ofTheCounty(List<LinkNow> links, List<TerminalsNow> terminals) {
        List<Trouble> found = new ArrayList<>();
        links.stream().filter(link -> !link.isHealthy()).forEach(link -> found.add(of(link)));
        terminals.stream().filter(kind -> !kind.isHealthy()).forEach(kind -> found.add(of(kind)));
        found.sort(Comparator.comparing(Trouble::kind));
        return List.copyOf(found);
    }

    private static Trouble of(LinkNow link) {
        Kind kind =
                switch (link.state()) {
                    case REFUSED -> Kind.LINK_REFUSED;
                    case RESTING -> Kind.LINK_RESTING;
                    default -> Kind.LINK_DOWN;
                };
        return Trouble.of(kind, link.channel(), link.link(), link.queued());
    }

    private static Trouble of(TerminalsNow terminals) {
        return Trouble.of(Kind.TERMINALS_OFFLINE, terminals.kind(), "", terminals.offline(), terminals.registered());
    }

    private void find() {
        stopped();
        links();
        IssueSummary figures = summary;
        if (figures != null && facts.planned()) {
            nobody(figures);
            figures.channels().forEach(channel -> channel(figures, channel));
            progress(figures);
        }
        expiry();
    }

    private void stopped() {
        if (facts.stopped()) {
            long waiting = summary == null
                    ? 0
                    : summary.channels().stream()
                            .mapToLong(IssueSummary.Channel::unsent)
                            .sum();
            add(Kind.STOPPED, "", "", waiting);
        }
    }

    private void links() {
        for (String channel : new TreeSet<>(facts.wanted())) {
            List<LinkNow> own = facts.links().stream()
                    .filter(link -> link.channel().equals(channel))
                    .toList();
            if (own.isEmpty()) {
                add(Kind.NO_LINK, channel, "");
            }
            for (LinkNow link : own) {
                // Of what is sent already a link that fails now takes nothing back.
                if (!link.isHealthy() && isOpen(channel)) {
                    found.add(of(link));
                }
            }
        }
        for (TerminalsNow terminals : facts.terminals()) {
            if (facts.wanted().contains(terminals.kind()) && !terminals.isHealthy() && isOpen(terminals.kind())) {
                found.add(of(terminals));
            }
        }
    }

    /** Whether something is still to go out, or to come back, by a channel. */
    private boolean isOpen(String channel) {
        return summary == null
                || !facts.planned()
                || summary.channels().stream()
                        .filter(there -> there.name().equals(channel))
                        .anyMatch(there -> there.unsent() + there.unanswered() + there.awaiting() > 0);
    }

    private void nobody(IssueSummary figures) {
        if (figures.channels().stream().allMatch(channel -> channel.counts().planned() == 0)) {
            add(Kind.NOBODY, "", "");
            return;
        }
        for (String channel : new TreeSet<>(facts.wanted())) {
            boolean linked =
                    facts.links().stream().anyMatch(link -> link.channel().equals(channel));
            boolean planned = figures.channels().stream()
                    .anyMatch(there ->
                            there.name().equals(channel) && there.counts().planned() > 0);
            if (linked && !planned) {
                add(Kind.NOBODY_ON_CHANNEL, channel, "");
            }
        }
    }

    private void channel(IssueSummary figures, IssueSummary.Channel channel) {
        long planned = channel.counts().planned();
        if (planned == 0) {
            return;
        }
        long refused = 0;
        for (Map.Entry<String, Integer> failure : channel.failures().entrySet()) {
            if (REFUSALS.contains(failure.getKey()) && failure.getValue() * 100L >= planned) {
                refused += failure.getValue();
                add(Kind.REFUSING, channel.name(), failure.getKey(), failure.getValue(), planned);
            }
        }
        long failed = channel.counts().failed() - refused;
        if (failed * 10 >= planned) {
            String most = channel.failures().entrySet().stream()
                    .filter(failure -> !REFUSALS.contains(failure.getKey()))
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse("");
            add(Kind.FAILING, channel.name(), most, failed, planned);
        }
        boolean late = facts.now().isAfter(figures.about().signed().plus(SILENCE));
        boolean heard = channel.counts().delivered() + channel.counts().failed() > 0;
        if (late && !heard && channel.awaiting() > 0) {
            add(Kind.SILENT, channel.name(), "", channel.awaiting());
        }
    }

    private void progress(IssueSummary figures) {
        if (!figures.applies() || figures.verdict() == Verdict.MET) {
            return;
        }
        Reported reported = facts.reported();
        if (reported != null && reported.forecast().state() == Forecast.State.UNATTAINABLE) {
            add(Kind.UNATTAINABLE, "", "", Math.round(figures.goal().share() * 100));
            return;
        }
        if (facts.stopped()) {
            return;
        }
        List<CurvePoint> curve = figures.curve();
        long last = curve.isEmpty() ? 0 : curve.get(curve.size() - 1).millis();
        Duration still = Duration.between(figures.about().signed().plusMillis(last), facts.now());
        if (still.compareTo(STALL) >= 0) {
            add(Kind.STALLED, "", "", still.toMinutes());
        }
    }

    private void expiry() {
        Instant expires = facts.expires();
        if (expires != null && !facts.now().plus(SOON).isBefore(expires)) {
            add(
                    Kind.EXPIRES_SOON,
                    "",
                    "",
                    Math.max(0, Duration.between(facts.now(), expires).toMinutes()));
        }
    }

    private void add(Kind kind, String channel, String subject, long... numbers) {
        found.add(Trouble.of(kind, channel, subject, numbers));
    }
}
