package org.tocsin.gateway.access;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a password must be: long, and not what everybody tries first. No rule asks for kinds of characters, as NIST SP
 * 800-63B 5.1.1 advises.
 */
final class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;

    /**
     * The stems of the passwords that leak most, here and abroad; a password that is one with little around it falls.
     */
    private static final Set<String> OBVIOUS = Set.of(
            "password",
            "passw0rd",
            "pa55word",
            "qwertyuiop",
            "qwerty",
            "1qaz2wsx3edc",
            "1qaz2wsx",
            "zaq12wsx",
            "asdfghjkl",
            "zxcvbnm",
            "administrator",
            "admin",
            "welcome",
            "letmein",
            "iloveyou",
            "woaini",
            "woaini1314",
            "changeme",
            "tocsin",
            "default",
            "guest",
            "master",
            "monkey",
            "dragon",
            "superman",
            "abc123",
            "abcdefg",
            "a1b2c3d4",
            "123qwe",
            "qwe123",
            "1q2w3e4r5t",
            "1q2w3e4r",
            "5201314",
            "1314520",
            "yingji",
            "yujing",
            "yingjiju",
            "yingjiguanli",
            "qixiang",
            "henan",
            "xiayi",
            "china",
            "zhongguo",
            "beijing",
            "huanying",
            "mima",
            "wodemima");

    private PasswordRules() {}

    /** The password as it is hashed: one form for what looks the same on different keyboards. */
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /**
     * All that is wrong with a new password.
     *
     * @param names the person's name for sign-in and for people, which it must not be
     */
    static List<Refusal.Fault> faults(String password, String... names) {
        List<Refusal.Fault> faults = new ArrayList<>();
        String normal = normal(password);
        if (normal.codePointCount(0, normal.length()) < SHORTEST) {
            faults.add(fault("password.short", "at least " + SHORTEST + " characters; several words are fine"));
        } else if (normal.length() > LONGEST) {
            faults.add(fault("password.long", "at most " + LONGEST + " characters"));
        } else if (isObvious(normal.toLowerCase(Locale.ROOT), names)) {
            faults.add(fault(
                    "password.obvious",
                    "this is among the first that a stranger tries: take other words, and more of them"));
        }
        return faults;
    }

    private static boolean isObvious(String password, String... names) {
        if (password.chars().distinct().count() < 5) {
            return true;
        }
        if (isRun(password)) {
            return true;
        }
        String letters = password.replaceAll("[^\\p{L}\\p{N}]", "");
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
            if (lower.length() >= 2 && letters.replace(lower, "").length() < 6) {
                return true;
            }
        }
        String left = letters;
        for (String stem :
                OBVIOUS.stream().sorted((a, b) -> b.length() - a.length()).toList()) {
            left = left.replace(stem, "");
        }
        // A year, a phone's few digits or a repetition round a stem adds next to nothing.
        return left.length() < letters.length() && left.replaceAll("[0-9]", "").length() < 4;
    }

    /** Whether most of it goes up or down by one, as 123456789012 and abcdefghijkl do. */
    private static boolean isRun(String password) {
        int steps = 0;
        for (int i = 1; i < password.length(); i++) {
            int step = password.charAt(i) - password.charAt(i - 1);
            steps += step == 1 || step == -1 || step == 0 || step == -9 || step == 9 ? 1 : 0;
        }
        return steps >= password.length() * 3 / 4;
    }

    private static Refusal.Fault fault(String code, String message) {
        return new Refusal.Fault("password", code, message);
    }
}
