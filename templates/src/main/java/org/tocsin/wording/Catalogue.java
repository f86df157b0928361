package org.tocsin.wording;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.NamedValue;

/** The words of one language, and which event is which hazard. Immutable. */
final class Catalogue {
    /** The hazard that serves every event not listed. */
    static final String OTHER = "other";

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, String> HAZARD_BY_CODE = new HashMap<>();
    private static final Map<String, String> HAZARD_BY_WORD =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private static final Catalogue CHINESE;
    private static final Catalogue ENGLISH;

    static {
        load("hazards").forEach((key, value) -> {
            String hazard = key.substring(0, key.indexOf('.'));
            Map<String, String> index = key.endsWith(".codes") ? HAZARD_BY_CODE : HAZARD_BY_WORD;
            Arrays.stream(value.split(",", -1)).forEach(entry -> index.put(entry.strip(), hazard));
        });
        CHINESE = new Catalogue(Locale.SIMPLIFIED_CHINESE, load("zh-CN"));
        ENGLISH = new Catalogue(Locale.US, load("en-US"));
    }

    private final Locale locale;
    private final Map<String, String> texts;

    private Catalogue(Locale locale, Map<String, String> texts) {
        this.locale = locale;
        this.texts = texts;
    }

    /** The words for a language tag: English for en and its kin, Chinese for all others. */
    static Catalogue of(String language) {
        return Locale.forLanguageTag(language).getLanguage().equals("en") ? ENGLISH : CHINESE;
    }

    /** The hazards with words of their own, {@link #OTHER} included. */
    static Set<String> hazards() {
        Set<String> hazards = new TreeSet<>(HAZARD_BY_CODE.values());
        hazards.add(OTHER);
        return hazards;
    }

    /** The event codes that are listed, with their hazard. */
    static Map<String, String> codes() {
        return Map.copyOf(HAZARD_BY_CODE);
    }

    /** Which hazard an info speaks of: by its codes, else by the words of its event, else {@link #OTHER}. */
    static String hazardOf(Info info) {
        for (NamedValue code : info.eventCodes()) {
            String hazard = HAZARD_BY_CODE.get(code.value().strip());
            if (hazard != null) {
                return hazard;
            }
        }
        String event = info.event().toLowerCase(Locale.ROOT);
        return HAZARD_BY_WORD.entrySet().stream()
                .filter(word -> event.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }

    Locale locale() {
        return locale;
    }

    boolean isChinese() {
        return this == CHINESE;
    }

    String text(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("no words for '" + key + "' in " + locale);
        }
        return text;
    }

    /** A text with its {places} filled, in one pass, so that what is filled in is never read as a place. */
    String fill(String key, Map<String, String> values) {
        return PLACE.matcher(text(key))
                .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
    }

    String name(String hazard) {
        return text(hazard + ".name");
    }

    String description(String hazard) {
        return text(hazard + ".what");
    }

    String action(String hazard, Level level) {
        return text(hazard + "." + level.lane());
    }

    /** What to do when it is over. */
    String allClear(String hazard) {
        return join(List.of(text("cancel.do"), text(hazard + ".after")));
    }

    String level(Level level) {
        return text("level." + level.lane());
    }

    String time(String pattern, OffsetDateTime time) {
        return time.format(DateTimeFormatter.ofPattern(text(pattern), locale));
    }

    /** One sentence after the other, each with its stop. */
    String join(List<String> sentences) {
        StringBuilder joined = new StringBuilder();
        for (String sentence : sentences) {
            if (!sentence.isBlank()) {
                if (!joined.isEmpty() && !isChinese()) {
                    joined.append(' ');
                }
                joined.append(stopped(sentence.strip()));
            }
        }
        return joined.toString();
    }

    private String stopped(String sentence) {
        return Cut.endsSentence(sentence) ? sentence : sentence + text("sentence.end");
    }

    private static Map<String, String> load(String name) {
        Properties properties = new Properties();
        try (InputStream stream = Catalogue.class.getResourceAsStream(name + ".properties")) {
            if (stream == null) {
                throw new IllegalStateException("no words in " + name);
            }
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return Map.copyOf(texts);
    }
}
