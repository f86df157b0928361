package org.tocsin.gateway.registry;

import java.util.Arrays;
import java.util.BitSet;
import org.roaringbitmap.RoaringBitmap;

/** The bitmaps of one view: by village, audience and column. Immutable once it is built. */
final class PeopleIndex {
    private static final int COLUMNS = Column.values().length;

    private final RoaringBitmap[] villages;
    private final RoaringBitmap[] probesInVillages;
    private final RoaringBitmap[] audiences;
    private final RoaringBitmap[] columns;
    private final RoaringBitmap residents;
    private final RoaringBitmap positioned;

    private PeopleIndex(
            RoaringBitmap[] villages,
            RoaringBitmap[] probesInVillages,
            RoaringBitmap[] audiences,
            RoaringBitmap[] columns,
            RoaringBitmap residents,
            RoaringBitmap positioned) {
        this.villages = villages;
        this.probesInVillages = probesInVillages;
        this.audiences = audiences;
        this.columns = columns;
        this.residents = residents;
        this.positioned = positioned;
    }

    static PeopleIndex empty() {
        RoaringBitmap[] none = new RoaringBitmap[0];
        return new PeopleIndex(none, none, none, filled(none, COLUMNS), new RoaringBitmap(), new RoaringBitmap());
    }

    RoaringBitmap village(int number) {
        return number < villages.length ? villages[number] : new RoaringBitmap();
    }

    RoaringBitmap probesInVillage(int number) {
        return number < probesInVillages.length ? probesInVillages[number] : new RoaringBitmap();
    }

    RoaringBitmap audience(int number) {
        return number < audiences.length ? audiences[number] : new RoaringBitmap();
    }

    RoaringBitmap column(Column column) {
        return columns[column.place()];
    }

    RoaringBitmap residents() {
        return residents;
    }

    RoaringBitmap positioned() {
        return positioned;
    }

    private static RoaringBitmap[] filled(RoaringBitmap[] from, int size) {
        RoaringBitmap[] more = Arrays.copyOf(from, Math.max(size, from.length));
        for (int place = from.length; place < more.length; place++) {
            more[place] = new RoaringBitmap();
        }
        return more;
    }

    /** Makes the next index; copies a bitmap when it first changes. One thread. */
    static final class Builder {
        private final RoaringBitmap[] villages;
        private final RoaringBitmap[] probesInVillages;
        private final RoaringBitmap[] audiences;
        private final RoaringBitmap[] columns;
        private final RoaringBitmap residents;
        private final RoaringBitmap positioned;
        private final BitSet ownVillages = new BitSet();
        private final BitSet ownProbes = new BitSet();
        private final BitSet ownAudiences = new BitSet();
        private final int probeAudience;

        /**
         * Begins with an older index.
         *
         * @param probeAudience the number of the audience of probes
         */
        Builder(PeopleIndex from, int villageCount, int audienceCount, int probeAudience) {
            villages = filled(from.villages, villageCount);
            probesInVillages = filled(from.probesInVillages, villageCount);
            audiences = filled(from.audiences, audienceCount);
            columns = new RoaringBitmap[COLUMNS];
            for (int column = 0; column < COLUMNS; column++) {
                columns[column] = from.columns[column].clone();
            }
            residents = from.residents.clone();
            positioned = from.positioned.clone();
            this.probeAudience = probeAudience;
        }

        /** Adds a person; nothing for a tomb. */
        void add(int number, PersonTable.Staged row, PersonRecord.Reader record) {
            change(number, row, record, true);
        }

        /** Takes out what was added with the same row and record. */
        void remove(int number, PersonTable.Staged row, PersonRecord.Reader record) {
            change(number, row, record, false);
        }

        private void change(int number, PersonTable.Staged row, PersonRecord.Reader record, boolean in) {
            if (record.isTomb()) {
                return;
            }
            boolean probe = false;
            for (int audience : record.audiences()) {
                probe |= audience == probeAudience;
                put(own(audiences, ownAudiences, audience), number, in);
            }
            if (probe) {
                put(own(probesInVillages, ownProbes, row.village()), number, in);
            } else {
                put(own(villages, ownVillages, row.village()), number, in);
                put(residents, number, in);
            }
            for (Column column : Column.values()) {
                if (record.has(column)) {
                    put(columns[column.place()], number, in);
                }
            }
            if (row.isPositioned()) {
                put(positioned, number, in);
            }
        }

        /** Packs the bitmaps that this builder made; for the end of an import. */
        PeopleIndex build(boolean pack) {
            if (pack) {
                ownVillages.stream().forEach(village -> villages[village].runOptimize());
                ownAudiences.stream().forEach(audience -> audiences[audience].runOptimize());
                for (RoaringBitmap column : columns) {
                    column.runOptimize();
                }
                residents.runOptimize();
                positioned.runOptimize();
            }
            return new PeopleIndex(villages, probesInVillages, audiences, columns, residents, positioned);
        }

        private static RoaringBitmap own(RoaringBitmap[] of, BitSet owned, int place) {
            if (!owned.get(place)) {
                of[place] = of[place].clone();
                owned.set(place);
            }
            return of[place];
        }

        private static void put(RoaringBitmap bitmap, int number, boolean in) {
            if (in) {
                bitmap.add(number);
            } else {
                bitmap.remove(number);
            }
        }
    }
}
