package org.tocsin.gateway.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTypesTest {
    @Test
    void theTableIsWhole() {
        assertEquals(384, EventTypes.standard().size());
    }

    @ParameterizedTest
    @CsvSource({"11B03,暴雨事件", "00000,测试专用", "11A51,山洪灾害事件", "11B20,雷雨大风", "11E06,海浪", "19000,其它突发事件"})
    void codesHaveNames(String code, String name) {
        assertEquals(Optional.of(name), EventTypes.standard().name(code));
    }

    @Test
    void privateCodesAreNotKnown() {
        assertTrue(EventTypes.standard().name("11B73").isEmpty());
    }
}
