package org.tocsin.gateway.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.alert.Level;
import org.tocsin.gateway.approval.FieldChange.Field;
import org.tocsin.gateway.approval.WordChange.Kind;

class DifferenceTest {
    @ParameterizedTest
    @CsvSource({
        "降雨量将达100毫米以上,降雨量将达120毫米以上,降雨量将达[-100-][+120+]毫米以上",
        "请立即转移,请立即向高处转移,请立即[+向高处+]转移",
        "Move to high ground,Move up to high ground now,Move [+up +]to high ground[+ now+]",
        "3.5 m,3.7 m,[-3.5-][+3.7+] m",
        "'',新增,[+新增+]",
        "取消,'',[-取消-]",
        "一样,一样,一样"
    })
    void marksWhatCameAndWhatWent(String before, String after, String marked) {
        assertEquals(marked, marked(WordChange.between(before, after)));
    }

    @Test
    void putsBothVersionsTogetherAgainWhateverTheyHold() {
        List<String> texts = List.of(
                "",
                "<b>&amp;</b>",
                "é́",
                "😀😁 a\r\n\tb",
                "暴雨\u0000红色",
                "١٢٣ ٤",
                "a".repeat(30_000),
                "x y".repeat(9_000));
        for (String before : texts) {
            for (String after : texts) {
                List<WordChange> pieces = WordChange.between(before, after);
                assertEquals(before, without(pieces, Kind.INSERTED));
                assertEquals(after, without(pieces, Kind.DELETED));
            }
        }
    }

    @Test
    void namesEachFieldThatDiffersAndNoOther() {
        Warning before = warning(Sample.alert("A1"), Set.of("sms", "screen"));
        Warning after = warning(
                Sample.alert("A1").level(Level.II).headline("夏邑县气象台发布暴雨橙色预警").geocode("411426101000"),
                Set.of("sms", "email"));

        List<FieldChange> changes = Difference.between(before, after);

        assertEquals(
                List.of(Field.LEVEL, Field.HEADLINE, Field.PLACES, Field.CHANNELS),
                changes.stream().map(FieldChange::field).toList());
        assertEquals("[-I-][+II+]", marked(changes.get(0).pieces()));
        assertEquals("夏邑县气象台发布暴雨[-红-][+橙+]色预警", marked(changes.get(1).pieces()));
        assertEquals("zh-CN", changes.get(1).language());
        assertEquals("[-411426000000-][+411426101000+]", marked(changes.get(2).pieces()));
        assertEquals("[-screen-]sms[+email+]", marked(changes.get(3).pieces()));
    }

    @Test
    void findsNothingBetweenEqualVersions() {
        assertTrue(Difference.between(
                        warning(Sample.alert("A1"), Set.of("sms", "email")),
                        warning(Sample.alert("A1"), Set.of("email", "sms")))
                .isEmpty());
    }

    @Test
    void tellsShapesApartHoweverTheyAreWritten() {
        Warning before = warning(Sample.alert("A1").withCircle(), Set.of());
        Warning after = warning(Sample.alert("A1"), Set.of());

        assertEquals(
                "411426000000[-34.2,116.1 r 5.0 km-]",
                marked(Difference.between(before, after).get(0).pieces()));
    }

    @Test
    void showsALaterEndAsAWhole() {
        Warning before =
                warning(Sample.alert("A1").expires(OffsetDateTime.parse("2026-07-20T12:00:00+08:00")), Set.of());
        Warning after = warning(Sample.alert("A1"), Set.of());

        FieldChange change = Difference.between(before, after).get(0);

        assertEquals(Field.EXPIRES, change.field());
        assertEquals("[-2026-07-20T12:00+08:00-]", marked(change.pieces()));
    }

    private static String marked(List<WordChange> pieces) {
        return pieces.stream()
                .map(piece -> switch (piece.kind()) {
                    case SAME -> piece.text();
                    case DELETED -> "[-" + piece.text() + "-]";
                    case INSERTED -> "[+" + piece.text() + "+]";
                })
                .collect(Collectors.joining());
    }

    private static String without(List<WordChange> pieces, Kind kind) {
        return pieces.stream()
                .filter(piece -> piece.kind() != kind)
                .map(WordChange::text)
                .collect(Collectors.joining());
    }

    private static Warning warning(Sample sample, Set<String> channels) {
        return new Warning(
                "w1",
                "w1",
                null,
                "s",
                sample.build(),
                new byte[0],
                "application/cap+xml",
                "",
                WarningState.RETURNED,
                sample.level(),
                1,
                List.of(),
                List.of(),
                List.of("li"),
                List.of(),
                false,
                "residents",
                channels,
                null,
                Instant.EPOCH,
                null,
                null,
                null);
    }
}
