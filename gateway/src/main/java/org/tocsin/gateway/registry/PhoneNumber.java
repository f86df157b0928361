package org.tocsin.gateway.registry;

import org.jspecify.annotations.Nullable;

/**
 * Brings telephone numbers to one form: the country's code and the number, 7 to 15 digits (ITU-T E.164), without plus.
 *
 * <p>A number with {@code +} or {@code 00} keeps its country; 13 digits that begin with 86 are Chinese as they stand;
 * one zero before an area's code is dropped; any other number gets 86.
 */
public final class PhoneNumber {
    private static final String CHINA = "86";

    private PhoneNumber() {}

    /** The normal form, or null where the text is no telephone number. */
    public static @Nullable String normal(String text) {
        StringBuilder digits = new StringBuilder();
        boolean plus = false;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter >= '0' && letter <= '9') {
                digits.append(letter);
            } else if (letter == '+' && at == 0) {
                plus = true;
            } else if (" -()./".indexOf(letter) < 0) {
                return null;
            }
        }
        String number = digits.toString();
        if (!plus && number.startsWith("00")) {
            plus = true;
            number = number.substring(2);
        }
        boolean whole = plus || (number.length() == 13 && number.startsWith(CHINA));
        if (!whole) {
            number = CHINA + (number.startsWith("0") ? number.substring(1) : number);
        }
        int least = whole ? 7 : 9;
        return number.length() < least || number.length() > 15 || number.startsWith("0") ? null : number;
    }
}
