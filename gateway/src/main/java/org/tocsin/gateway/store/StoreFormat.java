package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.SetArgs;

/** The version of the layout in which the store keeps its keys and values. */
public final class StoreFormat {
    /** The version that this gateway reads and writes. */
    public static final int CURRENT = 3;

    /** Where the store keeps its version. */
    public static final String KEY = "{tocsin}:format";

    /** The store was written by a newer gateway. */
    public static final class TooNew extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TooNew(String found) {
            super("the store has format " + found + ", this gateway knows formats up to " + CURRENT
                    + ": run the gateway that wrote it, or a newer one");
        }
    }

    /** The store was written by an older gateway in a format that is not read any more. */
    public static final class TooOld extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TooOld(String found) {
            super("the store has format " + found + ", this gateway reads format " + CURRENT
                    + " alone: run the gateway that wrote it until its warnings are over, then start this one on an empty"
                    + " store and import the registry again");
        }
    }

    private StoreFormat() {}

    /**
     * Marks an empty store with this version, and refuses one that it cannot read. To be called before anything else is
     * read or written.
     *
     * @throws TooNew when the version is newer or not a number
     * @throws TooOld when it is older
     */
    public static void claim(Redis redis) {
        byte[] mine = Integer.toString(CURRENT).getBytes(US_ASCII);
        redis.connection().sync().set(KEY, mine, SetArgs.Builder.nx());
        byte[] kept = redis.connection().sync().get(KEY);
        String found = kept == null ? "" : new String(kept, US_ASCII);
        if (!found.matches("[0-9]{1,9}") || Integer.parseInt(found) > CURRENT) {
            throw new TooNew(found.isEmpty() ? "unknown" : found);
        }
        if (Integer.parseInt(found) < CURRENT) {
            throw new TooOld(found);
        }
    }
}
