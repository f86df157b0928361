package org.tocsin.gateway.issue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Level;
import org.tocsin.alert.ResponseType;
import org.tocsin.alert.Urgency;

/**
 * What a hazard at a level fills into the form; each of it can be changed there.
 *
 * @param id its name, such as {@code rainstorm-I}; 1 to 64 letters, digits and {@code -}
 * @param hazard which templates belong together; 1 to 64 letters, digits and {@code -}
 * @param eventCode 5 characters of the event table
 * @param level the level
 * @param category CAP's category
 * @param urgency CAP's urgency
 * @param certainty CAP's certainty
 * @param responses CAP's responseTypes
 * @param texts by language tag, in the order in which they are shown; zh-CN at least
 * @param channels the channels; empty means all that are set up
 * @param audience the name of the audience
 * @param duration for how long it holds, whole hours, 1 or more
 */
public record IssueTemplate(
        String id,
        String hazard,
        String eventCode,
        Level level,
        Category category,
        Urgency urgency,
        Certainty certainty,
        List<ResponseType> responses,
        Map<String, Words> texts,
        Set<String> channels,
        String audience,
        Duration duration) {
    /** The language that every template has. */
    public static final String CHINESE = "zh-CN";

    /** The second language that a form can carry. */
    public static final String ENGLISH = "en-US";

    /**
     * A template's words in one language.
     *
     * @param event the hazard, without level
     * @param headline one line
     * @param description what happens; may be empty
     * @param instruction what to do
     */
    public record Words(String event, String headline, String description, String instruction) {}

    /** Copies the collections; refuses one without Chinese words or without time. */
    public IssueTemplate {
        responses = List.copyOf(responses);
        texts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        channels = Set.copyOf(channels);
        if (!texts.containsKey(CHINESE)) {
            throw new IllegalArgumentException("a template has words in " + CHINESE);
        }
        if (duration.toHours() < 1) {
            throw new IllegalArgumentException("a template holds for an hour or more, was " + duration);
        }
    }

    /** The same in other words. */
    IssueTemplate with(Map<String, Words> others) {
        return new IssueTemplate(
                id, hazard, eventCode, level, category, urgency, certainty, responses, others, channels, audience,
                duration);
    }

    /** Its words in a language, else in Chinese. */
    public Words words(String language) {
        Words words = texts.get(language);
        return words == null ? java.util.Objects.requireNonNull(texts.get(CHINESE)) : words;
    }
}
