package org.tocsin.alert;

import java.util.Optional;

/**
 * A warning's level, I the gravest: the four colours of Chinese public warning and CAP's severities.
 *
 * <p>The mapping of yellow, orange and red to CAP's words is convention; of blue to Minor it is what CMA's CAP feed
 * shows. The order of the constants is the order of the lanes: the gravest first.
 */
public enum Level {
    /** 红色, I级. */
    I(1, Severity.EXTREME, "Red", "红色"),
    /** 橙色, II级. */
    II(2, Severity.SEVERE, "Orange", "橙色"),
    /** 黄色, III级. */
    III(3, Severity.MODERATE, "Yellow", "黄色"),
    /** 蓝色, IV级. */
    IV(4, Severity.MINOR, "Blue", "蓝色");

    private final int lane;
    private final Severity severity;
    private final String colour;
    private final String chineseColour;

    Level(int lane, Severity severity, String colour, String chineseColour) {
        this.lane = lane;
        this.severity = severity;
        this.colour = colour;
        this.chineseColour = chineseColour;
    }

    /** CAP's severity for this level. */
    public Severity severity() {
        return severity;
    }

    /** The English colour as the 12379 alert writes it: Red, Orange, Yellow or Blue. */
    public String colour() {
        return colour;
    }

    /** The Chinese colour: 红色, 橙色, 黄色 or 蓝色. */
    public String chineseColour() {
        return chineseColour;
    }

    /** The lane of this level, 1 for I to 4 for IV. */
    public int lane() {
        return lane;
    }

    /** Whether this level is graver than the other. */
    public boolean isGraverThan(Level other) {
        return lane < other.lane;
    }

    /** The level of a severity, or empty for {@link Severity#UNKNOWN}. */
    public static Optional<Level> of(Severity severity) {
        for (Level level : values()) {
            if (level.severity == severity) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
