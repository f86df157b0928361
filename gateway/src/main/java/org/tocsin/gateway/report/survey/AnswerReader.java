package org.tocsin.gateway.report.survey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads answers from JSON or CSV: all of them, or everything that is wrong with them. Used once, by one thread. */
final class AnswerReader {
    /** The columns of the CSV and the fields of the JSON; there are no others, so that nothing personal comes in. */
    static final List<String> FIELDS = List.of("number", "interview", "heardInTime", "channels", "heardAt");

    private static final int MOST_PROBLEMS = 1_000;
    private static final int LONGEST_VALUE = 64;

    private final long drawn;
    private final Instant from;
    private final Instant until;
    private final List<SurveyAnswer> answers = new ArrayList<>();
    private final Set<Integer> numbers = new HashSet<>();
    private final List<SurveyProblem> problems = new ArrayList<>();
    private long more;

    /** One answer's fields as texts; null where a field is of another kind than text. */
    private interface Fields {
        @Nullable
        String text(String field);

        String place(String field);
    }

    /**
     * Makes a reader.
     *
     * @param drawn the highest sample number
     * @param from nobody heard the warning before
     * @param until nor after
     */
    AnswerReader(long drawn, Instant from, Instant until) {
        this.drawn = drawn;
        this.from = from;
        this.until = until;
    }

    /**
     * Reads one answer, or an object whose {@code answers} are a list of them.
     *
     * @throws SurveyRefused with all that is wrong
     */
    List<SurveyAnswer> json(JsonNode body) {
        JsonNode list = body.path("answers");
        if (body.isObject() && list.isArray() && body.size() == 1) {
            for (int at = 0; at < list.size(); at++) {
                one(list.path(at), "/answers/" + at);
            }
        } else {
            one(body, "");
        }
        return read();
    }

    /**
     * Reads CSV in UTF-8 with a header of the five columns in any order.
     *
     * @throws SurveyRefused with all that is wrong, by line
     */
    List<SurveyAnswer> csv(byte[] body) {
        CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
        try (CSVParser parser = CSVParser.builder()
                .setReader(new InputStreamReader(new ByteArrayInputStream(body), UTF_8))
                .setFormat(format)
                .get()) {
            rows(parser);
        } catch (IOException | UncheckedIOException | IllegalStateException broken) {
            String why = shown(String.valueOf(broken.getMessage()));
            problem("", "csv", "the body is no CSV: " + why, why);
        }
        return read();
    }

    private void rows(CSVParser parser) {
        Map<String, Integer> columns = null;
        for (CSVRecord cells : parser) {
            long line = parser.getCurrentLineNumber();
            if (columns == null) {
                columns = header(cells);
                if (!problems.isEmpty()) {
                    return;
                }
            } else if (cells.size() != columns.size()) {
                problem(
                        "line " + line,
                        "csv.fields",
                        "has " + cells.size() + " fields, the header has " + columns.size(),
                        cells.size(),
                        columns.size());
            } else {
                Map<String, Integer> places = columns;
                take(new Fields() {
                    @Override
                    public String text(String field) {
                        return cells.get(places.getOrDefault(field, 0)).strip();
                    }

                    @Override
                    public String place(String field) {
                        return "line " + line + ", " + field;
                    }
                });
            }
        }
    }

    private Map<String, Integer> header(CSVRecord cells) {
        Map<String, Integer> columns = new HashMap<>();
        for (int place = 0; place < cells.size(); place++) {
            String name = cells.get(place).replace("\uFEFF", "").strip();
            if (!FIELDS.contains(name)) {
                problem(
                        "line 1",
                        "csv.column",
                        "'" + shown(name) + "' is no column; the columns are " + FIELDS,
                        shown(name));
            } else if (columns.put(name, place) != null) {
                problem("line 1", "csv.column", name + " stands there twice", name);
            }
        }
        for (String name : FIELDS) {
            if (!columns.containsKey(name)) {
                problem("line 1", "csv.column", "column " + name + " is missing", name);
            }
        }
        return columns;
    }

    private void one(JsonNode json, String path) {
        if (!json.isObject()) {
            problem(path, "json", "an answer must be a JSON object");
            return;
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                problem(path + "/" + shown(name), "field.unknown", "there is no such field; there are " + FIELDS);
            }
        });
        take(new Fields() {
            @Override
            public @Nullable String text(String field) {
                JsonNode said = json.path(field);
                if (said.isMissingNode() || said.isNull()) {
                    return "";
                }
                return switch (field) {
                    case "number" -> said.isIntegralNumber() ? said.asText() : null;
                    case "heardInTime" -> said.isBoolean() ? (said.asBoolean() ? "yes" : "no") : null;
                    case "channels" -> words(said);
                    default -> said.isTextual() ? said.asText() : null;
                };
            }

            @Override
            public String place(String field) {
                return path + "/" + field;
            }
        });
    }

    private static @Nullable String words(JsonNode list) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : list) {
            if (!word.isTextual()) {
                return null;
            }
            words.add(word.asText());
        }
        return list.isArray() ? String.join(" ", words) : null;
    }

    private void take(Fields fields) {
        long before = problems.size() + more;
        int number = number(fields);
        SurveyAnswer.Interview interview = interview(fields);
        Boolean heard = heard(fields, interview);
        List<String> channels = channels(fields, interview, heard);
        OffsetDateTime heardAt = heardAt(fields, interview);
        if (number > 0 && !numbers.add(number)) {
            problem(fields.place("number"), "number.twice", "sample number " + number + " stands there twice", number);
        }
        if (interview != null && problems.size() + more == before) {
            answers.add(new SurveyAnswer(number, interview, heard, channels, heardAt));
        }
    }

    private int number(Fields fields) {
        String text = fields.text("number");
        if (text != null && text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= drawn) {
                return number;
            }
        }
        problem(
                fields.place("number"),
                "number.unknown",
                "must be a sample number from 1 to " + drawn + was(text),
                drawn,
                given(text));
        return 0;
    }

    private SurveyAnswer.@Nullable Interview interview(Fields fields) {
        String text = fields.text("interview");
        SurveyAnswer.Interview interview =
                text == null ? null : SurveyAnswer.Interview.of(text).orElse(null);
        if (interview == null) {
            problem(
                    fields.place("interview"),
                    "interview.unknown",
                    "must be yes, no, refused or notFound" + was(text),
                    given(text));
        }
        return interview;
    }

    private @Nullable Boolean heard(Fields fields, SurveyAnswer.@Nullable Interview interview) {
        String text = fields.text("heardInTime");
        boolean asked = interview == SurveyAnswer.Interview.YES;
        if (text != null && (asked || interview == null)) {
            String word = text.toLowerCase(Locale.ROOT);
            if (word.equals("yes") || word.equals("no")) {
                return word.equals("yes");
            }
        }
        if (asked || (interview != null && !"".equals(text))) {
            problem(
                    fields.place("heardInTime"),
                    "heard.form",
                    (asked ? "must be yes or no after an interview" : "must be empty without an interview") + was(text),
                    given(text));
        }
        return null;
    }

    private List<String> channels(Fields fields, SurveyAnswer.@Nullable Interview interview, @Nullable Boolean heard) {
        String text = fields.text("channels");
        List<String> words = text == null || text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split("[,;| ，；、]+", -1))
                        .filter(word -> !word.isEmpty())
                        .toList();
        for (String word : new TreeSet<>(words)) {
            if (!SurveyAnswer.CHANNELS.contains(word)) {
                problem(
                        fields.place("channels"),
                        "channel.unknown",
                        "each must be one of " + SurveyAnswer.CHANNELS + was(word),
                        String.join(", ", SurveyAnswer.CHANNELS),
                        shown(word));
            }
        }
        if (text == null) {
            problem(fields.place("channels"), "channels.form", "must be a list of texts", given(text));
        } else if (words.isEmpty() && Boolean.TRUE.equals(heard)) {
            problem(fields.place("channels"), "channels.missing", "who heard it, heard it by something: say other");
        } else if (!words.isEmpty() && interview != null && interview != SurveyAnswer.Interview.YES) {
            problem(
                    fields.place("channels"),
                    "channels.form",
                    "must be empty without an interview" + was(text),
                    given(text));
        }
        return SurveyAnswer.CHANNELS.stream().filter(words::contains).toList();
    }

    private @Nullable OffsetDateTime heardAt(Fields fields, SurveyAnswer.@Nullable Interview interview) {
        String text = fields.text("heardAt");
        if ("".equals(text)) {
            return null;
        }
        if (interview != null && interview != SurveyAnswer.Interview.YES) {
            problem(
                    fields.place("heardAt"),
                    "heardAt.form",
                    "must be empty without an interview" + was(text),
                    given(text));
            return null;
        }
        try {
            OffsetDateTime at = OffsetDateTime.parse(text == null ? "" : text);
            if (!at.toInstant().isBefore(from) && !at.toInstant().isAfter(until)) {
                return at;
            }
            problem(
                    fields.place("heardAt"),
                    "heardAt.range",
                    "must be between the warning's sent, " + from + ", and now" + was(text),
                    from,
                    given(text));
        } catch (DateTimeException other) {
            problem(
                    fields.place("heardAt"),
                    "heardAt.form",
                    "must be a time with its offset, such as 2026-07-20T08:15:00+08:00" + was(text),
                    given(text));
        }
        return null;
    }

    private List<SurveyAnswer> read() {
        if (more > 0) {
            problems.add(SurveyProblem.of("", "more", "and " + more + " more, not listed", more));
        }
        if (problems.isEmpty() && answers.isEmpty()) {
            problem("", "answers.none", "there is no answer in it");
        }
        if (!problems.isEmpty()) {
            throw new SurveyRefused(SurveyRefused.Why.INVALID, problems);
        }
        return answers;
    }

    private void problem(String path, String code, String message, Object... values) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(SurveyProblem.of(path, code, message, values));
        } else {
            more++;
        }
    }

    private static String was(@Nullable String text) {
        return text == null ? ", was of another kind" : ", was '" + shown(text) + "'";
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : shown(text);
    }

    /** A text from outside without control characters, and not endless. */
    static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > LONGEST_VALUE ? plain.substring(0, LONGEST_VALUE) + "…" : plain;
    }
}
