package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The console's words in one language: from {@code /console/phrases/<area>.<language>.properties}, in UTF-8. A phrase's
 * key begins with its area; {@code {0}}, {@code {1}} … stand for arguments. Immutable.
 */
public final class Phrases {
    /** The areas that have words; each has a file in every language. */
    static final List<String> AREAS =
            List.of("base", "access", "issue", "duty", "sign", "watch", "operate", "audit", "report");

    private static final Map<Language, Phrases> ALL = new HashMap<>();

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Phrases(language));
        }
    }

    private final Map<String, String> phrases = new HashMap<>();

    private Phrases(Language language) {
        for (String area : AREAS) {
            Properties file = read("/console/phrases/" + area + "." + language.tag() + ".properties");
            file.forEach((key, phrase) -> {
                if (!key.toString().startsWith(area + ".") || phrases.put(key.toString(), phrase.toString()) != null) {
                    throw new IllegalStateException("phrase " + key + " is not of " + area + ", or is there twice");
                }
            });
        }
    }

    /** The words of a language. */
    public static Phrases in(Language language) {
        Phrases phrases = ALL.get(language);
        if (phrases == null) {
            throw new IllegalArgumentException(language.tag());
        }
        return phrases;
    }

    /**
     * A phrase with its arguments put in. Nothing is escaped: the template does that.
     *
     * @throws IllegalArgumentException for a key that is in no file
     */
    public String of(String key, Object... arguments) {
        String phrase = phrases.get(key);
        if (phrase == null) {
            throw new IllegalArgumentException("there is no phrase " + key);
        }
        for (int i = 0; i < arguments.length; i++) {
            phrase = phrase.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return phrase;
    }

    /** Whether there is such a phrase. */
    public boolean has(String key) {
        return phrases.containsKey(key);
    }

    Collection<String> keys() {
        return phrases.keySet();
    }

    private static Properties read(String name) {
        try (InputStream file = Phrases.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            Properties properties = new Properties();
            try (Reader reader = new InputStreamReader(file, UTF_8)) {
                properties.load(reader);
            }
            return properties;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
