package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.gateway.registry.DivisionLevel;

/**
 * Reads division codes: 12, 9 or 6 digits, one or several with commas between. Trailing groups of zeros mean all below:
 * 411426000000, 411426000 and 411426 are the same county.
 */
final class Geocodes {
    private Geocodes() {}

    /** The codes in a value, without the spaces around them. */
    static List<String> split(String value) {
        List<String> codes = new ArrayList<>();
        int start = 0;
        for (int place = 0; place <= value.length(); place++) {
            boolean end = place == value.length()
                    || ",;，；、".indexOf(value.charAt(place)) >= 0
                    || Character.isWhitespace(value.charAt(place));
            if (end) {
                if (place > start) {
                    codes.add(value.substring(start, place));
                }
                start = place + 1;
            }
        }
        return codes;
    }

    /** The prefix that a code means, or an empty text where it is no code. */
    static String prefix(String code) {
        boolean digits = code.chars().allMatch(letter -> letter >= '0' && letter <= '9');
        if (!digits || (code.length() != 6 && code.length() != 9 && code.length() != 12)) {
            return "";
        }
        String full = code + "0".repeat(12 - code.length());
        String prefix = full.substring(0, DivisionLevel.of(full).digits());
        return prefix.equals("00") ? "" : prefix;
    }
}
