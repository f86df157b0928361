package org.tocsin.gateway.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.STRtree;
import org.roaringbitmap.RoaringBitmap;

/**
 * The divisions at one moment. Immutable.
 *
 * <p>Villages have dense numbers, in code order within the import that brought them; villages of later imports follow,
 * so that a number never changes within a generation.
 */
public final class Divisions {
    private final NavigableMap<String, Division> byCode;
    private final List<Division> numbered;
    private final List<Division> villages;
    private final Map<String, Integer> villageNumbers;
    private final NavigableMap<String, Integer> villagesInOrder;
    private final STRtree boundaries = new STRtree();
    private volatile @Nullable String hash;

    /**
     * Makes the snapshot.
     *
     * @param numbered every division, each code once; the villages among them are numbered in this order
     */
    Divisions(Collection<Division> numbered) {
        this.numbered = List.copyOf(numbered);
        NavigableMap<String, Division> sorted = new TreeMap<>();
        List<Division> places = new ArrayList<>();
        this.villagesInOrder = new TreeMap<>();
        for (Division division : this.numbered) {
            sorted.put(division.code(), division);
            if (division.level() != DivisionLevel.VILLAGE) {
                continue;
            }
            villagesInOrder.put(division.code(), places.size());
            Geometry boundary = division.boundary();
            if (boundary != null) {
                boundaries.insert(boundary.getEnvelopeInternal(), places.size());
            }
            places.add(division);
        }
        this.byCode = Collections.unmodifiableNavigableMap(sorted);
        this.villages = Collections.unmodifiableList(places);
        this.villageNumbers = new HashMap<>(villagesInOrder);
        boundaries.build();
    }

    /**
     * These divisions and others: those of a known code replace it and keep its number, new ones follow in code order.
     */
    Divisions with(Collection<Division> others) {
        NavigableMap<String, Division> given = new TreeMap<>();
        others.forEach(division -> given.put(division.code(), division));
        List<Division> all = new ArrayList<>(numbered.size() + given.size());
        for (Division division : numbered) {
            Division other = given.remove(division.code());
            all.add(other == null ? division : other);
        }
        all.addAll(given.values());
        return new Divisions(all);
    }

    /** The first so many of them, in the order in which they came. */
    Divisions first(int count) {
        return count == numbered.size() ? this : new Divisions(numbered.subList(0, count));
    }

    /** All divisions in the order in which they came. */
    List<Division> numbered() {
        return numbered;
    }

    /** All divisions of all levels, by code. */
    public Collection<Division> all() {
        return byCode.values();
    }

    /** SHA-256 of all that the table says, in lower-case hexadecimal; computed once. */
    String hash() {
        String known = hash;
        if (known == null) {
            known = RegistryHashes.hashOf(this);
            hash = known;
        }
        return known;
    }

    /** The division of a code. */
    public Optional<Division> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** How many villages there are; their numbers are 0 … villages - 1. */
    public int villages() {
        return villages.size();
    }

    /** The village of a number. */
    public Division village(int number) {
        return villages.get(number);
    }

    /** The number of a village, or -1 where the code is no village's. */
    public int villageNumber(String code) {
        return villageNumbers.getOrDefault(code, -1);
    }

    /**
     * The numbers of the villages whose codes start so.
     *
     * @param prefix up to 12 digits
     */
    public RoaringBitmap villagesUnder(String prefix) {
        RoaringBitmap under = new RoaringBitmap();
        villagesInOrder
                .subMap(prefix, true, prefix + Character.MAX_VALUE, false)
                .values()
                .forEach(under::add);
        return under;
    }

    /** The numbers of the villages whose boundary's box meets the box. */
    public RoaringBitmap villagesNear(Envelope box) {
        RoaringBitmap near = new RoaringBitmap();
        boundaries.query(box, number -> near.add((Integer) number));
        return near;
    }
}
