package org.tocsin.gateway.intake;

import java.math.BigDecimal;

/** Numbers as CAP writes them. */
final class Numbers {
    private Numbers() {}

    /** Without exponent and needless zeros; reading it gives the same number. */
    static String plain(double number) {
        return number == 0
                ? "0"
                : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
