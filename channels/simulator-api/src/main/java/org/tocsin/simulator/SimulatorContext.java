package org.tocsin.simulator;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator behaves.
 *
 * @param link the gateway's id of the link, which the book names
 * @param seed of its chances
 * @param shares the shares 0 to 1 by name without the channel, such as {@code delivered}, {@code silent}
 * @param settings other quirks by name, such as {@code reportDelayMillis}
 * @param truth the folder for its book; null for none
 */
public record SimulatorContext(
        String link, long seed, Map<String, Double> shares, Map<String, String> settings, @Nullable Path truth) {
    /** Copies the maps; refuses a share outside 0 to 1. */
    public SimulatorContext {
        shares = Map.copyOf(shares);
        settings = Map.copyOf(settings);
        shares.forEach((name, share) -> {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share " + name + " must be 0 to 1, was " + share);
            }
        });
    }

    /** A share, or the default where it is not set. */
    public double share(String name, double otherwise) {
        return shares.getOrDefault(name, otherwise);
    }

    /** A whole number among the settings, or the default. */
    public int integer(String name, int otherwise) {
        String value = settings.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** The chances of this simulator. */
    public Chance chance() {
        return new Chance(seed);
    }

    /** A new book for a channel and provider. */
    public Book book(String channel, String provider) {
        return Book.open(truth, channel, provider);
    }
}
