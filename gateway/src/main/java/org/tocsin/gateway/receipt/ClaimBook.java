package org.tocsin.gateway.receipt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A link's claims by their ids, and its addressees counted from claim to claim: an addressee's <em>ordinal</em> is an
 * int that stands for claim and index. Claims of sealed issues are forgotten; their ids lead nowhere. Not for several
 * threads at once.
 */
final class ClaimBook {
    /** A claim and what was told of its addressees' segments. */
    static final class Claimed {
        /** How many segments of a message are told apart. */
        static final int MOST_SEGMENTS = 32;

        final Claim claim;
        final RouteEvidence route;
        private byte @Nullable [] segments;
        /** By addressee the segments delivered, and 32 bits higher those that failed. */
        private long @Nullable [] done;
        /** By addressee the segments that the carrier took where it did not take all. */
        private long @Nullable [] partly;

        Claimed(Claim claim, RouteEvidence route) {
            this.claim = claim;
            this.route = route;
        }

        /** How many segments the carrier told of; 0 where it told of one or none. */
        int segments(int index) {
            return segments == null ? 0 : segments[index] & 0xff;
        }

        /** The carrier told of so many segments. */
        void expect(int index, int count) {
            if (segments == null) {
                segments = new byte[claim.numbers().length];
            }
            segments[index] = (byte) count;
        }

        /** The carrier took these segments and not all; 0 where it has taken all since. */
        void partly(int index, long taken) {
            if (partly == null) {
                partly = new long[claim.numbers().length];
            }
            partly[index] = taken;
        }

        /** Whether the carrier took some segments and not all. */
        boolean isPartly(int index) {
            return partly != null && partly[index] != 0;
        }

        /** A segment was delivered; says whether now all of them are. */
        boolean delivered(int index, int segment, int count) {
            long bit = 1L << segment;
            long[] marks = done();
            marks[index] = (marks[index] | bit) & ~(bit << MOST_SEGMENTS);
            return (marks[index] & all(count)) == all(count);
        }

        /** A segment failed; says whether the message has. */
        boolean failed(int index, int segment, int count) {
            long bit = 1L << segment;
            long[] marks = done();
            if ((marks[index] & bit) != 0) {
                return false;
            }
            marks[index] |= bit << MOST_SEGMENTS;
            // Of a submit that was never answered, or not taken whole, perhaps not all segments arrived: one bad report
            // is no end.
            return (segments(index) > 0 && !isPartly(index))
                    || ((marks[index] | (marks[index] >>> MOST_SEGMENTS)) & all(count)) == all(count);
        }

        /** The first segment without a report, and without a reference by which one would come. */
        int nextSegment(int index) {
            long marks = (done == null ? 0 : done[index]) | (partly == null ? 0 : partly[index]);
            int next = Long.numberOfTrailingZeros(~(marks | (marks >>> MOST_SEGMENTS)));
            return Math.min(next, MOST_SEGMENTS - 1);
        }

        private long[] done() {
            if (done == null) {
                done = new long[claim.numbers().length];
            }
            return done;
        }

        private static long all(int count) {
            return (1L << count) - 1;
        }
    }

    private final List<@Nullable Claimed> claims = new ArrayList<>();
    private int[] firsts = new int[64];
    private long before;
    private int next;

    /** Begins behind so many claims, of which nothing is known any more. For an empty book. */
    void startAfter(long claimsBefore) {
        if (!claims.isEmpty()) {
            throw new IllegalStateException("has claims already");
        }
        before = claimsBefore;
    }

    /** The id of the last claim; 0 before the first. */
    long last() {
        return before + claims.size();
    }

    /** How many claims stand here, the forgotten ones that are not let go among them. */
    int size() {
        return claims.size();
    }

    void add(Claimed claimed) {
        int count = claims.size();
        if (count == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * count);
        }
        firsts[count] = next;
        next = Math.addExact(next, claimed.claim.numbers().length);
        claims.add(claimed);
    }

    /**
     * A claim; null where it is forgotten.
     *
     * @throws CorruptJournal where there never was one
     */
    @Nullable
    Claimed find(long id) {
        if (id < 1 || id > last()) {
            throw new CorruptJournal("claim " + id + " is not there; the last one is " + last());
        }
        return id <= before ? null : claims.get((int) (id - before - 1));
    }

    /** Those that are not forgotten, oldest first. */
    List<Claimed> all() {
        return claims.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** The ordinal of an addressee; -1 where the claim is forgotten. */
    int ordinal(long claim, int index) {
        return find(claim) == null ? -1 : firsts[(int) (claim - before - 1)] + index;
    }

    /** The claim's id of an ordinal. */
    long claimOf(int ordinal) {
        int found = Arrays.binarySearch(firsts, 0, claims.size(), ordinal);
        return before + 1 + (found >= 0 ? found : -found - 2);
    }

    /** The index of an ordinal in the claim that {@link #claimOf} names. */
    int indexIn(long claim, int ordinal) {
        return ordinal - firsts[(int) (claim - before - 1)];
    }

    /** Forgets claims wherever they stand. */
    void forget(Predicate<Claim> gone) {
        claims.replaceAll(claimed -> claimed == null || gone.test(claimed.claim) ? null : claimed);
    }

    /**
     * Lets go of the first claims, which are forgotten, up to and with this id.
     *
     * @return by how much every ordinal is less from now on
     */
    int trim(long upTo) {
        int count = (int) (upTo - before);
        if (count <= 0) {
            return 0;
        }
        int by = count == claims.size() ? next : firsts[count];
        claims.subList(0, count).clear();
        before = upTo;
        int[] rest = new int[Math.max(64, claims.size())];
        for (int at = 0; at < claims.size(); at++) {
            rest[at] = firsts[count + at] - by;
        }
        firsts = rest;
        next -= by;
        return by;
    }
}
