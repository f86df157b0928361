package org.tocsin.gateway.report;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.coverage.Curve;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.receipt.IssueEvidence;

/**
 * Keeps the coverage of the issues that are under way: computes it anew at most four times a second for each, and tells
 * of it.
 *
 * <p>The marks of timeliness are seen when the coverage is computed, so up to a quarter of a second late, never early;
 * the memory keeps them over a restart. What was reached between the last computation before a crash and the first one
 * after it gets the time of the latter. May be used by any thread.
 */
public final class CoverageTracker {
    private static final Logger LOG = LoggerFactory.getLogger(CoverageTracker.class);
    private static final long PAUSE_MILLIS = 250;

    /** How many issues are kept at hand: each costs some bitmaps of the county. The others are made anew. */
    private static final int MOST_ISSUES = 64;

    private final Function<String, Optional<CoverageSubject>> subjects;
    private final Function<String, Optional<IssueEvidence>> evidence;
    private final TimelineMemory memory;
    private final InstantSource clock;
    private final ScheduledExecutorService worker;
    private final Function<CoverageSubject, Goal> goals;
    private final GoalMemory goalMemory;
    private final Function<String, Course> courses;
    private final Map<String, TrackedIssue> issues = new LinkedHashMap<>(MOST_ISSUES * 2, 0.75f, true);
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Consumer<CoverageSnapshot>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Makes a tracker of nothing.
     *
     * @param subjects whose coverage an issue's is; empty for one that was never planned. May block
     * @param evidence what is known of an issue now, empty where nothing is yet
     * @param memory keeps the marks of timeliness
     * @param clock the time of day
     * @param worker computes; tasks on it take some milliseconds and may block on the memory
     * @param goals the goal that the settings have for an issue
     * @param goalMemory keeps which goal applied at its sign-off
     * @param courses the course of an issue as far as it was kept before a restart. May block and may fail
     */
    public CoverageTracker(
            Function<String, Optional<CoverageSubject>> subjects,
            Function<String, Optional<IssueEvidence>> evidence,
            TimelineMemory memory,
            InstantSource clock,
            ScheduledExecutorService worker,
            Function<CoverageSubject, Goal> goals,
            GoalMemory goalMemory,
            Function<String, Course> courses) {
        this.subjects = subjects;
        this.evidence = evidence;
        this.memory = memory;
        this.clock = clock;
        this.worker = worker;
        this.goals = goals;
        this.goalMemory = goalMemory;
        this.courses = courses;
    }

    /** Hears that an issue's evidence has changed; returns at once. Made for {@code Dispatcher.onChange}. */
    public void changed(String issue) {
        if (wanted.add(issue)) {
            try {
                var unused = worker.schedule(() -> compute(issue), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                LOG.debug("issue {} is not computed any more", issue, closing);
            }
        }
    }

    /**
     * The coverage of an issue now, computed from the newest evidence; empty for one that was never planned. Blocks for
     * an issue that nobody has asked for lately.
     */
    public Optional<CoverageSnapshot> now(String issue) {
        return tracked(issue).map(tracked -> computed(tracked, known(issue)));
    }

    /**
     * The coverage of an issue as it was last told, computed now only where it never was; empty for one that was never
     * planned. Costs nothing for an issue that is under way. Blocks for one that nobody has asked for lately.
     */
    public Optional<CoverageSnapshot> told(String issue) {
        return tracked(issue).map(tracked -> {
            CoverageSnapshot last = tracked.last();
            return last == null ? computed(tracked, known(issue)) : last;
        });
    }

    /**
     * The coverage of an issue from other evidence than the newest: with the goal and the times that were kept, and
     * keeping no times. Blocks, and fails where these cannot be read: what is packed and sealed has no substitutes.
     */
    public CoverageSnapshot from(CoverageSubject subject, IssueEvidence known) {
        TrackedIssue tracked = track(subject, memory.recall(subject.issue()), Course.NONE);
        keepGoal(tracked);
        return tracked.compute(known, clock.instant());
    }

    /**
     * The coverage of an issue now, with what it was computed from; empty for one that was never planned. Blocks as
     * {@link #now} does.
     */
    public Optional<Measured> measured(String issue) {
        return tracked(issue).map(tracked -> {
            IssueEvidence known = known(issue);
            return new Measured(computed(tracked, known), known, tracked.course(), tracked.goalSeconds());
        });
    }

    /** The same of a sealed issue whose evidence is here; empty where it is not. */
    Optional<Measured> measured(String issue, SealedCoverage sealed) {
        return evidence.apply(issue).flatMap(known -> measured(issue, known, sealed));
    }

    /**
     * The same of the evidence that was sealed: with the goal and the times that were sealed too, and keeping none.
     * Blocks, and fails where the goal cannot be read.
     */
    Optional<Measured> measured(String issue, IssueEvidence known, SealedCoverage sealed) {
        return subjects.apply(issue).map(subject -> {
            TimelineMemory.Marks marks =
                    sealed.marks(subject.signed(), memory.recall(issue).goal());
            TrackedIssue tracked = track(subject, marks, Course.NONE);
            CoverageSnapshot snapshot = tracked.compute(known, sealed.asOf()).withGoal(sealed.goal(goalMemory, issue));
            return new Measured(snapshot, known, lastCourse(issue), tracked.goalSeconds());
        });
    }

    /** Lets go of what is kept at hand of an issue: it was sealed, and its figures are read from what was kept. */
    public void forget(String issue) {
        synchronized (issues) {
            issues.remove(issue);
        }
    }

    /** Tells each new coverage, on the worker's thread; it must not block. */
    public void onChange(Consumer<CoverageSnapshot> listener) {
        listeners.add(listener);
    }

    private TrackedIssue track(CoverageSubject subject, TimelineMemory.Marks marks, Course course) {
        return new TrackedIssue(subject, goals.apply(subject), marks, new Curve(course.points(), course.hours()));
    }

    private Optional<TrackedIssue> tracked(String issue) {
        synchronized (issues) {
            TrackedIssue there = issues.get(issue);
            if (there != null) {
                return Optional.of(there);
            }
        }
        Optional<TrackedIssue> made =
                subjects.apply(issue).map(subject -> track(subject, recall(issue), course(issue)));
        synchronized (issues) {
            made.ifPresent(tracked -> issues.putIfAbsent(issue, tracked));
            if (issues.size() > MOST_ISSUES) {
                issues.remove(issues.keySet().iterator().next());
            }
            return made.map(tracked -> issues.getOrDefault(issue, tracked));
        }
    }

    private void compute(String issue) {
        wanted.remove(issue);
        try {
            now(issue).ifPresent(snapshot -> listeners.forEach(listener -> listener.accept(snapshot)));
        } catch (RuntimeException failed) {
            LOG.error("the coverage of issue {} was not computed", issue, failed);
        }
    }

    private IssueEvidence known(String issue) {
        return evidence.apply(issue).orElseGet(() -> new IssueEvidence(issue, -1, Map.of()));
    }

    private CoverageSnapshot computed(TrackedIssue tracked, IssueEvidence known) {
        if (tracked.needsGoal()) {
            try {
                keepGoal(tracked);
            } catch (RuntimeException failed) {
                LOG.warn("the goal of issue {} was not kept, is tried again: {}", tracked.issue(), failed.getMessage());
            }
        }
        CoverageSnapshot snapshot = tracked.compute(known, clock.instant());
        TimelineMemory.Marks fresh = tracked.freshMarks();
        if (fresh != null) {
            try {
                memory.keep(tracked.issue(), fresh);
            } catch (RuntimeException failed) {
                tracked.keepAgain();
                LOG.warn("the times of issue {} were not kept: {}", tracked.issue(), failed.getMessage());
            }
        }
        return snapshot;
    }

    private void keepGoal(TrackedIssue tracked) {
        tracked.keptGoal(goalMemory.keep(tracked.issue(), tracked.goal()));
    }

    /** The course as it is at hand, or as it was kept. */
    private Course lastCourse(String issue) {
        TrackedIssue there;
        synchronized (issues) {
            there = issues.get(issue);
        }
        return there == null ? course(issue) : there.course();
    }

    private Course course(String issue) {
        try {
            return courses.apply(issue);
        } catch (RuntimeException failed) {
            LOG.warn("the course of issue {} was not read: {}", issue, failed.getMessage());
            return Course.NONE;
        }
    }

    private TimelineMemory.Marks recall(String issue) {
        try {
            return memory.recall(issue);
        } catch (RuntimeException failed) {
            LOG.warn("the times of issue {} were not read: {}", issue, failed.getMessage());
            return TimelineMemory.Marks.NONE;
        }
    }
}
