package org.tocsin.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.wording.Segments.Alphabet;

class SegmentsTest {
    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "70,1", "71,2", "134,2", "135,3", "201,3", "202,4"})
    void countsChinese(int characters, int segments) {
        assertEquals(new Segments(Alphabet.UCS_2, characters, segments).count(), count("雨".repeat(characters)));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "160,1", "161,2", "306,2", "307,3", "459,3", "460,4"})
    void countsGsm(int characters, int segments) {
        assertEquals(new Segments(Alphabet.GSM_7, characters, segments), Segments.of("a".repeat(characters)));
    }

    @Test
    void countsAnEscapedCharacterAsTwoSeptets() {
        assertEquals(new Segments(Alphabet.GSM_7, 160, 1), Segments.of("€".repeat(80)));
        assertEquals(new Segments(Alphabet.GSM_7, 162, 2), Segments.of("[".repeat(81)));
    }

    @Test
    void doesNotPartAnEscapeBetweenSegments() {
        assertEquals(3, count("a".repeat(152) + "€" + "a".repeat(151) + "€"));
    }

    @Test
    void doesNotPartASurrogatePairBetweenSegments() {
        assertEquals(2, count("雨".repeat(66) + "🌧" + "雨".repeat(65)));
        assertEquals(3, count("雨".repeat(66) + "🌧" + "雨".repeat(66)));
    }

    @Test
    void takesOneForeignCharacterForTheWholeText() {
        assertEquals(Alphabet.UCS_2, Segments.of("a".repeat(100) + "’").alphabet());
        assertEquals(2, count("a".repeat(100) + "’"));
    }

    @Property
    void neverNeedsFewerSegmentsForALongerText(@ForAll String text, @ForAll char more) {
        int segments = count(text);
        int longer = count(text + more);
        org.junit.jupiter.api.Assertions.assertTrue(segments >= 1 && longer >= segments);
    }

    private static int count(String text) {
        return Segments.of(text).count();
    }

    @Property
    void partsTogetherAreTheTextAndAsManyAsAreCounted(@ForAll String text) {
        assertEquals(text, String.join("", Segments.parts(text)));
        assertEquals(Segments.of(text).count(), Segments.parts(text).size());
        assertEquals(
                count(text + "雨".repeat(200)),
                Segments.parts(text + "雨".repeat(200)).size());
    }
}
