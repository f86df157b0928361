package org.tocsin.gateway.template;

import java.util.List;
import java.util.Optional;
import org.tocsin.alert.Level;
import org.tocsin.wording.StandardWords;

/**
 * Which text: of a hazard, at a level, in a language.
 *
 * @param hazard a word of {@link StandardWords#hazards()}
 * @param level the level
 * @param language {@code zh-CN} or {@code en-US}
 */
public record TextKey(String hazard, Level level, String language) {
    /** The languages that have words. */
    public static final List<String> LANGUAGES = List.of("zh-CN", "en-US");

    /** The text of these words, or empty where there is none. */
    public static Optional<TextKey> of(String hazard, String level, String language) {
        for (Level one : Level.values()) {
            if (one.name().equals(level)
                    && LANGUAGES.contains(language)
                    && StandardWords.hazards().contains(hazard)) {
                return Optional.of(new TextKey(hazard, one, language));
            }
        }
        return Optional.empty();
    }

    /** The words that come with the gateway. */
    public CountyText builtIn() {
        return new CountyText(
                StandardWords.description(hazard, language), StandardWords.instruction(hazard, level, language));
    }

    /** Its name in the ledger and the store, such as {@code rainstorm/I/zh-CN}. */
    public String name() {
        return hazard + "/" + level.name() + "/" + language;
    }
}
