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
    private final List<Division> villages;
    private final Map<String, Integer> villageNumbers;
    private final NavigableMap<String, Integer> villagesInOrder;
    private final STRtree boundaries = new STRtree();

    /**
     * Makes the snapshot.
     *
     * @param all every division
     * @param villageCodes the codes of the villages by their numbers
     */
    Divisions(Collection<Division> all, List<String> villageCodes) {
        NavigableMap<String, Division> sorted = new TreeMap<>();
        all.forEach(division -> sorted.put(division.code(), division));
        this.byCode = Collections.unmodifiableNavigableMap(sorted);
        List<Division> numbered = new ArrayList<>(villageCodes.size());
        this.villageNumbers = new HashMap<>(2 * villageCodes.size());
        this.villagesInOrder = new TreeMap<>();
        for (String code : villageCodes) {
            Division village = sorted.get(code);
            if (village == null) {
                throw new IllegalArgumentException("no division " + code);
            }
            villageNumbers.put(code, numbered.size());
            villagesInOrder.put(code, numbered.size());
            Geometry boundary = village.boundary();
            if (boundary != null) {
                boundaries.insert(boundary.getEnvelopeInternal(), numbered.size());
            }
            numbered.add(village);
        }
        this.villages = Collections.unmodifiableList(numbered);
        boundaries.build();
    }

    /** All divisions of all levels, by code. */
    public Collection<Division> all() {
        return byCode.values();
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
