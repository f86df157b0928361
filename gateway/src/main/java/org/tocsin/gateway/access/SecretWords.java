package org.tocsin.gateway.access;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Secrets that people read from a screen or paper and type: groups of letters and digits that look unlike. */
final class SecretWords {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int HALF = 2;
    private static final int GROUP = 4;
    private static final int CODES = 10;
    private static final int KEY = 43;
    private static final String KEY_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private SecretWords() {}

    /** One of 79 bits, such as {@code k7fm-2qxd-9whp-r3tz}. */
    static String one(RandomGenerator random) {
        return groups(random, GROUPS);
    }

    /** Half of one, of 39 bits: with the other half it is one. */
    static String half(RandomGenerator random) {
        return groups(random, HALF);
    }

    private static String groups(RandomGenerator random, int groups) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < groups * GROUP; i++) {
            word.append(i > 0 && i % GROUP == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    /** Ten recovery codes. */
    static Set<String> codes(RandomGenerator random) {
        Set<String> codes = new LinkedHashSet<>();
        while (codes.size() < CODES) {
            codes.add(one(random));
        }
        return codes;
    }

    /** An API key of 256 bits. */
    static String key(RandomGenerator random) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < KEY; i++) {
            key.append(KEY_LETTERS.charAt(random.nextInt(KEY_LETTERS.length())));
        }
        return key.toString();
    }

    /** As it is compared: in lower case, without what people put between groups. */
    static String plain(String typed) {
        return typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
