package org.tocsin.gateway.access;

/**
 * Codes that stand for everything below them: administrative divisions (6, 9 or 12 digits) and events (5 characters).
 *
 * <p>Trailing zeros of a level mean "the whole": 411426000000 is the county 411426 with all its villages, 11B00 all
 * that begins with 11B. A code's prefix is what is left without them; one code holds another when its prefix begins the
 * other's.
 */
public final class Codes {
    private Codes() {}

    /** The part of a division code that all codes below it share; 410000 gives 41, 411426000000 gives 411426. */
    public static String divisionPrefix(String code) {
        String prefix = code.strip();
        if (prefix.length() == 12 && prefix.endsWith("000")) {
            prefix = prefix.substring(0, 9);
        }
        if (prefix.length() == 9 && prefix.endsWith("000")) {
            prefix = prefix.substring(0, 6);
        }
        if (prefix.length() == 6 && prefix.endsWith("00")) {
            prefix = prefix.substring(0, 4);
        }
        if (prefix.length() == 4 && prefix.endsWith("00")) {
            prefix = prefix.substring(0, 2);
        }
        return prefix;
    }

    /** The part of an event code that all codes below it share; 11B00 gives 11B, 11000 gives 11, 10000 gives 1. */
    public static String eventPrefix(String code) {
        String prefix = code.strip();
        if (prefix.length() != 5 || prefix.equals("00000")) {
            return prefix;
        }
        if (prefix.endsWith("0000")) {
            return prefix.substring(0, 1);
        }
        if (prefix.endsWith("000")) {
            return prefix.substring(0, 2);
        }
        return prefix.endsWith("00") ? prefix.substring(0, 3) : prefix;
    }

    /** Whether the division or its whole is the other or lies above it. */
    public static boolean divisionHolds(String upper, String lower) {
        return divisionPrefix(lower).startsWith(divisionPrefix(upper));
    }

    /** Whether the event code is the other or stands for a class that holds it. */
    public static boolean eventHolds(String upper, String lower) {
        return eventPrefix(lower).startsWith(eventPrefix(upper));
    }
}
