package org.tocsin.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TermsTest {
    @Test
    void theyAreReadFromTheLinksSettings() {
        LinkSettings settings =
                new LinkSettings("cmpp-1", Map.of("provider", "cmcc", "operator", "mobile", "price", "35"));

        assertEquals(new Terms("cmcc", "mobile", 35), Terms.read(settings));
        settings.check();
    }

    @Test
    void aLinkThatSaysNothingReachesAllForNothingUnderItsOwnName() {
        assertEquals(new Terms("cmpp-1", "any", 0), Terms.read(new LinkSettings("cmpp-1", Map.of())));
    }

    @Test
    void anUnknownOperatorAndANegativePriceAreToldTogether() {
        LinkSettings settings = new LinkSettings("cmpp-1", Map.of("operator", "cmcc", "price", "-1"));
        Terms.read(settings);

        InvalidSettings refused = assertThrows(InvalidSettings.class, settings::check);

        assertTrue(String.valueOf(refused.getMessage()).contains("operator"), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains("price"), refused.getMessage());
    }

    @Test
    void anExtensionIsDigitsAlone() {
        assertThrows(IllegalArgumentException.class, () -> new Manner(false, Manner.Encoding.FITTING, "12a"));
        assertEquals("", new Message("zh-CN", Map.of("text", "暴雨")).manner().extension());
    }
}
