package org.tocsin.channel.sms;

import org.jspecify.annotations.Nullable;

/**
 * The submits of one connection that are not answered yet, by sequence number. Numbers only grow; one that meets a slot
 * still taken is left out, so that an answer that never comes holds up nobody else. Used by the event loop alone.
 */
final class Window {
    private final int limit;
    private final int mask;
    private final int[] sequences;
    private final int[] places;
    private final long[] ticks;
    private final @Nullable Job[] jobs;
    private int open;
    private int last;

    Window(int limit) {
        this.limit = limit;
        int size = Integer.highestOneBit(limit * 2 - 1) * 2;
        mask = size - 1;
        sequences = new int[size];
        places = new int[size];
        ticks = new long[size];
        jobs = new Job[size];
    }

    /** Hears of an open submit. */
    @FunctionalInterface
    interface Visitor {
        void visit(Job job, int place, int sequence);
    }

    boolean hasRoom() {
        return open < limit;
    }

    int open() {
        return open;
    }

    /** The next number; it is not taken for a submit. */
    int next() {
        do {
            last = last == Integer.MAX_VALUE ? 1 : last + 1;
        } while (sequences[last & mask] != 0);
        return last;
    }

    /** Opens a submit and gives its number. */
    int open(Job job, int place, long tick) {
        int sequence = next();
        int slot = sequence & mask;
        sequences[slot] = sequence;
        jobs[slot] = job;
        places[slot] = place;
        ticks[slot] = tick;
        open++;
        return sequence;
    }

    /** Finds the slot of an open submit; -1 where none is open by this number. */
    int find(int sequence) {
        int slot = sequence & mask;
        return sequence != 0 && sequences[slot] == sequence ? slot : -1;
    }

    /** Whose an open submit is. */
    Job job(int slot) {
        Job job = jobs[slot];
        if (job == null) {
            throw new IllegalStateException("nothing is open at " + slot);
        }
        return job;
    }

    int place(int slot) {
        return places[slot];
    }

    /** Ends a submit. */
    Job close(int slot) {
        Job job = job(slot);
        sequences[slot] = 0;
        jobs[slot] = null;
        open--;
        return job;
    }

    /** Ends all submits that were opened before this tick. */
    void closeBefore(long tick, Visitor visitor) {
        for (int slot = 0; open > 0 && slot <= mask; slot++) {
            if (sequences[slot] != 0 && ticks[slot] < tick) {
                int place = places[slot];
                int sequence = sequences[slot];
                visitor.visit(close(slot), place, sequence);
            }
        }
    }
}
