package org.tocsin.gateway.receipt;

import org.jspecify.annotations.Nullable;

/** The addresses of a link's addressees. */
@FunctionalInterface
public interface AddressBook {
    /** The address of a number in the registry; null where there is none any more. */
    @Nullable
    String address(int number);

    /**
     * Whether two addresses are the same one: equal but for case, or digits of which one has the other's at its end (a
     * country's code more or less), 8 of them at least.
     */
    static boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        if (one.length() == other.length()) {
            return one.equalsIgnoreCase(other);
        }
        String longer = one.length() > other.length() ? one : other;
        String shorter = one.length() > other.length() ? other : one;
        return shorter.length() >= 8 && isNumber(shorter) && isNumber(longer) && longer.endsWith(shorter);
    }

    private static boolean isNumber(String text) {
        for (int at = text.startsWith("+") ? 1 : 0; at < text.length(); at++) {
            if (text.charAt(at) < '0' || text.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }
}
