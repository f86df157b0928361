package org.tocsin.gateway.registry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/**
 * A box around the positions of each {@link People#BLOCK} persons with neighbouring numbers, 16 bytes each. One thread
 * writes, any thread reads.
 *
 * <p>A box never shrinks: whenever it is read, it holds a person's old position, or the new one too.
 */
final class PositionBoxes {
    private static final int CHUNK = 1024;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    /** West, south, east and north of each box, in 1e-7 degrees; west lies east of east where it is empty. */
    private volatile int[][] chunks = new int[0][];

    /** Makes the box of a number hold a position. */
    void include(int number, int longitude, int latitude) {
        int box = number / People.BLOCK;
        while (box / CHUNK >= chunks.length) {
            int[][] more = Arrays.copyOf(chunks, chunks.length + 1);
            more[more.length - 1] = empty();
            chunks = more;
        }
        int[] chunk = chunks[box / CHUNK];
        int place = 4 * (box % CHUNK);
        INTS.setRelease(chunk, place, Math.min(chunk[place], longitude));
        INTS.setRelease(chunk, place + 1, Math.min(chunk[place + 1], latitude));
        INTS.setRelease(chunk, place + 2, Math.max(chunk[place + 2], longitude));
        INTS.setRelease(chunk, place + 3, Math.max(chunk[place + 3], latitude));
    }

    /** The box of a number, in degrees; null where nothing was included. */
    @Nullable
    Envelope around(int number) {
        int box = number / People.BLOCK;
        int[][] now = chunks;
        if (box / CHUNK >= now.length) {
            return null;
        }
        int[] chunk = now[box / CHUNK];
        int place = 4 * (box % CHUNK);
        int west = (int) INTS.getAcquire(chunk, place);
        int south = (int) INTS.getAcquire(chunk, place + 1);
        int east = (int) INTS.getAcquire(chunk, place + 2);
        int north = (int) INTS.getAcquire(chunk, place + 3);
        return west > east || south > north
                ? null
                : new Envelope(
                        PersonTable.degrees(west),
                        PersonTable.degrees(east),
                        PersonTable.degrees(south),
                        PersonTable.degrees(north));
    }

    private static int[] empty() {
        int[] sides = new int[4 * CHUNK];
        for (int place = 0; place < sides.length; place++) {
            sides[place] = place % 4 < 2 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        }
        return sides;
    }
}
