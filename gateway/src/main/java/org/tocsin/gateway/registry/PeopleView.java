package org.tocsin.gateway.registry;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Position;

/** What a moment shows of the table. */
final class PeopleView implements People {
    private static final RoaringBitmap NOBODY = new RoaringBitmap();

    private final PersonTable table;
    private final PeopleIndex index;
    private final int size;

    PeopleView(PersonTable table, PeopleIndex index, int size) {
        this.table = table;
        this.index = index;
        this.size = size;
    }

    PeopleIndex index() {
        return index;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int villageOf(int number) {
        return table.village(checked(number));
    }

    @Override
    public RoaringBitmap inVillage(int village) {
        return index.village(village);
    }

    @Override
    public RoaringBitmap probesInVillage(int village) {
        return index.probesInVillage(village);
    }

    @Override
    public RoaringBitmap audience(String name) {
        if (name.equals(Audience.RESIDENTS)) {
            return index.residents();
        }
        Integer number = table.audiences().find(name);
        return number == null ? NOBODY : index.audience(number);
    }

    @Override
    public RoaringBitmap reachable(String column) {
        return Column.of(column).map(index::column).orElse(NOBODY);
    }

    @Override
    public RoaringBitmap positioned() {
        return index.positioned();
    }

    @Override
    public @Nullable String address(String column, int number) {
        Column known = Column.of(column).orElse(null);
        return known == null ? null : table.record(checked(number)).address(known);
    }

    @Override
    public String language(int number) {
        return table.languages().word(table.record(checked(number)).language());
    }

    @Override
    public @Nullable Position position(int number) {
        return table.row(checked(number)).position();
    }

    @Override
    public double longitude(int number) {
        return PersonTable.degrees(table.longitude(checked(number)));
    }

    @Override
    public double latitude(int number) {
        return PersonTable.degrees(table.latitude(checked(number)));
    }

    @Override
    public @Nullable Envelope around(int first) {
        return table.around(checked(first));
    }

    @Override
    public boolean isProbe(int number) {
        return audience(Audience.PROBE).contains(checked(number));
    }

    @Override
    public boolean isRemoved(int number) {
        return table.record(checked(number)).isTomb();
    }

    @Override
    public String name(int number) {
        return table.record(checked(number)).name();
    }

    @Override
    public byte[] key(int number) {
        PersonRecord.Reader record = table.record(checked(number));
        return record.isTomb() ? new byte[0] : record.keyBytes();
    }

    @Override
    public int find(String key) {
        int number = table.find(key);
        return number < size ? number : -1;
    }

    private int checked(int number) {
        if (number < 0 || number >= size) {
            throw new IndexOutOfBoundsException("person " + number + " of " + size);
        }
        return number;
    }
}
