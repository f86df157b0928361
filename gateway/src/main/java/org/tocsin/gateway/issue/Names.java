package org.tocsin.gateway.issue;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names that this room gives: 16 lower-case letters and digits, about 80 bits. */
final class Names {
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-z]{" + LENGTH + "}");

    private Names() {}

    static String random(RandomGenerator random) {
        StringBuilder name = new StringBuilder(LENGTH);
        for (int at = 0; at < LENGTH; at++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
