package org.tocsin.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that is malformed, of the wrong form, or means harm. */
@Timeout(20)
class HostileJsonTest {
    private static Reading.Faulty faulty(String body) {
        return Samples.faulty(Samples.JSON, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "{",
                "{\"identifier\":",
                "{'identifier': 'a'}",
                "{identifier: \"a\"}",
                "{\"a\": 1,}",
                "{\"a\": NaN}",
                "{\"a\": 01}",
                "{\"a\": \"\n\"}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"\\u12\"}",
                "// comment\n{}",
                "<alert/>",
                "{\"identifier\": \"a\u0000\"}"
            })
    void whatIsNotJsonIsRefused(String body) {
        Reading.Faulty faulty = faulty(body);
        assertEquals(400, faulty.status());
        assertEquals("not-json", faulty.problems().get(0).code(), faulty::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"alert\"", "7", "null", "true", "[{}]"})
    void whatIsNoObjectIsRefused(String body) {
        assertEquals(List.of("expected-object "), Samples.told(faulty(body).problems()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "x", "1", "]", ","})
    void nothingMayFollowTheObject(String rest) {
        Reading.Faulty faulty = faulty(Samples.smallJson() + rest);
        assertEquals(400, faulty.status());
        assertTrue(faulty.problems().get(0).code().matches("trailing-content|not-json"), faulty::toString);
    }

    @Test
    void aDepthBombIsNotJsonWhereItIsNotClosed() {
        for (String bomb : List.of("[".repeat(2_000_000), "{\"info\":".repeat(400_000), "[".repeat(99) + "}")) {
            Reading.Faulty faulty = faulty(bomb);
            assertEquals(400, faulty.status());
            assertEquals(List.of("not-json"), codes(faulty));
        }
    }

    @Test
    void aDepthBombIsALimitThatWasPassed() {
        for (String bomb : List.of(
                "[".repeat(1_000_000) + "]".repeat(1_000_000),
                "{\"x\":".repeat(400_000) + "\"\\\"}\"" + "}".repeat(400_000))) {
            Reading.Faulty faulty = faulty(bomb);
            assertEquals(422, faulty.status());
            assertEquals(List.of("too-deep"), codes(faulty));
        }
    }

    @Test
    void hugeNumbersAreRefusedQuickly() {
        String json = Samples.smallJson();
        for (String number : List.of("1e999999999", "9".repeat(900), "1E-999999999", "1.5e3")) {
            Reading.Faulty faulty = faulty(json.replace("\"areaDesc\"", "\"altitude\":" + number + ",\"areaDesc\""));
            assertEquals(List.of("number /info/0/area/0/altitude"), Samples.told(faulty.problems()));
        }
        assertEquals(
                400,
                faulty(json.replace("\"areaDesc\"", "\"altitude\":" + "9".repeat(900_000) + ",\"areaDesc\""))
                        .status());
    }

    @Test
    void millionsOfValuesAreALimitThatWasPassed() {
        Reading.Faulty faulty =
                faulty(Samples.smallJson().replace("\"circle\":[", "\"circle\":[" + "\"\",".repeat(900_000)));
        assertEquals(422, faulty.status());
        assertEquals(List.of("too-many-elements"), codes(faulty));
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                of("\"status\":\"Actual\"", "\"status\":\"Actual\",\"status\":\"Test\"", "duplicate-key /status"),
                of("\"status\":\"Actual\"", "\"status\":1", "expected-string /status"),
                of("\"status\":\"Actual\"", "\"status\":null", "expected-string /status"),
                of("\"status\":\"Actual\"", "\"status\":true", "expected-string /status"),
                of("\"status\":\"Actual\"", "\"status\":[\"Actual\"]", "expected-string /status"),
                of("\"status\":\"Actual\"", "\"status\":{\"a\":[1,{}]}", "expected-string /status"),
                of("\"status\":\"Actual\"", "\"status\":\"actual\"", "word /status"),
                of("\"status\":\"Actual\",", "", "missing /status"),
                of("\"status\"", "\"Status\"", "unknown-key /Status", "missing /status"),
                of("\"status\"", "\"a/b~c\":{\"x\":[[]]},\"status\"", "unknown-key /a~1b~0c"),
                of(
                        "\"category\":[\"Met\"]",
                        "\"category\":\"Met\"",
                        "expected-array /info/0/category",
                        "missing /info/0/category"),
                of("\"category\":[\"Met\"]", "\"category\":[]", "missing /info/0/category"),
                of(
                        "\"category\":[\"Met\"]",
                        "\"category\":[\"Met\",\"Wet\",1]",
                        "expected-string /info/0/category/2",
                        "word /info/0/category/1"),
                of("\"severity\":\"Extreme\"", "\"severity\":\"Red\"", "word /info/0/severity"),
                of("+08:00\",\"status", "Z\",\"status", "date-time /sent"),
                of("\"sent\":\"2026", "\"sent\":\"0000", "date-time /sent"),
                of("\"identifier\":\"a-1\"", "\"identifier\":\"a 1\"", "forbidden-character /identifier"),
                of("\"event\":\"暴雨\"", "\"event\":\"\\ud83d\"", "illegal-character /info/0/event"),
                of("\"event\":\"暴雨\"", "\"event\":\"\\ude00\\ud83d\"", "illegal-character /info/0/event"),
                of("\"event\":\"暴雨\"", "\"event\":\"a\\u0000b\"", "illegal-character /info/0/event"),
                of("\"event\":\"暴雨\"", "\"event\":\"\\uffff\"", "illegal-character /info/0/event"),
                of(
                        "\"polygon\":[\"34,115 34,116 35,116 34,115\"]",
                        "\"polygon\":[\"34,115\",\"x\"]",
                        "polygon-too-short /info/0/area/0/polygon/0",
                        "position /info/0/area/0/polygon/1"),
                of(
                        "\"polygon\":[\"34,115 34,116 35,116 34,115\"]",
                        "\"polygon\":[[34,115]]",
                        "expected-string /info/0/area/0/polygon/0"),
                of(
                        "{\"valueName\":\"EventCode\",\"value\":\"11B03\"}",
                        "\"11B03\"",
                        "expected-object /info/0/eventCode/0"),
                of("\"valueName\":\"EventCode\",", "", "missing /info/0/eventCode/0/valueName"),
                of(
                        "\"mimeType\":\"image/png\"",
                        "\"mimeType\":\"image/png\",\"size\":-3",
                        "number /info/0/resource/0/size"));
    }

    private static Arguments of(String from, String to, String... told) {
        return Arguments.of(from, to, List.of(told));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedWithCodeAndPointer(String from, String to, List<String> told) {
        String good = Samples.smallJson();
        assertTrue(good.contains(from), () -> from + " in " + good);
        assertEquals(told, Samples.told(faulty(good.replace(from, to)).problems()));
    }

    @Test
    void aSingleObjectWhereAnArrayBelongsIsNamed() {
        Reading.Faulty faulty = faulty("{\"info\": {\"category\": [\"Met\"]}}");
        assertTrue(
                faulty.problems().get(0).message().startsWith("info may repeat and must be an array, even of one"),
                faulty::toString);
        assertEquals("/info", faulty.problems().get(0).path());
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        Reading.Faulty faulty = Samples.faulty(
                Samples.read(Samples.JSON, Samples.smallJson().getBytes(java.nio.charset.Charset.forName("GBK"))));
        assertEquals("encoding", faulty.problems().get(0).code());
    }

    @Test
    void aByteOrderMarkIsTaken() {
        Samples.sound(Samples.read(Samples.JSON, ("\uFEFF" + Samples.smallJson()).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> codes(Reading.Faulty faulty) {
        return faulty.problems().stream().map(problem -> problem.code()).toList();
    }
}
