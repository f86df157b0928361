package org.tocsin.gateway.report.survey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AnswerReaderTest {
    private static final Instant SENT = Instant.parse("2026-07-20T00:00:00Z");
    private static final String HEADER = "number,interview,heardInTime,channels,heardAt\n";

    @Example
    void readsCsvWithItsColumnsInAnyOrderAndAMark() {
        String lines =
                """
                interview,number,channels,heardAt,heardInTime
                yes,1,"sms, loudspeaker",2026-07-20T08:15:00+08:00,yes
                YES,2,neighbour,,No

                refused,3,,,
                notfound,4,,,
                no,5,,,
                """;

        List<SurveyAnswer> answers = csv("\uFEFF" + lines.replace("\n", "\r\n"));

        assertEquals(
                List.of(
                        new SurveyAnswer(
                                1,
                                SurveyAnswer.Interview.YES,
                                true,
                                List.of("sms", "loudspeaker"),
                                OffsetDateTime.parse("2026-07-20T08:15:00+08:00")),
                        new SurveyAnswer(2, SurveyAnswer.Interview.YES, false, List.of("neighbour"), null),
                        new SurveyAnswer(3, SurveyAnswer.Interview.REFUSED, null, List.of(), null),
                        new SurveyAnswer(4, SurveyAnswer.Interview.NOT_FOUND, null, List.of(), null),
                        new SurveyAnswer(5, SurveyAnswer.Interview.NO, null, List.of(), null)),
                answers);
    }

    @Example
    void saysEverythingThatIsWrongWithItsLine() {
        List<SurveyProblem> problems = wrongCsv(
                """
                number,interview,heardInTime,channels,heardAt
                11,yes,yes,sms,
                2,maybe,yes,sms,
                3,yes,,,
                4,refused,yes,sms,2026-07-20T08:15:00+08:00
                5,yes,yes,telegraph,08:15
                6,yes,yes,sms,2026-07-19T08:15:00+08:00
                7,yes,yes,sms
                8,yes,yes,,
                9,yes,no,,
                9,yes,no,,
                """);

        assertEquals(
                List.of(
                        "line 2, number: number.unknown",
                        "line 3, interview: interview.unknown",
                        "line 4, heardInTime: heard.form",
                        "line 5, heardInTime: heard.form",
                        "line 5, channels: channels.form",
                        "line 5, heardAt: heardAt.form",
                        "line 6, channels: channel.unknown",
                        "line 6, heardAt: heardAt.form",
                        "line 7, heardAt: heardAt.range",
                        "line 8: csv.fields",
                        "line 9, channels: channels.missing",
                        "line 11, number: number.twice"),
                problems.stream()
                        .map(problem -> problem.path() + ": " + problem.code())
                        .toList());
        assertTrue(problems.get(0).message().contains("from 1 to 10, was '11'"), problems.toString());
    }

    @Example
    void takesNoColumnInWhichSomethingPersonalCouldStand() {
        assertEquals(
                List.of("'phone' is no column; the columns are [number, interview, heardInTime, channels, heardAt]"),
                wrongCsv("phone," + HEADER + "13800000000,1,no,,,\n").stream()
                        .map(SurveyProblem::message)
                        .toList());
        assertEquals("csv.column", wrongCsv("number,interview\n1,no\n").get(0).code());
        assertEquals("csv", wrongCsv(HEADER + "1,\"no,,,\n").get(0).code());
        assertEquals("answers.none", wrongCsv(HEADER).get(0).code());
        assertEquals("answers.none", wrongCsv("").get(0).code());
    }

    @Example
    void readsJsonAndSaysWhatIsWrongByItsPlace() throws Exception {
        SurveyAnswer one = new SurveyAnswer(7, SurveyAnswer.Interview.YES, false, List.of(), null);

        assertEquals(List.of(one), json("{\"number\":7,\"interview\":\"yes\",\"heardInTime\":false}"));
        assertEquals(List.of(one), json("{\"answers\":[{\"number\":7,\"interview\":\"yes\",\"heardInTime\":false}]}"));
        SurveyRefused refused = assertThrows(
                SurveyRefused.class,
                () -> json("{\"answers\":[{\"number\":\"7\",\"interview\":1,\"name\":\"王\"},"
                        + "{\"number\":1,\"interview\":\"yes\",\"heardInTime\":true,\"channels\":\"sms\"},3]}"));
        assertEquals(
                List.of(
                        "/answers/0/name field.unknown",
                        "/answers/0/number number.unknown",
                        "/answers/0/interview interview.unknown",
                        "/answers/1/channels channels.form",
                        "/answers/2 json"),
                refused.problems().stream()
                        .map(problem -> problem.path() + " " + problem.code())
                        .toList());
    }

    @Example
    void listsSoManyProblemsAndCountsTheRest() {
        List<SurveyProblem> problems = wrongCsv(HEADER + "0,no,,,\n".repeat(5_000));

        assertEquals(1_001, problems.size());
        assertEquals("and 4000 more, not listed", problems.get(1_000).message());
    }

    @Property(tries = 300)
    void takesAnyBytesWithoutHarm(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = (HEADER + "1,yes,yes,sms,2026-07-20T08:15:00+08:00\n2,no,,,\n").getBytes(UTF_8);
        for (int edits = random.nextInt(6); edits >= 0; edits--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try {
            reader().csv(bytes).forEach(answer -> assertTrue(answer.number() >= 1 && answer.number() <= 10));
        } catch (SurveyRefused refused) {
            assertTrue(!refused.problems().isEmpty());
        }
    }

    private static AnswerReader reader() {
        return new AnswerReader(10, SENT, SENT.plusSeconds(86_400));
    }

    private static List<SurveyAnswer> csv(String text) {
        return reader().csv(text.getBytes(UTF_8));
    }

    private static List<SurveyProblem> wrongCsv(String text) {
        return assertThrows(SurveyRefused.class, () -> csv(text)).problems();
    }

    private static List<SurveyAnswer> json(String text) throws Exception {
        return reader().json(new JsonMapper().readTree(text));
    }
}
