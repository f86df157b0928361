package org.tocsin.gateway.registry;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import org.jspecify.annotations.Nullable;

/**
 * Brings telephone numbers to one form: the country's code and the number, 7 to 15 digits (ITU-T E.164), without plus.
 *
 * <p>A number with {@code +} or {@code 00} keeps its country; 13 digits that begin with 86 are Chinese as they stand;
 * one zero before an area's code is dropped; any other number gets 86. What its country cannot have given out is none,
 * by the tables of libphonenumber; only the synthetic county's {@code 86 100…} are taken beside.
 */
public final class PhoneNumber {
    private static final String CHINA = "86";
    /** The synthetic county's numbers, which China gives to nobody. */
    private static final String SIMULATED = "86100[0-9]{8}";

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

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
        boolean impossible = number.length() < least || number.length() > 15 || number.startsWith("0");
        return !impossible && (number.matches(SIMULATED) || isValid(number)) ? number : null;
    }

    /** Whether its country has given out such numbers, by libphonenumber's tables. */
    private static boolean isValid(String number) {
        try {
            return NUMBERS.isValidNumber(NUMBERS.parse("+" + number, null));
        } catch (NumberParseException none) {
            return false;
        }
    }
}
