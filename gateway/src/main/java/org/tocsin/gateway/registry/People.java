package org.tocsin.gateway.registry;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Position;

/**
 * The people at one moment, by dense numbers 0 … size - 1 (the shard of a number is its bits from 2^20 up).
 *
 * <p>Numbers never change within a generation; a removed person leaves a tomb, which is in no bitmap and has no
 * addresses. The bitmaps are shared and never change: whoever wants to change one clones it. What is asked by number is
 * the newest that is kept, which may be newer than the bitmaps. May be read by any thread, while an import writes.
 */
public interface People {
    /** How many neighbouring numbers make a block, of which {@link #around} is asked. */
    int BLOCK = 256;

    /** How many numbers are in use, tombs included. */
    int size();

    /** The number of the person's home village. */
    int villageOf(int number);

    /** The persons whose home is the village, without probes. */
    RoaringBitmap inVillage(int village);

    /** The probes whose home is the village. */
    RoaringBitmap probesInVillage(int village);

    /** The members of an audience ({@link Audience#RESIDENTS}: all but probes); empty where there is none so named. */
    RoaringBitmap audience(String name);

    /** Those who have an address in the column (phone, openid, appToken, email); empty for another word. */
    RoaringBitmap reachable(String column);

    /** Those whose position is known. */
    RoaringBitmap positioned();

    /** The address in a column (phone, openid, appToken, email), or null where there is none. */
    @Nullable
    String address(String column, int number);

    /** The language's tag; zh-CN for a tomb. */
    String language(int number);

    /** The position of the household, to 1e-7 degrees, or null where unknown. */
    @Nullable
    Position position(int number);

    /** The longitude in degrees, NaN where unknown. */
    double longitude(int number);

    /** The latitude in degrees, NaN where unknown. */
    double latitude(int number);

    /**
     * A box that holds all positions of a block's persons, in degrees; it may be larger than they need.
     *
     * @param first the block's first number, a multiple of {@link #BLOCK}
     * @return the caller's own; null where no position is known
     */
    @Nullable
    Envelope around(int first);

    /** Whether an Exercise or Test may reach them. */
    boolean isProbe(int number);

    /** Whether this is a tomb. */
    boolean isRemoved(int number);

    /** The name; empty where not said. */
    String name(int number);

    /** The UTF-8 of the key that tells the person from others; empty for a tomb. The caller's own. */
    byte[] key(int number);

    /** The number of the person with the key, or -1. */
    int find(String key);
}
