package org.tocsin.gateway.issue;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tocsin.alert.Level;

/**
 * What was typed and chosen in the form, as it was typed: nothing is lost because it is wrong.
 *
 * @param values by field; what is not there is empty
 */
public record IssueFields(Map<String, String> values) {
    /** The template's id. */
    public static final String TEMPLATE = "template";
    /** The 5-character event code. */
    public static final String EVENT_CODE = "eventCode";
    /** I, II, III or IV. */
    public static final String LEVEL = "level";
    /** The hazard in words, without level. */
    public static final String EVENT = "event";
    /** One line. */
    public static final String HEADLINE = "headline";
    /** What happens. */
    public static final String DESCRIPTION = "description";
    /** A sentence that is put behind the description. */
    public static final String SENTENCE = "sentence";
    /** What to do. */
    public static final String INSTRUCTION = "instruction";
    /** Whether English is sent too: {@code on} or empty. */
    public static final String ENGLISH = "english";
    /** The event in English. */
    public static final String ENGLISH_EVENT = "englishEvent";
    /** The headline in English. */
    public static final String ENGLISH_HEADLINE = "englishHeadline";
    /** The description in English. */
    public static final String ENGLISH_DESCRIPTION = "englishDescription";
    /** The instruction in English. */
    public static final String ENGLISH_INSTRUCTION = "englishInstruction";
    /** CAP's urgency. */
    public static final String URGENCY = "urgency";
    /** CAP's certainty. */
    public static final String CERTAINTY = "certainty";
    /** For how many hours it holds, from when it is submitted. */
    public static final String HOURS = "hours";
    /** Until when it holds, in the county's time; counts before {@link #HOURS} where it is not empty. */
    public static final String UNTIL = "until";
    /** Who says it. */
    public static final String SENDER_NAME = "senderName";
    /** Whom to ask. */
    public static final String CONTACT = "contact";
    /** A page with more. */
    public static final String WEB = "web";
    /** Codes of divisions, blanks between. */
    public static final String DIVISIONS = "divisions";
    /** Polygons and circles, see {@link AreaText}. */
    public static final String SHAPES = "shapes";
    /** The area in words; made from the divisions where it is empty. */
    public static final String AREA_NAME = "areaName";
    /** The audience, a name or an expression. */
    public static final String AUDIENCE = "audience";
    /** The channels, blanks between. */
    public static final String CHANNELS = "channels";

    /** All fields, by the step in which they are asked for, in the order of the page. */
    public static final Map<Step, List<String>> BY_STEP = Map.of(
            Step.WHAT,
            List.of(
                    TEMPLATE,
                    LEVEL,
                    EVENT,
                    EVENT_CODE,
                    SENDER_NAME,
                    HEADLINE,
                    DESCRIPTION,
                    SENTENCE,
                    INSTRUCTION,
                    HOURS,
                    UNTIL,
                    URGENCY,
                    CERTAINTY,
                    CONTACT,
                    WEB,
                    ENGLISH,
                    ENGLISH_EVENT,
                    ENGLISH_HEADLINE,
                    ENGLISH_DESCRIPTION,
                    ENGLISH_INSTRUCTION),
            Step.WHERE,
            List.of(DIVISIONS, SHAPES, AREA_NAME, AUDIENCE, CHANNELS),
            Step.CHECK,
            List.of());

    /** The longest value of any field, in characters; that of {@link #SHAPES} is {@link AreaText#LONGEST}. */
    public static final int LONGEST = 10_000;

    /** The steps of the form. */
    public enum Step {
        /** Hazard, level, words, time. */
        WHAT,
        /** Area, audience, channels. */
        WHERE,
        /** Everything once more, and the submission. */
        CHECK;

        /** The word for it, such as {@code what}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** The step of a word, or empty where there is none. */
        public static Optional<Step> of(String word) {
            return Arrays.stream(values())
                    .filter(step -> step.word().equals(word))
                    .findFirst();
        }
    }

    /** Nothing typed. */
    public static final IssueFields EMPTY = new IssueFields(Map.of());

    /** Copies; drops what is empty. */
    public IssueFields {
        Map<String, String> kept = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (!value.isEmpty()) {
                kept.put(name, value);
            }
        });
        values = Collections.unmodifiableMap(kept);
    }

    /** The value of a field; empty where there is none. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** Whether a box is ticked. */
    public boolean isOn(String name) {
        return text(name).equals("on");
    }

    /** The words of a field that has several, each once. */
    public List<String> words(String name) {
        return Arrays.stream(text(name).strip().split("[\\s,，、;；]+", -1))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /** The level; empty where none is chosen. */
    public Optional<Level> level() {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equals(text(LEVEL)))
                .findFirst();
    }

    /** These fields with another value. */
    public IssueFields with(String name, String value) {
        Map<String, String> next = new LinkedHashMap<>(values);
        next.put(name, value);
        return new IssueFields(next);
    }

    /**
     * These fields with what a page sent: the page's fields are replaced, those that it lacks become empty. Where the
     * hours are others and the time until which it holds is not, that time is gone.
     *
     * @param sent by field; fields of other pages are passed over
     */
    public IssueFields with(Step step, Map<String, String> sent) {
        Map<String, String> next = new LinkedHashMap<>(values);
        for (String name : BY_STEP.getOrDefault(step, List.of())) {
            String value = sent.getOrDefault(name, "");
            int most = name.equals(SHAPES) ? AreaText.LONGEST + 1 : LONGEST;
            next.put(name, value.length() <= most ? value : value.substring(0, most));
        }
        // A time counts before a number of hours: whoever chooses other hours means these.
        boolean otherHours = step == Step.WHAT && !next.getOrDefault(HOURS, "").equals(text(HOURS));
        if (otherHours && next.getOrDefault(UNTIL, "").equals(text(UNTIL))) {
            next.put(UNTIL, "");
        }
        return new IssueFields(next);
    }

    /** The names of fields that differ from the others'. */
    public Set<String> differing(IssueFields others) {
        Set<String> names = new TreeSet<>(values.keySet());
        names.addAll(others.values.keySet());
        Set<String> differing = new LinkedHashSet<>();
        names.stream().filter(name -> !text(name).equals(others.text(name))).forEach(differing::add);
        return differing;
    }
}
