package org.tocsin.channel.sms;

/** Phone numbers as the protocols write them. */
final class Numbers {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 20;
    private static final String CHINA = "86";
    private static final int CHINESE_MOBILE = 11;

    private Numbers() {}

    /** Whether a number can be dialled: 3 to 20 digits, with or without a plus sign before them. */
    static boolean isNumber(String number) {
        int from = first(number);
        int digits = number.length() - from;
        if (digits < SHORTEST || digits > LONGEST) {
            return false;
        }
        for (int i = from; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /** Where the digits begin: behind a plus sign. */
    static int first(String number) {
        return !number.isEmpty() && number.charAt(0) == '+' ? 1 : 0;
    }

    /** Where a Chinese mobile number begins: behind +86 or 86; of any other number where the digits begin. */
    static int national(String number) {
        int from = first(number);
        boolean prefixed = number.length() - from == CHINA.length() + CHINESE_MOBILE
                && number.startsWith(CHINA, from)
                && isChineseMobile(number, from + CHINA.length());
        return prefixed ? from + CHINA.length() : from;
    }

    /** Whether from this character on stands a Chinese mobile number: eleven digits, the first a one. */
    static boolean isChineseMobile(String number, int from) {
        return number.length() - from == CHINESE_MOBILE && number.charAt(from) == '1';
    }

    /** The number as it is dialled within China, where it is a Chinese mobile one; else its digits. */
    static String asNational(String number) {
        int from = national(number);
        return from == 0 ? number : number.substring(from);
    }
}
