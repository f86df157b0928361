package org.tocsin.wording;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.channel.Message;

class WordingPropertiesTest {
    private static final List<String> PIECES = List.of(
            "雨",
            "请马上转移。",
            "，",
            "。",
            "word ",
            "🌧",
            "👨‍👩‍👧",
            "👍🏽",
            "e\u0301",
            "\u0301",
            "\uD83C",
            "\uDF27",
            "\r\n",
            "\u0000",
            "\u202E",
            "\u200B",
            "<b>",
            "&",
            "$1",
            "\\",
            "{level}",
            "{issuer}",
            "1234567",
            "12.5%",
            " ",
            "x".repeat(90));

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(400).map(pieces -> String.join("", pieces));
    }

    @Property(tries = 150)
    void neverExceedsALimitNorSplitsACharacter(
            @ForAll("texts") String event,
            @ForAll("texts") String issuer,
            @ForAll("texts") String description,
            @ForAll("texts") String instruction,
            @ForAll Level level,
            @ForAll boolean chinese,
            @ForAll boolean exercise) {
        Issues base = chinese ? Issues.chinese(level) : Issues.english(level);
        Issues issue = base.of(event, "11B03")
                .by(issuer)
                .headed(description)
                .saying(description, instruction)
                .as(exercise ? MsgType.UPDATE : MsgType.ALERT)
                .with(exercise ? Status.EXERCISE : Status.ACTUAL);
        for (String channel : Issues.CHANNELS) {
            Message message = issue.on(channel);
            WordingTest.assertFits(channel, message, WordingSettings.standard(), channel + message.parts());
            assertTrue(
                    Issues.all(message).contains(Catalogue.of(issue.language()).level(level)),
                    channel + message.parts());
            for (Map.Entry<String, String> part : message.parts().entrySet()) {
                assertWhole(part.getValue());
            }
        }
    }

    @Property(tries = 1000)
    void cutsOnlyBetweenCharacters(@ForAll("texts") String text, @ForAll("limits") int most) {
        String plain = Plain.line(text);
        String cut = Cut.to(plain, part -> part.length() <= most);

        assertTrue(cut.length() <= most);
        assertWhole(cut);
    }

    @Property(tries = 500)
    void wrapsWithinTheWidthAndLosesNothing(@ForAll("texts") String text) {
        String plain = Plain.line(text);
        List<String> lines = new Columns(16).wrap(plain);

        lines.forEach(line -> assertTrue(Columns.width(line) <= 16 && !line.isBlank(), line));
        org.junit.jupiter.api.Assertions.assertEquals(
                plain.replace(" ", ""), String.join("", lines).replace(" ", ""));
        lines.forEach(WordingPropertiesTest::assertWhole);
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.integers().between(4, 300);
    }

    private static void assertWhole(String text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            assertFalse(Character.isISOControl(unit) && unit != '\n', "control in " + text);
            if (Character.isHighSurrogate(unit)) {
                assertTrue(index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1)), text);
                index++;
            } else {
                assertFalse(Character.isLowSurrogate(unit), text);
            }
        }
    }
}
