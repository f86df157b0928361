package org.tocsin.gateway.report.pack;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts of a pack's persons by the group in which they stand. The groups are, for each atom, those who live there and
 * those of whom nobody knows whether they do, then those who live elsewhere. Not for several threads at once.
 */
final class PersonCounts {
    private static final int MOST_ALIKE = 8;

    private final int[] planned;
    private final int[] reached;
    private final int[] levels = new int[4];
    private final int[][] states;
    private long[] names = new long[1 << 12];
    private long[] tails = new long[1 << 12];
    private int all;

    PersonCounts(int atoms, int channels) {
        planned = new int[2 * atoms + 1];
        reached = new int[2 * atoms + 1];
        states = new int[channels][PackFormat.states().size()];
    }

    /** Adds a person whose row begins with the pseudonym. */
    void add(int group, byte[] row, int level) {
        planned[group]++;
        reached[group] += level > 0 ? 1 : 0;
        for (int at = 1; at <= level; at++) {
            levels[at]++;
        }
        if (all == names.length) {
            names = Arrays.copyOf(names, 2 * all);
            tails = Arrays.copyOf(tails, 2 * all);
        }
        ByteBuffer name = ByteBuffer.wrap(row);
        names[all] = name.getLong();
        tails[all] = name.getLong();
        all++;
    }

    /** Counts a state of a person on a channel. */
    void count(int channel, int state) {
        states[channel][state]++;
    }

    int all() {
        return all;
    }

    int planned(int group) {
        return planned[group];
    }

    int reached(int group) {
        return reached[group];
    }

    /** How many have evidence of at least this level, 1 to 3. */
    int level(int level) {
        return levels[level];
    }

    /** Those who live outside the area and were reached. */
    int outside() {
        return reached[reached.length - 1];
    }

    /** How many were planned on a channel. */
    int plannedOn(int channel) {
        return Arrays.stream(states[channel]).sum() - states[channel][0];
    }

    /** How many have evidence of at least this level on a channel. */
    int levelOn(int channel, int level) {
        int count = 0;
        for (int state = 0; state < states[channel].length; state++) {
            count += PackFormat.level(state) >= level ? states[channel][state] : 0;
        }
        return count;
    }

    /**
     * Whether no pseudonym was added twice. Where more than a few begin alike they are none: of keyed hashes not one in
     * a million packs has two such, and a pack made to hold many must not make its verifier look for hours.
     */
    boolean isDistinct() {
        long[] sorted = Arrays.copyOf(names, all);
        Arrays.sort(sorted);
        int alike = 0;
        for (int at = 1; at < all; at++) {
            if (sorted[at] == sorted[at - 1] && (++alike > MOST_ALIKE || hasTwin(sorted[at]))) {
                return false;
            }
        }
        return true;
    }

    private boolean hasTwin(long name) {
        long[] same = new long[8];
        int count = 0;
        for (int at = 0; at < all && count < same.length; at++) {
            if (names[at] == name) {
                for (int other = 0; other < count; other++) {
                    if (same[other] == tails[at]) {
                        return true;
                    }
                }
                same[count++] = tails[at];
            }
        }
        return count == same.length;
    }
}
