package org.tocsin.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttTopicsTest {
    @ParameterizedTest
    @CsvSource({
        "a/b/c, a/b/c, true",
        "a/+/c, a/b/c, true",
        "a/#, a/b/c, true",
        "a/#, a, true",
        "#, a/b, true",
        "+, a/b, false",
        "a/+, a, false",
        "a/b, a/b/c, false",
        "a/b/c, a/b, false",
        "a/+/c, a/b/d, false",
        "+/+, /b, true",
    })
    void filtersMatchAsMqttSays(String filter, String topic, boolean matches) {
        assertEquals(matches, MqttTopics.matches(filter, topic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "a/#/b", "a+/b", "#/a", "a/b#"})
    void wildcardsOutOfPlaceMakeNoFilter(String filter) {
        assertFalse(MqttTopics.isFilter(filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "+", "#", "a\nb", "a+b"})
    void aCodeThatIsNoWholeLevelIsNone(String code) {
        assertFalse(MqttTopics.isLevel(code));
    }

    @Test
    void aCodeCountsOnlyAsAWholeLevel() {
        assertTrue(MqttTopics.hasLevel("tocsin/screen/T-1/report", "T-1"));
        assertFalse(MqttTopics.hasLevel("tocsin/screen/T-11/report", "T-1"));
        assertFalse(MqttTopics.hasLevel("tocsin/screen/XT-1/report", "T-1"));
        assertFalse(MqttTopics.hasLevel("tocsin/screen/+/report", "T-1"));
    }

    @Test
    void aWordIsNarrowerThanAPlusAndThatThanAHash() {
        assertTrue(MqttTopics.isNarrower("a/b", "a/+"));
        assertTrue(MqttTopics.isNarrower("a/+", "a/#"));
        assertTrue(MqttTopics.isNarrower("a/b/#", "a/#"));
        assertFalse(MqttTopics.isNarrower("a/#", "a/b"));
    }

    @Test
    void theTerminalStandsAtTheFiltersFirstPlus() {
        assertEquals("T-1", MqttTopics.atFirstPlus("tocsin/screen/+/report", "tocsin/screen/T-1/report"));
        assertEquals("", MqttTopics.atFirstPlus("tocsin/#", "tocsin/screen/T-1/report"));
    }
}
