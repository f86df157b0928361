package org.tocsin.gateway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.gateway.coverage.AtomFacts;
import org.tocsin.gateway.coverage.Coverage;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.CurvePoint;
import org.tocsin.gateway.coverage.Dissemination;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.ServingTerminal;
import org.tocsin.gateway.coverage.TerminalGroup;
import org.tocsin.gateway.coverage.Timeline;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.targeting.Atom;
import org.tocsin.gateway.targeting.MeasuredArea;

/** One issue's coverage from its evidence, and its marks of timeliness. */
final class TrackedIssue {
    /** As {@link org.tocsin.gateway.coverage.Verdict} has it, so that the two never contradict each other. */
    private static final double TOLERANCE = 1e-6;

    private final CoverageSubject subject;
    private Goal goal;
    private boolean goalIsKept;
    private final Map<Integer, List<MeasuredArea.Serving>> terminals;
    private final RoaringBitmap inside;
    private final Curve curve;
    private TimelineMemory.Marks marks;
    private boolean marksAreFresh;
    private @Nullable CoverageSnapshot last;

    /** With the goal of the settings until {@link #keptGoal} says which one is kept. */
    TrackedIssue(CoverageSubject subject, Goal goal, TimelineMemory.Marks marks, Curve curve) {
        this.subject = subject;
        this.goal = goal;
        this.marks = marks;
        this.curve = curve;
        this.terminals = subject.area().terminalsByVillage();
        this.inside = new RoaringBitmap();
        for (Atom atom : subject.area().atoms()) {
            inside.or(atom.living());
            inside.or(atom.unpositioned());
        }
    }

    String issue() {
        return subject.issue();
    }

    /** Whether its goal is still to be kept. */
    synchronized boolean needsGoal() {
        return !goalIsKept;
    }

    /** The goal that is kept, or else that of the settings. */
    synchronized Goal goal() {
        return goal;
    }

    /** Says which goal is kept; whether it is met is looked at again. */
    synchronized void keptGoal(Goal kept) {
        goal = kept;
        goalIsKept = true;
        last = null;
    }

    /** The coverage from this evidence; the one computed last where the evidence is not newer. */
    synchronized CoverageSnapshot compute(IssueEvidence evidence, Instant now) {
        if (last != null && evidence.version() <= last.version()) {
            return last;
        }
        RoaringBitmap reached = evidence.reached(1);
        RoaringBitmap finished = evidence.finished();
        Set<Integer> delivered = new HashSet<>();
        List<AtomFacts> facts = new ArrayList<>();
        for (Atom atom : subject.area().atoms()) {
            AtomFacts atomFacts = facts(atom, reached, finished);
            facts.add(atomFacts);
            if (atomFacts.reached() + atomFacts.unpositioned() > 0
                    || !atomFacts.terminals().isEmpty()) {
                delivered.add(atom.village());
            }
        }
        Coverage coverage = Coverage.of(facts);
        PlannedPlaces planned = PlannedPlaces.of(evidence, terminals);
        int addressed = planned.persons().getCardinality();
        if (subject.isPublic()) {
            mark(coverage.total(), now);
        } else {
            double persons = reached.getCardinality();
            mark(new Figures(addressed, persons, persons, persons, persons), now);
        }
        int villages = (int) subject.area().atoms().stream()
                .filter(planned::isOfTheArea)
                .mapToInt(Atom::village)
                .distinct()
                .count();
        last = new CoverageSnapshot(
                subject,
                evidence.version(),
                now,
                coverage,
                goal,
                new Dissemination(villages, delivered.size()),
                timeliness(),
                evidence.counts(),
                new CoverageSnapshot.Levels(
                        reached.getCardinality(), evidence.reachedCount(2), evidence.reachedCount(3)),
                RoaringBitmap.andNot(reached, inside).getCardinality(),
                addressed,
                reached.getCardinality(),
                Set.copyOf(delivered));
        return last;
    }

    /** The coverage computed last; null where none was yet. */
    synchronized @Nullable CoverageSnapshot last() {
        return last;
    }

    /** Its course so far. */
    synchronized Course course() {
        return new Course(curve.points(), curve.hours());
    }

    /** When the goal was met, in seconds from sign-off; null where it was not. */
    synchronized @Nullable Double goalSeconds() {
        return seconds(marks.goal());
    }

    /** The marks, once after each change; null where there is none to keep. */
    synchronized TimelineMemory.@Nullable Marks freshMarks() {
        boolean fresh = marksAreFresh;
        marksAreFresh = false;
        return fresh ? marks : null;
    }

    /** Says that the marks could not be kept. */
    synchronized void keepAgain() {
        marksAreFresh = true;
    }

    private AtomFacts facts(Atom atom, RoaringBitmap reached, RoaringBitmap finished) {
        List<TerminalGroup> groups = new ArrayList<>();
        for (MeasuredArea.Serving terminal : terminals.getOrDefault(atom.village(), List.of())) {
            if (finished.contains(terminal.number())) {
                groups.add(TerminalGroup.of(new ServingTerminal(
                        terminal.serves(), true, subject.audibility().apply(terminal.number()))));
            }
        }
        return new AtomFacts(
                atom.code(),
                atom.name(),
                atom.residents(),
                atom.villageResidents(),
                atom.cut(),
                RoaringBitmap.andCardinality(reached, atom.living()),
                RoaringBitmap.andCardinality(reached, atom.unpositioned()),
                groups);
    }

    private void mark(Figures figures, Instant now) {
        // No time is given to a goal that may turn out to be another one.
        double wanted =
                subject.isPublic() && goalIsKept ? goal.share() * figures.residents() : Double.POSITIVE_INFINITY;
        if (figures.upper() > 0) {
            long since = Duration.between(subject.signed(), now).toMillis();
            curve.add(CurvePoint.of(since, figures), wanted);
        }
        Timeline timeline = new Timeline(subject.signed(), figures.residents());
        timeline.add(now, figures.lower());
        Timeline.Timeliness reached = timeline.timeliness();
        TimelineMemory.Marks next = new TimelineMemory.Marks(
                first(marks.first(), reached.firstSeconds(), now),
                first(marks.half(), reached.p50Seconds(), now),
                first(marks.nineTenths(), reached.p90Seconds(), now),
                marks.goal() == null && figures.lower() >= wanted - TOLERANCE ? now : marks.goal());
        marksAreFresh |= !next.equals(marks);
        marks = next;
    }

    private Timeline.Timeliness timeliness() {
        return new Timeline.Timeliness(seconds(marks.first()), seconds(marks.half()), seconds(marks.nineTenths()));
    }

    private @Nullable Double seconds(@Nullable Instant at) {
        return at == null ? null : Timeline.seconds(subject.signed(), at);
    }

    private static @Nullable Instant first(@Nullable Instant before, @Nullable Double reached, Instant now) {
        return before != null || reached == null ? before : now;
    }
}
