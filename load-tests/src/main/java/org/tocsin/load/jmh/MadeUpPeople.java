package org.tocsin.load.jmh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Position;
import org.tocsin.gateway.registry.Audience;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.gateway.registry.People;

/**
 * People of whom there are only bitmaps, and positions where they are asked for: so that a hundred million fit. They
 * are numbered in the order of their villages, as the registry's are after a compaction.
 */
final class MadeUpPeople implements People {
    private final int size;
    private final int villages;
    private final List<RoaringBitmap> byVillage = new ArrayList<>();
    private final RoaringBitmap residents = new RoaringBitmap();
    private final RoaringBitmap officers = new RoaringBitmap();
    private final RoaringBitmap optedOut = new RoaringBitmap();
    private final RoaringBitmap phones = new RoaringBitmap();
    private final RoaringBitmap positioned = new RoaringBitmap();
    private final RoaringBitmap none = new RoaringBitmap();
    private final float[] longitudes;
    private final float[] latitudes;
    private final Envelope[] boxes;

    MadeUpPeople(long seed, int size, Divisions divisions, boolean withPositions) {
        this.size = size;
        this.villages = divisions.villages();
        SplittableRandom random = new SplittableRandom(seed);
        for (int village = 0; village < villages; village++) {
            RoaringBitmap inside = new RoaringBitmap();
            inside.add(first(village), first(village + 1));
            byVillage.add(inside);
        }
        residents.add(0L, size);
        scatter(random, officers, 0.3);
        scatter(random, optedOut, 0.01);
        scatter(random, phones, 0.9);
        longitudes = new float[withPositions ? size : 0];
        latitudes = new float[withPositions ? size : 0];
        boxes = new Envelope[withPositions ? (size + BLOCK - 1) / BLOCK : 0];
        Arrays.setAll(boxes, block -> new Envelope());
        if (withPositions) {
            positioned.add(0L, size);
            for (int number = 0; number < size; number++) {
                Geometry boundary = divisions.village(villageOf(number)).boundary();
                Envelope box = boundary == null ? new Envelope() : boundary.getEnvelopeInternal();
                longitudes[number] = (float) (box.getMinX() + box.getWidth() * random.nextDouble());
                latitudes[number] = (float) (box.getMinY() + box.getHeight() * random.nextDouble());
                boxes[number / BLOCK].expandToInclude(longitudes[number], latitudes[number]);
            }
        }
        for (RoaringBitmap bitmap : List.of(residents, officers, optedOut, phones, positioned)) {
            bitmap.runOptimize();
        }
    }

    /** Draws the gaps and not each person, so that a hundred million take seconds. */
    private void scatter(SplittableRandom random, RoaringBitmap bitmap, double share) {
        for (long number = skip(random, share); number < size; number += 1 + skip(random, share)) {
            bitmap.add((int) number);
        }
    }

    private static long skip(SplittableRandom random, double share) {
        return (long) (Math.log(1 - random.nextDouble()) / Math.log(1 - share));
    }

    private long first(int village) {
        return (long) village * size / villages;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int villageOf(int number) {
        return (int) ((long) number * villages / size);
    }

    @Override
    public RoaringBitmap inVillage(int village) {
        return byVillage.get(village);
    }

    @Override
    public RoaringBitmap probesInVillage(int village) {
        return none;
    }

    @Override
    public RoaringBitmap audience(String name) {
        return switch (name) {
            case Audience.RESIDENTS -> residents;
            case "officers" -> officers;
            case "responsible" -> optedOut;
            default -> none;
        };
    }

    @Override
    public RoaringBitmap reachable(String column) {
        return column.equals("phone") ? phones : none;
    }

    @Override
    public RoaringBitmap positioned() {
        return positioned;
    }

    @Override
    public byte[] key(int number) {
        return ("made-up-" + number).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public @Nullable String address(String column, int number) {
        return null;
    }

    @Override
    public String language(int number) {
        return "zh-CN";
    }

    @Override
    public @Nullable Position position(int number) {
        return longitudes.length == 0 ? null : new Position(latitude(number), longitude(number));
    }

    @Override
    public double longitude(int number) {
        return longitudes.length == 0 ? Double.NaN : longitudes[number];
    }

    @Override
    public double latitude(int number) {
        return latitudes.length == 0 ? Double.NaN : latitudes[number];
    }

    @Override
    public @Nullable Envelope around(int first) {
        return boxes.length == 0 ? null : boxes[first / BLOCK].copy();
    }

    @Override
    public boolean isProbe(int number) {
        return false;
    }

    @Override
    public boolean isRemoved(int number) {
        return false;
    }

    @Override
    public String name(int number) {
        return "";
    }

    @Override
    public int find(String key) {
        return -1;
    }
}
