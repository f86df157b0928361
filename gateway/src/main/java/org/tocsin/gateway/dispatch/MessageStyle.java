package org.tocsin.gateway.dispatch;

import java.util.Set;
import org.tocsin.alert.Level;
import org.tocsin.channel.Manner;
import org.tocsin.gateway.receipt.Fingerprint;

/**
 * How messages are carried, where a channel knows a choice.
 *
 * @param flashLevels the levels that are shown at once and not stored (flash SMS)
 * @param extensionDigits how many digits behind the sender's number name the issue, by which a reply is matched; 0 to
 *     6, 0 for none
 */
public record MessageStyle(Set<Level> flashLevels, int extensionDigits) {
    /** No flash, no extension. */
    public static final MessageStyle PLAIN = new MessageStyle(Set.of(), 0);

    private static final int MOST_DIGITS = 6;

    /** Copies the set. */
    public MessageStyle {
        flashLevels = Set.copyOf(flashLevels);
        if (extensionDigits < 0 || extensionDigits > MOST_DIGITS) {
            throw new IllegalArgumentException("an extension has 0 to 6 digits, was " + extensionDigits);
        }
    }

    /** How an issue of a level is carried. */
    Manner of(String issue, Level level) {
        return new Manner(flashLevels.contains(level), Manner.Encoding.FITTING, extension(issue));
    }

    /**
     * The digits that name an issue; two issues may have the same, and then the number that replies tells them apart.
     */
    String extension(String issue) {
        if (extensionDigits == 0) {
            return "";
        }
        long range = (long) Math.pow(10, extensionDigits);
        String digits = Long.toString(Math.floorMod(Fingerprint.of(issue), range));
        return "0".repeat(extensionDigits - digits.length()) + digits;
    }
}
