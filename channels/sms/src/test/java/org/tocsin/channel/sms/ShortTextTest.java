package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortTextTest {
    @ParameterizedTest
    @CsvSource({"雨,1,1", "雨,70,1", "雨,71,2", "雨,134,2", "雨,135,3", "a,160,1", "a,161,2", "a,306,2", "a,307,3", "€,80,1"
    })
    void countsSegments(String character, int times, int segments) {
        assertEquals(
                segments, ShortText.of(character.repeat(times), 1).segments().size());
    }

    @Test
    void usesTheAlphabetOfGsmWhereAllCharactersAreInIt() {
        ShortText text = ShortText.of("@£ Hello {1}€\n", 1);

        assertEquals(0, text.dataCoding());
        assertArrayEquals(
                HexFormat.of().parseHex("0001" + "20" + "48656c6c6f" + "20" + "1b28" + "31" + "1b29" + "1b65" + "0a"),
                text.segments().get(0));
    }

    @Test
    void usesUcs2WhereOneCharacterIsNotInTheAlphabet() {
        ShortText text = ShortText.of("Rain 雨", 1);

        assertEquals(8, text.dataCoding());
        assertArrayEquals(
                "Rain 雨".getBytes(StandardCharsets.UTF_16BE), text.segments().get(0));
    }

    @Test
    void numbersItsSegmentsInTheHeader() {
        ShortText text = ShortText.of("雨".repeat(140), 0x1FE);

        assertTrue(text.isConcatenated());
        for (int i = 0; i < 3; i++) {
            byte[] segment = text.segments().get(i);
            assertEquals(
                    "050003fe030" + (i + 1), HexFormat.of().formatHex(segment).substring(0, 12));
            assertTrue(segment.length <= 140);
        }
    }

    @Test
    void aWholeTextHasNoHeader() {
        assertFalse(ShortText.of("雨".repeat(70), 1).isConcatenated());
        assertEquals(140, ShortText.of("雨".repeat(70), 1).segments().get(0).length);
    }

    @ParameterizedTest
    @CsvSource({"152", "151", "150"})
    void doesNotTearAnEscapedCharacter(int before) {
        ShortText text = ShortText.of("a".repeat(before) + "€".repeat(40), 1);

        for (byte[] segment : text.segments()) {
            assertTrue(segment.length <= 6 + 153);
            assertFalse(segment[segment.length - 1] == 0x1B, "an escape at the end");
        }
    }

    @ParameterizedTest
    @CsvSource({"66", "65", "64"})
    void doesNotTearACharacterOutsideTheBasicPlane(int before) {
        String whole = "雨".repeat(before) + "🌧".repeat(30);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();

        for (byte[] segment : ShortText.of(whole, 1).segments()) {
            byte[] units = java.util.Arrays.copyOfRange(segment, 6, segment.length);
            assertFalse(
                    new String(units, StandardCharsets.UTF_16BE).contains("\uFFFD"), "half a character in a segment");
            joined.writeBytes(units);
        }

        assertEquals(whole, joined.toString(StandardCharsets.UTF_16BE));
    }
}
