package org.tocsin.gateway.receipt;

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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.receipt.ClaimBook.Claimed;

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

    private static final int INDEX_SHIFT = 8;
    private static final int CLAIM_SHIFT = 28;
    private static final int LARGEST_INDEX = (1 << (CLAIM_SHIFT - INDEX_SHIFT)) - 1;
    private static final int TELLING_DIGITS = 8;
    private static final long CLOCK_SKEW_MILLIS = 5 * 60_000;

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
    private final ClaimBook claims = new ClaimBook();
    private final References references = new References();
    private final References.Whose whose = this::isOf;
    private @Nullable References byAddress;
    private final Map<String, RouteEvidence> routes = new HashMap<>();
    /** In the order of the journal: where each issue that is not forgotten begins. */
    private final Map<String, Beginning> beginnings = new LinkedHashMap<>();

    private final OrphanBook orphans = new OrphanBook();
    private final Set<String> touched = new HashSet<>();
    private final Applying applying = new Applying();
    private String lastEntry = "";
    private long entries;

    /**
     * Where an issue begins.
     *
     * @param after the name of the entry before its first
     * @param entries how many were applied before
     * @param claims the last claim before
     */
    private record Beginning(String after, long entries, long claims) {}

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

    /** Begins where a trimmed journal does; before the first entry. */
    public void startAt(EvidenceLog.Start start) {
        claims.startAfter(start.claims());
        lastEntry = start.after();
    }

    /**
     * Applies an entry.
     *
     * @return the issues of which something changed; the caller's own
     * @throws CorruptJournal when the entry is damaged
     */
    public Set<String> apply(EvidenceLog.Entry entry) {
        lock.lock();
        try {
            touched.clear();
            applying.last = null;
            applying.before = new Beginning(lastEntry, entries, claims.last());
            JournalDecoder.decode(entry.bytes(), applying);
            lastEntry = entry.id();
            entries++;
            return Set.copyOf(touched);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets issues that are sealed: nothing of them is left in memory, and what is still said of them counts nowhere.
     *
     * @return where a journal may begin that serves those who are left
     */
    public EvidenceLog.Start forget(Set<String> issues) {
        lock.lock();
        try {
            routes.keySet().removeAll(issues);
            beginnings.keySet().removeAll(issues);
            claims.forget(claim -> issues.contains(claim.issue()));
            references.forget(ordinal -> claims.find(claims.claimOf(ordinal)) == null);
            byAddress = null;
            Beginning first = beginnings.isEmpty()
                    ? new Beginning(lastEntry, entries, claims.last())
                    : beginnings.values().iterator().next();
            orphans.removeBefore(first.entries());
            int by = claims.trim(first.claims());
            if (by > 0) {
                references.rebase(by);
            }
            return new EvidenceLog.Start(first.after(), claims.last() - claims.size());
        } finally {
            lock.unlock();
        }
    }

    /** The id for the next claim that is applied. */
    public long nextClaim() {
        return claims.last() + 1;
    }

    /**
     * A claim by its id.
     *
     * @throws CorruptJournal where there is none, or its issue is forgotten
     */
    public Claim claim(long id) {
        return claimed(id).claim;
    }

    /** How long before a time a claim was made, in milliseconds; negative where it is forgotten. */
    public long sinceClaimed(long id, long now) {
        Claimed claimed = claims.find(id);
        return claimed == null ? -1 : Math.max(0, now - claimed.claim.at());
    }

    /** All claims that are not forgotten, oldest first. */
    public List<Claim> claims() {
        return claims.all().stream().map(claimed -> claimed.claim).toList();
    }

    /** Says where a carrier's references lead before the entry that holds them is applied. */
    public void learn(long claim, int index, long reference, int segment) {
        references.put(reference, claims.ordinal(claim, index), segment);
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
        long found = references.find(reference, address, whose);
        return found == References.NOWHERE ? NOWHERE : place(References.ordinal(found), References.segment(found));
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
        return findByAddress(address, at, uncertainOnly, claim -> true);
    }

    /** The same among the claims of which something is true. */
    public long findByAddress(String address, long at, boolean uncertainOnly, Predicate<Claim> which) {
        for (long found : byAddress().all(addressKey(address))) {
            int ordinal = References.ordinal(found);
            if (isOf(ordinal, address)) {
                Claimed claimed = claimed(claims.claimOf(ordinal));
                int index = claims.indexIn(claimed.claim.id(), ordinal);
                if (which.test(claimed.claim)
                        && claimed.claim.at() <= at + CLOCK_SKEW_MILLIS
                        && (!uncertainOnly
                                || claimed.route.mayHaveBeenTaken(claimed.claim.numbers()[index]))) {
                    return place(claimed.claim.id(), index, claimed.nextSegment(index));
                }
            }
        }
        return NOWHERE;
    }

    /** In how many segments the text of a claim goes out, as far as the journal says; 1 where it says nothing. */
    public int segmentsOf(long id) {
        Claimed claimed = claims.find(id);
        return claimed == null ? 1 : claimed.route.segmentsOfNotice.getOrDefault(claimed.claim.notice(), 1);
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
        return orphans.all();
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

    /**
     * The same for a batch that this link had before, gave away and gets back: those of whom this link has nothing, and
     * whom it has not taken up again under the batch's present name.
     *
     * @param batch the batch's present name
     */
    public int[] notBegunAgain(String issue, String batch, int[] numbers) {
        RouteEvidence route = routes.get(issue);
        if (route == null) {
            return numbers;
        }
        Bits taken = new Bits();
        for (Claimed claimed : claims.all()) {
            if (claimed.claim.batch().equals(batch)) {
                for (int number : claimed.claim.numbers()) {
                    taken.set(number);
                }
            }
        }
        return Arrays.stream(numbers)
                .filter(number -> (!route.claimed.get(number) || route.gone.get(number))
                        && !route.dropped.get(number)
                        && !taken.get(number))
                .toArray();
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

    private boolean isOf(int ordinal, @Nullable String address) {
        if (address == null || address.isEmpty()) {
            return true;
        }
        long claim = claims.claimOf(ordinal);
        return isOf(claimed(claim).claim, claims.indexIn(claim, ordinal), address);
    }

    private boolean isOf(Claim claim, int index, String address) {
        String known = addresses.address(claim.numbers()[index]);
        return address.isEmpty() || known == null || AddressBook.same(known, address);
    }

    private References byAddress() {
        References index = byAddress;
        if (index == null) {
            index = new References();
            for (Claimed claimed : claims.all()) {
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
                index.put(addressKey(address), claims.ordinal(claim.id(), at), 0);
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

    private long place(int ordinal, int segment) {
        long claim = claims.claimOf(ordinal);
        return place(claim, claims.indexIn(claim, ordinal), segment);
    }

    private static long place(long claim, int index, int segment) {
        return (claim << CLAIM_SHIFT) | ((long) index << INDEX_SHIFT) | segment;
    }

    private Claimed claimed(long id) {
        Claimed claimed = claims.find(id);
        if (claimed == null) {
            throw new CorruptJournal("claim " + id + " is forgotten");
        }
        return claimed;
    }

    /** What each record does. */
    private final class Applying implements JournalVisitor {
        private long lastId;
        private @Nullable Claimed last;
        private Beginning before = new Beginning("", 0, 0);
        private @Nullable Claim latest;

        @Override
        public void claimed(Claim claim) {
            RouteEvidence route = route(claim.issue());
            if (claim.id() == nextClaim()) {
                latest = claim.sharing(latest);
                claims.add(new Claimed(latest, route));
                if (byAddress != null) {
                    index(byAddress, claim);
                }
            } else if (claim.id() > claims.last()) {
                throw new CorruptJournal("claim " + claim.id() + " follows " + claims.last());
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
            if (claimed == null) {
                return;
            }
            int number = claimed.claim.numbers()[index];
            claimed.route.accept(number);
            claimed.route.waiting.clear(number);
            claimed.route.unanswered.clear(number);
            if (fingerprints.length > 1) {
                expect(claimed, index, fingerprints.length);
            } else if (!claimed.route.segmentsOfNotice.isEmpty()) {
                claimed.expect(index, 1);
            }
            int ordinal = claims.ordinal(claim, index);
            for (int segment = 0; segment < fingerprints.length; segment++) {
                references.put(fingerprints[segment], ordinal, segment);
                adopt(claimed.claim, index, segment, fingerprints[segment]);
            }
            if (fingerprints.length > 1) {
                claimed.partly(index, 0);
                PartlyTaken before = claimed.route.partlyTaken.remove(number);
                for (int segment = 0; before != null && segment < fingerprints.length; segment++) {
                    PartlyTaken.Report report = before.reportOf(segment, fingerprints[segment]);
                    if (report != null) {
                        reported(claim, index, segment, report.evidence(), report.reason(), report.code(), report.at());
                    }
                }
            }
        }

        private void expect(Claimed claimed, int index, int count) {
            claimed.expect(index, count);
            claimed.route.segmentsOfNotice.merge(claimed.claim.notice(), count, Math::max);
        }

        @Override
        public void cut(long claim, int segments) {
            Claimed claimed = find(claim, 0);
            if (claimed != null) {
                claimed.route.segmentsOfNotice.merge(claimed.claim.notice(), segments, Math::max);
            }
        }

        @Override
        public void partlyTaken(long claim, int index, long[] fingerprints) {
            Claimed claimed = find(claim, index);
            if (claimed == null) {
                return;
            }
            expect(claimed, index, fingerprints.length);
            int number = claimed.claim.numbers()[index];
            long taken = 0;
            int ordinal = claims.ordinal(claim, index);
            for (int segment = 0; segment < fingerprints.length; segment++) {
                if (fingerprints[segment] != 0) {
                    taken |= 1L << Math.min(segment, Claimed.MOST_SEGMENTS - 1);
                    references.put(fingerprints[segment], ordinal, segment);
                }
            }
            claimed.partly(index, taken);
            claimed.route.partlyTaken.compute(number, (whose, before) -> new PartlyTaken(claim, fingerprints, before));
            for (int segment = 0; segment < fingerprints.length; segment++) {
                if (fingerprints[segment] != 0) {
                    adopt(claimed.claim, index, segment, fingerprints[segment]);
                }
            }
        }

        private void adopt(Claim claim, int index, int segment, long reference) {
            Orphan orphan = orphans.find(reference);
            if (orphan != null && isOf(claim, index, orphan.address())) {
                resolved(orphan);
                reported(claim.id(), index, segment, orphan.evidence(), orphan.reason(), orphan.code(), orphan.at());
            }
        }

        @Override
        public void rejected(long claim, int index, Reason reason, String code) {
            Claimed claimed = find(claim, index);
            if (claimed == null) {
                return;
            }
            claimed.route.reject(claimed.claim.numbers()[index], reason, code);
        }

        @Override
        public void deferred(long claim, int index, Reason reason, String code) {
            Claimed claimed = find(claim, index);
            if (claimed == null) {
                return;
            }
            claimed.route.defer(claimed.claim.numbers()[index], reason);
        }

        @Override
        public void gaveUp(long claim, int index, Reason reason, String code) {
            Claimed claimed = find(claim, index);
            if (claimed == null) {
                return;
            }
            claimed.route.giveUp(claimed.claim.numbers()[index], reason, code);
        }

        @Override
        public void moved(long claim, int index, String link) {
            Claimed claimed = find(claim, index);
            if (claimed == null) {
                return;
            }
            claimed.route.move(claimed.claim.numbers()[index], link);
        }

        @Override
        public void reported(
                long claim, int index, int segment, Evidence evidence, @Nullable Reason reason, String code, long at) {
            Claimed claimed = find(claim, index);
            if (claimed == null) {
                return;
            }
            int number = claimed.claim.numbers()[index];
            int count = Math.min(Claimed.MOST_SEGMENTS, expected(claimed, index));
            hearing.heard(claimed.claim, index, segment, count, evidence, reason, code, at);
            boolean isFinal = evidence.isPositive() || evidence == Evidence.FAILED;
            boolean partly = count > 1 && claimed.isPartly(index);
            if (partly && isFinal) {
                PartlyTaken last = claimed.route.partlyTaken.get(number);
                if (last != null && last.claim == claim) {
                    last.reported(segment, new PartlyTaken.Report(evidence, reason, code, at));
                }
            }
            if (!isFinal && count > 1 && (partly || claimed.segments(index) == 0)) {
                // That one segment is on its way does not say that all were taken.
                return;
            }
            if (count <= 1 || !isFinal || segment >= count || evidence.level() > 1) {
                claimed.route.report(number, evidence, reason, code);
                return;
            }
            if (evidence.isPositive()
                    ? claimed.delivered(index, segment, count)
                    : claimed.failed(index, segment, count)) {
                claimed.route.report(number, evidence, reason, code);
            }
        }

        /** How many segments: as the carrier told, else as its notice has. */
        private int expected(Claimed claimed, int index) {
            int told = claimed.segments(index);
            if (told > 0 || claimed.route.segmentsOfNotice.isEmpty()) {
                return Math.max(1, told);
            }
            return claimed.route.segmentsOfNotice.getOrDefault(claimed.claim.notice(), 1);
        }

        @Override
        public void orphaned(Orphan orphan) {
            // Never looked up here: what the owner has learnt beside the journal must not make its figures others than
            // those of whoever reads the journal alone. The owner adopts it by a record of its own.
            orphans.add(orphan, before.entries());
        }

        @Override
        public void resolved(Orphan orphan) {
            orphans.remove(orphan);
        }

        @Override
        public void dropped(String batch, String issue, Reason reason, int[] numbers) {
            RouteEvidence route = route(issue);
            for (int number : numbers) {
                route.drop(number, reason);
            }
        }

        private RouteEvidence route(String issue) {
            touched.add(issue);
            beginnings.putIfAbsent(issue, before);
            return routes.computeIfAbsent(issue, unknown -> new RouteEvidence());
        }

        /** A claim; null where its issue is sealed, so that nothing is said of it any more. */
        private @Nullable Claimed find(long claim, int index) {
            Claimed found = last;
            if (found == null || lastId != claim) {
                found = claims.find(claim);
                if (found == null) {
                    return null;
                }
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
