package org.tocsin.gateway.registry;

/** The level of an administrative division, read from the trailing zeros of its 12-digit code. */
public enum DivisionLevel {
    /** 省: ten trailing zeros. */
    PROVINCE(2),
    /** 市: eight trailing zeros. */
    CITY(4),
    /** 县: six trailing zeros. */
    COUNTY(6),
    /** 乡镇、街道: three trailing zeros. */
    TOWNSHIP(9),
    /** 村、社区: no group of trailing zeros. */
    VILLAGE(12);

    private final int digits;

    DivisionLevel(int digits) {
        this.digits = digits;
    }

    /** How many leading digits of a code of this level carry meaning: 2, 4, 6, 9 or 12. */
    public int digits() {
        return digits;
    }

    /**
     * The level of a code.
     *
     * @param code 12 digits
     */
    public static DivisionLevel of(String code) {
        for (DivisionLevel level : values()) {
            if (isZero(code, level.digits)) {
                return level;
            }
        }
        return VILLAGE;
    }

    private static boolean isZero(String code, int from) {
        for (int place = from; place < code.length(); place++) {
            if (code.charAt(place) != '0') {
                return false;
            }
        }
        return true;
    }
}
