package org.tocsin.gateway.report;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private final Function<String, Optional<IssueEvidence>> evidence;
    private final TimelineMemory memory;
    private final InstantSource clock;
    private final ScheduledExecutorService worker;
    private final double goal;
    private final Map<String, TrackedIssue> issues = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Consumer<CoverageSnapshot>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Makes a tracker of nothing.
     *
     * @param evidence what is known of an issue now, empty where nothing is yet
     * @param memory keeps the marks of timeliness
     * @param clock the time of day
     * @param worker computes; tasks on it take some milliseconds and may block on the memory
     * @param goal the share of the residents to be reached, 0 to 1
     */
    public CoverageTracker(
            Function<String, Optional<IssueEvidence>> evidence,
            TimelineMemory memory,
            InstantSource clock,
            ScheduledExecutorService worker,
            double goal) {
        this.evidence = evidence;
        this.memory = memory;
        this.clock = clock;
        this.worker = worker;
        this.goal = goal;
    }

    /** Begins to track an issue, or goes on where it is tracked already. Blocks on the memory. */
    public void track(CoverageSubject subject) {
        issues.computeIfAbsent(subject.issue(), issue -> new TrackedIssue(subject, goal, recall(issue)));
        changed(subject.issue());
    }

    /** Hears that an issue's evidence has changed; returns at once. Made for {@code Dispatcher.onChange}. */
    public void changed(String issue) {
        TrackedIssue tracked = issues.get(issue);
        if (tracked != null && tracked.wanted.compareAndSet(false, true)) {
            try {
                var unused = worker.schedule(() -> compute(tracked), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                LOG.debug("issue {} is not computed any more", issue, closing);
            }
        }
    }

    /** The coverage of an issue now, computed from the newest evidence; empty where it is not tracked. */
    public Optional<CoverageSnapshot> now(String issue) {
        TrackedIssue tracked = issues.get(issue);
        return tracked == null ? Optional.empty() : Optional.of(computed(tracked));
    }

    /** Tells each new coverage, on the worker's thread; it must not block. */
    public void onChange(Consumer<CoverageSnapshot> listener) {
        listeners.add(listener);
    }

    /** Lets an issue go, such as one that is sealed. */
    public void forget(String issue) {
        issues.remove(issue);
    }

    private void compute(TrackedIssue tracked) {
        tracked.wanted.set(false);
        try {
            CoverageSnapshot snapshot = computed(tracked);
            listeners.forEach(listener -> listener.accept(snapshot));
        } catch (RuntimeException failed) {
            LOG.error("the coverage of issue {} was not computed", tracked.issue(), failed);
        }
    }

    private CoverageSnapshot computed(TrackedIssue tracked) {
        IssueEvidence known =
                evidence.apply(tracked.issue()).orElseGet(() -> new IssueEvidence(tracked.issue(), -1, Map.of()));
        Instant now = clock.instant();
        CoverageSnapshot snapshot = tracked.compute(known, now);
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

    private TimelineMemory.Marks recall(String issue) {
        try {
            return memory.recall(issue);
        } catch (RuntimeException failed) {
            LOG.warn("the times of issue {} were not read: {}", issue, failed.getMessage());
            return TimelineMemory.Marks.NONE;
        }
    }
}
