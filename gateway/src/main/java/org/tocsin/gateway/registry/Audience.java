package org.tocsin.gateway.registry;

/**
 * A group of people that a warning can be meant for.
 *
 * @param name what warnings and contacts say: a letter, then up to 63 letters, digits and underscores
 * @param title what people read
 */
public record Audience(String name, String title) {
    /** All who live in the area and are no probes. Every contact belongs to it without saying so. */
    public static final String RESIDENTS = "residents";

    /** The probe receivers, the only ones whom an Exercise or Test may reach. They are never residents. */
    public static final String PROBE = "probe";

    /** The most audiences in a registry. */
    public static final int MOST = 256;

    /** Whether the text has the form of an audience's name. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 64 || !isLetter(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(letter -> isLetter(letter) || (letter >= '0' && letter <= '9') || letter == '_');
    }

    private static boolean isLetter(int letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    }
}
