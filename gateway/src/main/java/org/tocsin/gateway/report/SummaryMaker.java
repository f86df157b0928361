package org.tocsin.gateway.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Alert;
import org.tocsin.alert.Area;
import org.tocsin.alert.Info;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.coverage.AtomFacts;
import org.tocsin.gateway.coverage.DesignedCoverage;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.TerminalCoverage;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.registry.Audience;
import org.tocsin.gateway.registry.Division;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.targeting.Atom;

/**
 * Makes an issue's summary of its coverage and evidence. Who lives where is what the plan says; names of townships and
 * members of audiences are the registry's at this moment. May be used by any thread; takes some ten milliseconds for a
 * county of a million.
 */
public final class SummaryMaker {
    private static final Pattern ASKS = Pattern.compile(
            "(?<!勿|勿直接|不要|无需|不必)(回复|回执|回电)|请确认|确认收到|\\b(please|to) (reply|confirm|acknowledge)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_HEADLINE = 300;
    private static final int LONGEST_EVENT = 100;
    private static final int LONGEST_TITLE = 60;

    private final Supplier<RegistryView> registry;
    private final UnaryOperator<String> providers;
    private final AlertFacts facts;

    /**
     * Makes it.
     *
     * @param registry the registry now
     * @param providers the provider's name of a link's id; the id itself where the link is gone
     * @param facts reads the hazard's code
     */
    public SummaryMaker(Supplier<RegistryView> registry, UnaryOperator<String> providers, AlertFacts facts) {
        this.registry = registry;
        this.providers = providers;
        this.facts = facts;
    }

    /**
     * Makes the summary.
     *
     * @param warning the issue, signed
     * @param measured its coverage
     * @param settled whether nothing can change it any more
     */
    public IssueSummary make(Warning warning, Measured measured, boolean settled) {
        CoverageSnapshot snapshot = measured.snapshot();
        IssueEvidence evidence = measured.evidence();
        CoverageSubject subject = snapshot.subject();
        RegistryView view = registry.get();
        boolean applies = subject.isPublic();
        AreaEvidence area = new AreaEvidence(subject, evidence);
        List<AtomFacts> equipped = area.equipped();
        List<IssueSummary.Village> villages = villages(snapshot, area);
        return new IssueSummary(
                about(warning, subject),
                snapshot.asOf(),
                settled,
                applies,
                snapshot.goal(),
                applies ? snapshot.coverage().total() : Figures.NONE,
                applies ? DesignedCoverage.of(equipped) : Figures.NONE,
                snapshot.dissemination(),
                TerminalCoverage.of(equipped),
                snapshot.timeliness(),
                snapshot.timeliness().since(Duration.between(subject.sent(), subject.signed())),
                measured.goalSeconds(),
                snapshot.levels(),
                snapshot.outside(),
                snapshot.addressed(),
                snapshot.reached(),
                evidence.possibleDoubles(),
                new UnreachedPersons(subject, evidence).counts(),
                channels(evidence),
                audiences(view, evidence),
                townships(view, snapshot, villages),
                villages,
                0,
                0,
                measured.course().hours(),
                measured.course().points());
    }

    private IssueSummary.About about(Warning warning, CoverageSubject subject) {
        Alert alert = warning.alert();
        @Nullable Info info = alert.infos().isEmpty() ? null : alert.infos().get(0);
        @Nullable String headline = info == null ? null : info.headline();
        return new IssueSummary.About(
                warning.id(),
                warning.root(),
                cut(alert.identifier(), LONGEST_NAME),
                alert.msgType(),
                alert.status(),
                facts.events(alert).stream().findFirst().orElse(""),
                info == null ? "" : cut(info.event(), LONGEST_EVENT),
                warning.level(),
                cut(alert.sender(), LONGEST_NAME),
                cut(Objects.requireNonNullElse(info == null ? null : info.senderName(), ""), LONGEST_NAME),
                warning.author(),
                headline == null ? "" : cut(headline, LONGEST_HEADLINE),
                info == null ? "" : area(info),
                warning.audience(),
                subject.sent(),
                subject.signed(),
                warning.closed(),
                alert.infos().stream().anyMatch(SummaryMaker::asksAnswer));
    }

    private static boolean asksAnswer(Info info) {
        return Stream.of(info.headline(), info.description(), info.instruction())
                .anyMatch(text -> text != null && asks(text));
    }

    /** Whether a text asks to be answered; that one shall not reply to it does not. */
    static boolean asks(String text) {
        return ASKS.matcher(text).find();
    }

    private static String area(Info info) {
        return cut(String.join("、", info.areas().stream().map(Area::areaDesc).toList()), LONGEST_NAME);
    }

    /** A text of at most so many characters. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        // Half of a pair is no text: it could not be written.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private List<IssueSummary.Channel> channels(IssueEvidence evidence) {
        List<IssueSummary.Channel> channels = new ArrayList<>();
        for (String name : new TreeSet<>(evidence.channels())) {
            ChannelEvidence channel = evidence.channel(name);
            Map<String, Integer> failures = new TreeMap<>();
            channel.failures().forEach((reason, count) -> failures.put(reason.label(), count));
            List<IssueSummary.Link> links = new ArrayList<>();
            channel.countsByLink()
                    .forEach((link, counts) -> links.add(new IssueSummary.Link(link, providers.apply(link), counts)));
            channels.add(new IssueSummary.Channel(
                    name,
                    channel.isOfTerminals(),
                    channel.counts(),
                    channel.open().unsent(),
                    channel.open().unanswered(),
                    channel.open().awaiting(),
                    channel.dropped(),
                    failures,
                    links));
        }
        return channels;
    }

    private static List<IssueSummary.Audience> audiences(RegistryView view, IssueEvidence evidence) {
        RoaringBitmap planned = evidence.plannedPersons();
        RoaringBitmap reached = evidence.reached(1);
        RoaringBitmap shown = evidence.reached(2);
        RoaringBitmap answered = evidence.reached(3);
        List<IssueSummary.Audience> rows = new ArrayList<>();
        for (Audience audience : view.audiences().values()) {
            RoaringBitmap addressed = RoaringBitmap.and(view.people().audience(audience.name()), planned);
            if (!addressed.isEmpty()) {
                rows.add(new IssueSummary.Audience(
                        audience.name(),
                        cut(audience.title(), LONGEST_TITLE),
                        addressed.getCardinality(),
                        RoaringBitmap.andCardinality(addressed, reached),
                        RoaringBitmap.andCardinality(addressed, shown),
                        RoaringBitmap.andCardinality(addressed, answered)));
            }
        }
        return rows;
    }

    private static List<IssueSummary.Village> villages(CoverageSnapshot snapshot, AreaEvidence area) {
        List<IssueSummary.Village> rows = new ArrayList<>();
        List<Atom> atoms = snapshot.subject().area().atoms();
        for (int place = 0; place < atoms.size(); place++) {
            Atom atom = atoms.get(place);
            if (!area.isOfTheArea(atom)) {
                continue;
            }
            Figures figures = snapshot.subject().isPublic()
                    ? snapshot.coverage().atoms().get(place).figures()
                    : area.addressed(atom);
            rows.add(new IssueSummary.Village(
                    atom.code(),
                    atom.name(),
                    figures.toThousandths(),
                    atom.cut(),
                    snapshot.delivered().contains(atom.village()),
                    area.terminals(atom),
                    area.finished(atom)));
        }
        rows.sort(java.util.Comparator.comparing(IssueSummary.Village::code));
        return rows;
    }

    private static List<IssueSummary.Township> townships(
            RegistryView view, CoverageSnapshot snapshot, List<IssueSummary.Village> villages) {
        Map<String, Figures> sums = new LinkedHashMap<>();
        if (snapshot.subject().isPublic()) {
            snapshot.coverage()
                    .atoms()
                    .forEach(atom -> sums.merge(township(atom.facts().code()), atom.figures(), Figures::plus));
        } else {
            villages.forEach(village -> sums.merge(township(village.code()), village.figures(), Figures::plus));
        }
        Map<String, List<IssueSummary.Village>> byTownship = new TreeMap<>();
        villages.forEach(village -> byTownship
                .computeIfAbsent(township(village.code()), code -> new ArrayList<>())
                .add(village));
        List<IssueSummary.Township> rows = new ArrayList<>();
        byTownship.forEach((code, own) -> rows.add(new IssueSummary.Township(
                code,
                view.divisions().find(code).map(Division::name).orElse(""),
                sums.getOrDefault(code, Figures.NONE),
                own.size(),
                (int) own.stream().filter(IssueSummary.Village::delivered).count(),
                own.stream().mapToInt(IssueSummary.Village::terminals).sum(),
                own.stream().mapToInt(IssueSummary.Village::finished).sum())));
        return rows;
    }

    /** The code of the township in which a village lies. */
    static String township(String village) {
        return village.substring(0, 9) + "000";
    }
}
