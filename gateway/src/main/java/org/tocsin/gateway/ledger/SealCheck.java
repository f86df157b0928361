package org.tocsin.gateway.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds seals against each other, then against a ledger whose entries stream by in their order. Not thread-safe.
 *
 * <p>That each entry follows the one before is {@link ChainReader}'s affair: a chain that was written anew as a whole
 * follows, and is found here.
 */
public final class SealCheck {
    /** How much is told before the rest is left out. */
    public static final int MOST_TROUBLES = 50;

    /**
     * Something that does not fit.
     *
     * @param place where: a seal's day, or entries
     * @param what which rule is broken
     */
    public record Trouble(String place, String what) {}

    private final List<Seal> seals;
    private final boolean hasAll;
    private final List<Trouble> troubles = new ArrayList<>();
    /** The seals that still wait for the entry that they speak of, by its number. */
    private final TreeMap<Long, List<Seal>> waiting = new TreeMap<>();

    private final Map<String, Seal> byDay = new HashMap<>();
    private final Set<Seal> named = new HashSet<>();
    private final List<Seal> broken = new ArrayList<>();
    private long goodUpTo;
    private int matched;
    private long start;

    /**
     * Takes the seals, and holds them against each other.
     *
     * @param given in any order; one twice is one
     * @param signers the fingerprints that may have signed them; empty where nobody knows one
     */
    public SealCheck(Collection<Seal> given, Set<String> signers) {
        this(given, signers, false);
    }

    /**
     * Takes the seals as the other constructor does.
     *
     * @param hasAll whether these are all that were ever made, so that an entry may name no other one
     */
    SealCheck(Collection<Seal> given, Set<String> signers, boolean hasAll) {
        this.hasAll = hasAll;
        seals = new HashSet<>(given)
                .stream()
                        .sorted(Comparator.comparing(Seal::day).thenComparing(Seal::hash))
                        .toList();
        for (Seal seal : seals) {
            String place = "seal of " + seal.day();
            check(seal.isTrue(), place, "the signature is not that of its key over what it says");
            check(
                    signers.isEmpty() || signers.contains(seal.signer()),
                    place,
                    "is signed by " + seal.signer() + ", not by " + String.join(" or ", new TreeSet<>(signers)));
            Seal other = byDay.putIfAbsent(seal.day().toString(), seal);
            check(
                    other == null,
                    place,
                    "there are two: one speaks of entry " + seal.sequence() + " with the hash " + seal.head()
                            + (other == null ? "" : ", one of " + other.sequence() + " with " + other.head()));
            waiting.computeIfAbsent(seal.sequence(), none -> new ArrayList<>()).add(seal);
        }
        following();
    }

    private void following() {
        Map<String, Seal> byHash = new LinkedHashMap<>();
        seals.forEach(seal -> byHash.put(seal.hash(), seal));
        for (int at = 0; at < seals.size(); at++) {
            Seal seal = seals.get(at);
            String place = "seal of " + seal.day();
            Seal before = byHash.get(seal.previousSeal());
            if (seal.previousSeal().equals(LedgerEntry.GENESIS)) {
                check(at == 0, place, "says that it is the first, and there are earlier ones");
                check(seal.count() == seal.sequence(), place, "counts other entries than there are");
            } else if (before == null) {
                check(at == 0, place, "the seal before it is missing or was changed");
            } else {
                check(before.day().isBefore(seal.day()), place, "follows one of a later day");
                check(
                        at == 0
                                || before.equals(seals.get(at - 1))
                                || !before.day().isBefore(seal.day()),
                        place,
                        "follows the seal of " + before.day() + ", and there are others between");
                check(
                        before.sequence() < seal.sequence() && seal.count() == seal.sequence() - before.sequence(),
                        place,
                        "counts other entries than there are since the seal of " + before.day());
            }
        }
    }

    /** Says where a ledger begins that is not there from its first entry: the one before it. */
    public void start(LedgerHead before) {
        start = before.sequence();
        goodUpTo = before.sequence();
        while (!waiting.isEmpty() && waiting.firstKey() < before.sequence()) {
            waiting.remove(waiting.firstKey());
        }
        meet(before);
    }

    /** Takes the next entry, as it is kept. */
    public void accept(LedgerEntry entry) {
        meet(entry.head());
        if (!entry.act().equals(Seal.ACT)) {
            return;
        }
        Seal seal = byDay.get(entry.subject());
        if (seal != null && seal.hash().equals(entry.contentHash())) {
            named.add(seal);
            check(
                    entry.sequence() > seal.sequence(),
                    "entry " + entry.sequence(),
                    "names the seal of " + seal.day() + ", which speaks of entries that come later");
        } else if (seal != null) {
            add("entry " + entry.sequence(), "names another seal of " + seal.day() + " than the one that is there");
        } else if (hasAll || isBetween(entry.subject())) {
            add(
                    "entry " + entry.sequence(),
                    "names a seal of " + shortened(entry.subject()) + ", which is not among the seals");
        }
    }

    /**
     * Ends the reading.
     *
     * @param head where the ledger is said to end
     * @return what does not fit, in the order of its finding; at most {@value #MOST_TROUBLES}
     */
    public List<Trouble> end(LedgerHead head) {
        if (!broken.isEmpty()) {
            Seal first = broken.get(0);
            add(
                    "entries " + (goodUpTo + 1) + " to " + first.sequence(),
                    "are not those that the seal of " + first.day() + " saw: they were changed, or the chain was"
                            + " written anew"
                            + (broken.size() == 1
                                    ? ""
                                    : "; " + (broken.size() - 1) + " later seals do not fit either"));
        }
        Map.Entry<Long, List<Seal>> furthest = waiting.lastEntry();
        if (furthest != null && furthest.getKey() > head.sequence()) {
            add(
                    "entries " + (head.sequence() + 1) + " to " + furthest.getKey(),
                    "are missing at the end: the seal of "
                            + furthest.getValue().get(0).day()
                            + " saw them; the tail was cut off, the ledger is an older one, or further parts of it were"
                            + " not given");
        }
        for (int at = 0; at + 1 < seals.size(); at++) {
            // The entry that names a seal is one of those of which the next seal speaks.
            Seal seal = seals.get(at);
            boolean isPassed = seal.sequence() > start && seals.get(at + 1).sequence() <= head.sequence();
            check(
                    !isPassed || named.contains(seal) || broken.contains(seal),
                    "seal of " + seal.day(),
                    "no entry of the ledger names it");
        }
        return List.copyOf(troubles);
    }

    /** How many seals were found to speak of entries as they are. */
    public int matched() {
        return matched;
    }

    /** The number of the last entry that a seal has confirmed; 0 where none has. */
    public long confirmedUpTo() {
        return matched == 0 ? 0 : goodUpTo;
    }

    /** The fingerprints of those who truly signed, each with the days of their seals in their order. */
    public SortedMap<String, List<LocalDate>> signers() {
        SortedMap<String, List<LocalDate>> days = new TreeMap<>();
        seals.stream().filter(Seal::isTrue).forEach(seal -> days.computeIfAbsent(
                        seal.signer(), none -> new ArrayList<>())
                .add(seal.day()));
        return days;
    }

    /** What does not fit of the seals alone, before a ledger was read. */
    public List<Trouble> troubles() {
        return List.copyOf(troubles);
    }

    private void meet(LedgerHead there) {
        List<Seal> here = waiting.remove(there.sequence());
        if (here == null) {
            return;
        }
        for (Seal seal : here) {
            if (seal.head().equals(there.hash())) {
                matched++;
                goodUpTo = broken.isEmpty() ? there.sequence() : goodUpTo;
            } else {
                broken.add(seal);
            }
        }
    }

    private boolean isBetween(String day) {
        return !seals.isEmpty()
                && day.compareTo(seals.get(0).day().toString()) > 0
                && day.compareTo(seals.get(seals.size() - 1).day().toString()) < 0;
    }

    private void check(boolean holds, String place, String what) {
        if (!holds) {
            add(place, what);
        }
    }

    private void add(String place, String what) {
        if (troubles.size() < MOST_TROUBLES) {
            troubles.add(new Trouble(place, what));
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
