package org.tocsin.gateway.receipt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

/**
 * What one link's journal says: who was claimed, where the carrier's references lead, and the evidence of each issue.
 * It is nothing but its journal, applied entry by entry, so that a replay gives the same as the life before; applying a
 * tail again changes nothing.
 *
 * <p>All methods are for the link's own thread but {@link #snapshot}, {@link #isWithCarrier} and {@link #issues}, which
 * any thread may call.
 */
public final class LinkEvidence {
    /** What a search says that finds nothing. */
    public static final long NOWHERE = References.NOWHERE;

    private static final int MOST_ORPHANS = 200_000;
    private static final int MASKED_SEGMENTS = 32;
    private static final int INDEX_SHIFT = 8;
    private static final int CLAIM_SHIFT = 28;
    private static final int LARGEST_INDEX = (1 << (CLAIM_SHIFT - INDEX_SHIFT)) - 1;
    private static final int TELLING_DIGITS = 8;
    private static final long CLOCK_SKEW_MILLIS = 5 * 60_000;

    private static final class Claimed {
        final Claim claim;
        final RouteEvidence route;
        byte @Nullable [] segments;
        long @Nullable [] done;

        Claimed(Claim claim, RouteEvidence route) {
            this.claim = claim;
            this.route = route;
        }

        int segments(int index) {
            return segments == null ? 0 : segments[index] & 0xff;
        }
    }

    /** Hears each report of an addressee in the order of the journal, orphans once they are found to be somebody's. */
    public interface Hearing {
        /** Hears nothing. */
        Hearing NONE = (claim, index, segment, of, evidence, reason, code, at) -> {};

        /**
         * A report.
         *
         * @param claim the claim of the addressee
         * @param index the addressee's place in it
         * @param segment which segment, from 0
         * @param of how many segments the message had, as far as it was known by then, 1 to 32; a first-level delivery
         *     is one of the whole message when all of them are delivered, or when {@code segment} lies beyond them
         * @param evidence what it proves
         * @param reason why it failed; null unless it did
         * @param code the carrier's own code
         * @param at when, in milliseconds since 1970
         */
        void heard(
                Claim claim,
                int index,
                int segment,
                int of,
                Evidence evidence,
                @Nullable Reason reason,
                String code,
                long at);
    }

    private final AddressBook addresses;
    private final Hearing hearing;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Claimed> claims = new ArrayList<>();
    private final References references = new References();
    private @Nullable References byAddress;
    private final Map<String, RouteEvidence> routes = new HashMap<>();
    private final Map<String, Integer> segmentsOfNotice = new HashMap<>();
    private final Map<Orphan, Boolean> orphans = new LinkedHashMap<>();
    private final Map<Long, Orphan> orphansByReference = new HashMap<>();
    private final Set<String> touched = new HashSet<>();
    private final Applying applying = new Applying();

    /**
     * Makes the evidence of a link without a journal.
     *
     * @param addresses the addresses of the link's addressees
     */
    public LinkEvidence(AddressBook addresses) {
        this(addresses, Hearing.NONE);
    }

    /**
     * Makes the evidence of a link without a journal.
     *
     * @param addresses the addresses of the link's addressees
     * @param hearing hears each report as it is applied, within {@link #apply}
     */
    public LinkEvidence(AddressBook addresses, Hearing hearing) {
        this.addresses = addresses;
        this.hearing = hearing;
    }

    /**
     * Applies an entry.
     *
     * @return the issues of which something changed; the caller's own
     * @throws CorruptJournal when the entry is damaged
     */
    public Set<String> apply(byte[] entry) {
        lock.lock();
        try {
            touched.clear();
            applying.last = null;
            JournalDecoder.decode(entry, applying);
            return Set.copyOf(touched);
        } finally {
            lock.unlock();
        }
    }

    /** The id for the next claim that is applied. */
    public long nextClaim() {
        return claims.size() + 1L;
    }

    /** A claim by its id. */
    public Claim claim(long id) {
        return claimed(id).claim;
    }

    /** All claims, oldest first. */
    public List<Claim> claims() {
        return claims.stream().map(claimed -> claimed.claim).toList();
    }

    /** Says where a carrier's references lead before the entry that holds them is applied. */
    public void learn(long claim, int index, long reference, int segment) {
        references.put(reference, place(claim, index, segment));
    }

    /**
     * Where a carrier's reference leads.
     *
     * @param reference the reference's fingerprint
     * @param address the address that the report names; null where it names none. It settles clashes, and a reference
     *     that leads to another address leads nowhere.
     * @return the place, for {@link #claimOf} and its sisters, or {@link #NOWHERE}
     */
    public long find(long reference, @Nullable String address) {
        long[] several = references.several(reference);
        if (several.length == 0) {
            long place = references.find(reference);
            return place != NOWHERE && isOf(place, address) ? place : NOWHERE;
        }
        for (long place : several) {
            if (isOf(place, address)) {
                return place;
            }
        }
        return NOWHERE;
    }

    /**
     * Whom a report without a known reference is about: the newest claim of that address, made before it.
     *
     * @param address the address that the report names
     * @param at when, in milliseconds since 1970
     * @param uncertainOnly only those whom a carrier may have taken without telling a reference
     * @return the place, with the first segment that has no report, or {@link #NOWHERE}
     */
    public long findByAddress(String address, long at, boolean uncertainOnly) {
        References index = byAddress();
        long key = addressKey(address);
        long[] several = index.several(key);
        long[] places = several.length > 0 ? several : new long[] {index.find(key)};
        for (long place : places) {
            if (place != NOWHERE && isOf(place, address)) {
                Claimed claimed = claimed(claimOf(place));
                int number = claimed.claim.numbers()[indexOf(place)];
                if (claimed.claim.at() <= at + CLOCK_SKEW_MILLIS
                        && (!uncertainOnly || claimed.route.mayHaveBeenTaken(number))) {
                    return place | nextSegment(claimed, indexOf(place));
                }
            }
        }
        return NOWHERE;
    }

    /** The claim's id of a place. */
    public static long claimOf(long place) {
        return place >>> CLAIM_SHIFT;
    }

    /** The addressee's index in the claim of a place. */
    public static int indexOf(long place) {
        return (int) (place >>> INDEX_SHIFT) & LARGEST_INDEX;
    }

    /** The segment of a place. */
    public static int segmentOf(long place) {
        return (int) place & ((1 << INDEX_SHIFT) - 1);
    }

    /** The orphans of which nobody knows yet whose they are, oldest first. */
    public Collection<Orphan> orphans() {
        return List.copyOf(orphans.keySet());
    }

    /** The issues of which the link knows anything. Any thread. */
    public Set<String> issues() {
        lock.lock();
        try {
            return Set.copyOf(routes.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Those of whom something is left to be done in the lanes: neither claimed nor dropped. */
    public int[] notBegun(String issue, int[] numbers) {
        RouteEvidence route = routes.get(issue);
        if (route == null) {
            return numbers;
        }
        int[] left = new int[numbers.length];
        int count = 0;
        for (int number : numbers) {
            if (!route.claimed.get(number) && !route.dropped.get(number)) {
                left[count++] = number;
            }
        }
        return count == left.length ? numbers : Arrays.copyOf(left, count);
    }

    /** Whether this one was handed over, or was about to be, and the carrier has said nothing. */
    public boolean isUncertain(String issue, int number) {
        RouteEvidence route = routes.get(issue);
        return route != null && (route.pending.get(number) || route.unanswered.get(number));
    }

    /** Whether this one waits to be tried again. */
    public boolean isWaiting(String issue, int number) {
        RouteEvidence route = routes.get(issue);
        return route != null && route.waiting.get(number);
    }

    /** Whether a submit of this issue to this addressee is open: the carrier has not answered. Any thread. */
    public boolean isWithCarrier(String issue, int number) {
        lock.lock();
        try {
            RouteEvidence route = routes.get(issue);
            return route != null
                    && (route.pending.get(number) || route.unanswered.get(number))
                    && !route.dropped.get(number);
        } finally {
            lock.unlock();
        }
    }

    /** Whether any submit of this issue is open. Any thread. */
    public boolean isAnyWithCarrier(String issue) {
        lock.lock();
        try {
            RouteEvidence route = routes.get(issue);
            return route != null && (!route.pending.isEmpty() || !route.unanswered.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Whether a positive or negative final report, or the carrier's answer, is in for this addressee. */
    public boolean isAnswered(String issue, int number) {
        RouteEvidence route = routes.get(issue);
        return route != null && (route.accepted.get(number) || route.failed.get(number));
    }

    /** A copy of what is known of an issue. Any thread. */
    Optional<RouteEvidence> snapshot(String issue) {
        lock.lock();
        try {
            return Optional.ofNullable(routes.get(issue)).map(RouteEvidence::copy);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOf(long place, @Nullable String address) {
        if (address == null || address.isEmpty()) {
            return true;
        }
        String known = addresses.address(claimed(claimOf(place)).claim.numbers()[indexOf(place)]);
        return known == null || AddressBook.same(known, address);
    }

    private int nextSegment(Claimed claimed, int index) {
        long done = claimed.done == null ? 0 : claimed.done[index];
        int next = Long.numberOfTrailingZeros(~(done | (done >>> MASKED_SEGMENTS)));
        return Math.min(next, MASKED_SEGMENTS - 1);
    }

    private References byAddress() {
        References index = byAddress;
        if (index == null) {
            index = new References();
            for (Claimed claimed : claims) {
                index(index, claimed.claim);
            }
            byAddress = index;
        }
        return index;
    }

    private void index(References index, Claim claim) {
        for (int at = 0; at < claim.numbers().length; at++) {
            String address = addresses.address(claim.numbers()[at]);
            if (address != null) {
                index.put(addressKey(address), place(claim.id(), at, 0));
            }
        }
    }

    private static long addressKey(String address) {
        int length = address.length();
        if (length > TELLING_DIGITS && Character.isDigit(address.charAt(length - 1))) {
            return Fingerprint.of(address.substring(length - TELLING_DIGITS));
        }
        return Fingerprint.of(address.toLowerCase(Locale.ROOT));
    }

    private static long place(long claim, int index, int segment) {
        return (claim << CLAIM_SHIFT) | ((long) index << INDEX_SHIFT) | segment;
    }

    private Claimed claimed(long id) {
        if (id < 1 || id > claims.size()) {
            throw new CorruptJournal("claim " + id + " is not there; the last one is " + claims.size());
        }
        return claims.get((int) id - 1);
    }

    /** What each record does. */
    private final class Applying implements JournalVisitor {
        private long lastId;
        private @Nullable Claimed last;

        @Override
        public void claimed(Claim claim) {
            touched.add(claim.issue());
            RouteEvidence route = routes.computeIfAbsent(claim.issue(), unknown -> new RouteEvidence());
            if (claim.id() == claims.size() + 1L) {
                claims.add(new Claimed(claim, route));
                if (byAddress != null) {
                    index(byAddress, claim);
                }
            } else if (claim.id() > claims.size()) {
                throw new CorruptJournal("claim " + claim.id() + " follows " + claims.size());
            }
            for (int number : claim.numbers()) {
                if (claim.lane() == Claim.FOR_THE_RECORD) {
                    route.note(number);
                } else {
                    route.claim(number);
                }
            }
        }

        @Override
        public void accepted(long claim, int index, long[] fingerprints) {
            Claimed claimed = find(claim, index);
            int number = claimed.claim.numbers()[index];
            claimed.route.accept(number);
            claimed.route.waiting.clear(number);
            claimed.route.unanswered.clear(number);
            if (fingerprints.length > 1) {
                expect(claimed, index, fingerprints.length);
            }
            for (int segment = 0; segment < fingerprints.length; segment++) {
                references.put(fingerprints[segment], place(claim, index, segment));
                if (!orphansByReference.isEmpty()) {
                    adopt(claim, index, segment, fingerprints[segment]);
                }
            }
        }

        private void expect(Claimed claimed, int index, int count) {
            if (claimed.segments == null) {
                claimed.segments = new byte[claimed.claim.numbers().length];
            }
            claimed.segments[index] = (byte) count;
            segmentsOfNotice.merge(claimed.claim.issue() + " " + claimed.claim.notice(), count, Math::max);
        }

        private void adopt(long claim, int index, int segment, long reference) {
            Orphan orphan = orphansByReference.get(reference);
            if (orphan != null && isOf(place(claim, index, segment), orphan.address())) {
                resolved(orphan);
                reported(claim, index, segment, orphan.evidence(), orphan.reason(), orphan.code(), orphan.at());
            }
        }

        @Override
        public void rejected(long claim, int index, Reason reason, String code) {
            Claimed claimed = find(claim, index);
            claimed.route.reject(claimed.claim.numbers()[index], reason, code);
        }

        @Override
        public void deferred(long claim, int index, Reason reason, String code) {
            Claimed claimed = find(claim, index);
            claimed.route.defer(claimed.claim.numbers()[index], reason);
        }

        @Override
        public void gaveUp(long claim, int index, Reason reason, String code) {
            Claimed claimed = find(claim, index);
            claimed.route.giveUp(claimed.claim.numbers()[index], reason, code);
        }

        @Override
        public void moved(long claim, int index, String link) {
            Claimed claimed = find(claim, index);
            claimed.route.move(claimed.claim.numbers()[index], link);
        }

        @Override
        public void reported(
                long claim, int index, int segment, Evidence evidence, @Nullable Reason reason, String code, long at) {
            Claimed claimed = find(claim, index);
            int number = claimed.claim.numbers()[index];
            int count = Math.min(MASKED_SEGMENTS, expected(claimed, index));
            hearing.heard(claimed.claim, index, segment, count, evidence, reason, code, at);
            boolean isFinal = evidence.isPositive() || evidence == Evidence.FAILED;
            if (count <= 1 || !isFinal || segment >= count || evidence.level() > 1) {
                claimed.route.report(number, evidence, reason, code);
                return;
            }
            if (claimed.done == null) {
                claimed.done = new long[claimed.claim.numbers().length];
            }
            long bit = 1L << segment;
            if (evidence.isPositive()) {
                claimed.done[index] = (claimed.done[index] | bit) & ~(bit << MASKED_SEGMENTS);
                long all = (1L << count) - 1;
                if ((claimed.done[index] & all) == all) {
                    claimed.route.report(number, evidence, reason, code);
                }
            } else if ((claimed.done[index] & bit) == 0) {
                claimed.done[index] |= bit << MASKED_SEGMENTS;
                // Of a submit that was never answered perhaps not all segments arrived: one bad report is no end.
                if (claimed.segments(index) > 0 || isReportedWhole(claimed.done[index], count)) {
                    claimed.route.report(number, evidence, reason, code);
                }
            }
        }

        private static boolean isReportedWhole(long done, int count) {
            long all = (1L << count) - 1;
            return ((done | (done >>> MASKED_SEGMENTS)) & all) == all;
        }

        /** How many segments: as the carrier told, else as others of the same notice had. */
        private int expected(Claimed claimed, int index) {
            int told = claimed.segments(index);
            if (told > 0 || segmentsOfNotice.isEmpty()) {
                return Math.max(1, told);
            }
            if (claimed.route.mayHaveBeenTaken(claimed.claim.numbers()[index])) {
                return segmentsOfNotice.getOrDefault(claimed.claim.issue() + " " + claimed.claim.notice(), 1);
            }
            return 1;
        }

        @Override
        public void orphaned(Orphan orphan) {
            if (orphan.reference() != 0) {
                long place = LinkEvidence.this.find(orphan.reference(), orphan.address());
                if (place != NOWHERE) {
                    reported(
                            claimOf(place),
                            indexOf(place),
                            segmentOf(place),
                            orphan.evidence(),
                            orphan.reason(),
                            orphan.code(),
                            orphan.at());
                    return;
                }
            }
            if (orphans.size() < MOST_ORPHANS) {
                orphans.put(orphan, true);
                if (orphan.reference() != 0) {
                    orphansByReference.put(orphan.reference(), orphan);
                }
            }
        }

        @Override
        public void resolved(Orphan orphan) {
            orphans.remove(orphan);
            orphansByReference.remove(orphan.reference());
        }

        @Override
        public void dropped(String batch, String issue, Reason reason, int[] numbers) {
            touched.add(issue);
            RouteEvidence route = routes.computeIfAbsent(issue, unknown -> new RouteEvidence());
            for (int number : numbers) {
                route.drop(number, reason);
            }
        }

        private Claimed find(long claim, int index) {
            Claimed found = last;
            if (found == null || lastId != claim) {
                found = LinkEvidence.this.claimed(claim);
                last = found;
                lastId = claim;
                touched.add(found.claim.issue());
            }
            if (index >= found.claim.numbers().length) {
                throw new CorruptJournal("claim " + claim + " has no addressee " + index);
            }
            return found;
        }
    }
}
