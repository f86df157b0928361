package org.tocsin.wording;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tocsin.alert.Level;

/**
 * The catalogue's texts, for who begins a warning with them and then changes them. Language tags of the family
 * {@code en} mean English, all others Chinese. Immutable; may be used by any thread.
 */
public final class StandardWords {
    /** The hazard whose words serve every event that is not listed. */
    public static final String OTHER = Catalogue.OTHER;

    private StandardWords() {}

    /** The words of all hazards, such as {@code rainstorm}, in alphabetical order. */
    public static Set<String> hazards() {
        return new TreeSet<>(Catalogue.hazards());
    }

    /** The 5-character event codes that mean a hazard, in their order; empty for {@link #OTHER} and unknown words. */
    public static Set<String> codes(String hazard) {
        return Catalogue.codes().entrySet().stream()
                .filter(entry -> entry.getValue().equals(hazard))
                .map(entry -> entry.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The hazard's name, without level. */
    public static String name(String hazard, String language) {
        return Catalogue.of(language).name(hazard);
    }

    /** What happens. */
    public static String description(String hazard, String language) {
        return Catalogue.of(language).description(hazard);
    }

    /** What to do at a level; its first sentence is the first thing to do. */
    public static String instruction(String hazard, Level level, String language) {
        return Catalogue.of(language).action(hazard, level);
    }

    /** What to do when it is over. */
    public static String allClear(String hazard, String language) {
        return Catalogue.of(language).allClear(hazard);
    }

    /** Hazard and level in a few words, as a warning's title has them. */
    public static String title(String hazard, Level level, String language) {
        Catalogue catalogue = Catalogue.of(language);
        return catalogue.fill(
                "title.alert", java.util.Map.of("hazard", catalogue.name(hazard), "level", catalogue.level(level)));
    }
}
