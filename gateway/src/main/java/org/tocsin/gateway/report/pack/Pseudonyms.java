package org.tocsin.gateway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of persons that nobody can lead back: HMAC-SHA-256 of the person's key under a random key that lives as long as
 * this object and is written nowhere, cut to 16 bytes. Not for several threads at once.
 */
final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET = 32;

    private final Mac mac;
    private final PackSources sources;

    Pseudonyms(PackSources sources, Random random) {
        this.sources = sources;
        byte[] secret = new byte[SECRET];
        random.nextBytes(secret);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The pseudonym of a person's number. */
    byte[] of(int number) {
        byte[] key = sources.personKey(number);
        // One who was removed has no key any more, and a key never begins with a zero byte.
        byte[] name = key.length > 0 ? key : ("\0" + number).getBytes(UTF_8);
        return Arrays.copyOf(mac.doFinal(name), PackFormat.PSEUDONYM);
    }

    /**
     * The numbers in the order of their pseudonyms, and these one after the other.
     *
     * @param numbers is put in order
     * @return 16 bytes for each
     */
    byte[] sorted(int[] numbers) {
        int count = numbers.length;
        byte[] names = new byte[count * PackFormat.PSEUDONYM];
        long[] order = new long[count];
        int indexBits = 64 - Long.numberOfLeadingZeros(Math.max(1, count));
        long index = (1L << indexBits) - 1;
        for (int at = 0; at < count; at++) {
            byte[] name = of(numbers[at]);
            System.arraycopy(name, 0, names, at * PackFormat.PSEUDONYM, PackFormat.PSEUDONYM);
            // The first bits of the name, so that signed order is that of the bytes, then its place.
            long first = 0;
            for (int place = 0; place < Long.BYTES; place++) {
                first = first << 8 | (name[place] & 0xff);
            }
            order[at] = ((first ^ Long.MIN_VALUE) & ~index) | at;
        }
        Arrays.sort(order);
        settleTies(order, index, names);
        int[] before = numbers.clone();
        byte[] sorted = new byte[names.length];
        for (int at = 0; at < count; at++) {
            int from = (int) (order[at] & index);
            numbers[at] = before[from];
            System.arraycopy(
                    names, from * PackFormat.PSEUDONYM, sorted, at * PackFormat.PSEUDONYM, PackFormat.PSEUDONYM);
        }
        return sorted;
    }

    private static void settleTies(long[] order, long index, byte[] names) {
        for (int at = 1; at < order.length; at++) {
            for (int left = at;
                    left > 0 && compare(names, (int) (order[left - 1] & index), (int) (order[left] & index)) > 0;
                    left--) {
                long swapped = order[left];
                order[left] = order[left - 1];
                order[left - 1] = swapped;
            }
        }
    }

    private static int compare(byte[] names, int one, int other) {
        int from = one * PackFormat.PSEUDONYM;
        int with = other * PackFormat.PSEUDONYM;
        return Arrays.compareUnsigned(
                names, from, from + PackFormat.PSEUDONYM, names, with, with + PackFormat.PSEUDONYM);
    }
}
