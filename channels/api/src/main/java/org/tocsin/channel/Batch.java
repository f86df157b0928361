package org.tocsin.channel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One notice for many addressees on one link: what one Camel exchange carries.
 *
 * <p>The channel settles each addressee exactly once, in any order, from any thread, as soon as it knows.
 */
public final class Batch {
    /** Hears of the outcomes as they come. It does not block. */
    @FunctionalInterface
    public interface OutcomeSink {
        /**
         * Takes an outcome.
         *
         * @param index which addressee of the batch, from 0
         * @param outcome what became of the submit
         */
        void outcome(int index, Outcome outcome);
    }

    private final String id;
    private final Notice notice;
    private final List<Addressee> addressees;
    private final OutcomeSink outcomes;
    private final AtomicReferenceArray<Outcome> settled;
    private final AtomicInteger open;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile int segments = 1;

    /**
     * Makes a batch.
     *
     * @param id its name, for logs and carriers that know one
     * @param notice what to carry
     * @param addressees whom to, at least one
     * @param outcomes who hears of the outcomes
     */
    public Batch(String id, Notice notice, List<Addressee> addressees, OutcomeSink outcomes) {
        if (addressees.isEmpty()) {
            throw new IllegalArgumentException("a batch needs an addressee");
        }
        this.id = id;
        this.notice = notice;
        this.addressees = List.copyOf(addressees);
        this.outcomes = outcomes;
        this.settled = new AtomicReferenceArray<>(this.addressees.size());
        this.open = new AtomicInteger(this.addressees.size());
    }

    /** Its name. */
    public String id() {
        return id;
    }

    /** What to carry. */
    public Notice notice() {
        return notice;
    }

    /** How many addressees it has. */
    public int size() {
        return addressees.size();
    }

    /** The addressee of an index, from 0. */
    public Addressee addressee(int index) {
        return addressees.get(index);
    }

    /** In how many segments the message goes out to each addressee, as the channel says; 1 until it does. */
    public int segments() {
        return segments;
    }

    /** Says in how many segments the message goes out, before any of them does: one's report proves nothing of all. */
    public void cutInto(int count) {
        segments = count;
    }

    /** Whether the addressee may be reached at all: an Exercise or Test reaches probes only. */
    public boolean mayReach(int index) {
        return addressees.get(index).probe() || !notice.alert().probesOnly();
    }

    /** Whether an addressee has its outcome. */
    public boolean isSettled(int index) {
        return settled.get(index) != null;
    }

    /**
     * Says what became of an addressee; the first word counts.
     *
     * @return whether this was the first word
     */
    public boolean settle(int index, Outcome outcome) {
        if (!settled.compareAndSet(index, null, outcome)) {
            return false;
        }
        outcomes.outcome(index, outcome);
        if (open.decrementAndGet() == 0) {
            done.complete(null);
        }
        return true;
    }

    /** Settles all who have no outcome yet. */
    public void settleRest(Outcome outcome) {
        for (int index = 0; index < size(); index++) {
            settle(index, outcome);
        }
    }

    /** Complete when each addressee has its outcome; never fails. */
    public CompletionStage<Void> done() {
        return done;
    }
}
