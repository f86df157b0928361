package org.tocsin.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A link's settings by name, read with their rules; problems are collected and thrown together.
 *
 * <p>Read all, then call {@link #check}. The gateway itself reads {@code provider}, {@code binds}, {@code window},
 * {@code rate}, {@code operator} and {@code price}. Used by one thread.
 */
public final class LinkSettings {
    private final String link;
    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();
    private final SortedSet<String> known =
            new TreeSet<>(List.of("provider", "binds", "window", "rate", "operator", "price"));

    /**
     * Makes settings.
     *
     * @param link the link's id, for messages
     * @param values the values by name
     */
    public LinkSettings(String link, Map<String, String> values) {
        this.link = link;
        this.values = Map.copyOf(values);
    }

    /** The link's id. */
    public String link() {
        return link;
    }

    /** A text that must be there; empty, and a problem, where it is not. */
    public String text(String name) {
        Optional<String> value = find(name);
        if (value.isEmpty()) {
            problems.add(link + "." + name + ": is required");
        }
        return value.orElse("");
    }

    /** A text, or the default. */
    public String text(String name, String otherwise) {
        return find(name).orElse(otherwise);
    }

    /** A whole number from lowest to highest, or the default. */
    public int integer(String name, int otherwise, int lowest, int highest) {
        Optional<String> value = find(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the rule.
        }
        problems.add(link + "." + name + ": must be a whole number from " + lowest + " to " + highest + ", was '"
                + value.get() + "'");
        return otherwise;
    }

    /** A duration in whole milliseconds, from 1 to a day, or the default. */
    public Duration milliseconds(String name, Duration otherwise) {
        return Duration.ofMillis(integer(name, (int) otherwise.toMillis(), 1, 86_400_000));
    }

    /** True or false, or the default. */
    public boolean flag(String name, boolean otherwise) {
        Optional<String> value = find(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!value.get().equals("true") && !value.get().equals("false")) {
            problems.add(link + "." + name + ": must be true or false, was '" + value.get() + "'");
            return otherwise;
        }
        return value.get().equals("true");
    }

    /** Adds a problem that a channel found. */
    public void problem(String name, String rule) {
        problems.add(link + "." + name + ": " + rule);
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidSettings when anything was missing, wrong, or not a setting of this link
     */
    public void check() {
        List<String> all = new ArrayList<>(problems);
        for (String name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name)) {
                all.add(link + "." + name + ": is no setting of this link; there are " + known);
            }
        }
        if (!all.isEmpty()) {
            throw new InvalidSettings(all);
        }
    }

    private Optional<String> find(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }
}
