package org.tocsin.gateway.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntranceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/console/",
                "//evil.example/console/",
                "/console//evil.example",
                "/console/\\evil.example",
                "/consolex",
                "/console/\r\nSet-Cookie: a=b",
                "javascript:alert(1)",
                "",
                "/api/v1/warnings"
            })
    void leadsNowhereButToTheConsole(String path) {
        assertEquals("/console/", Entrance.ownPath(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/console/warnings/w-1/report", "/console/reports?year=2026&level=I,II"})
    void leadsBackToAPageOfTheConsole(String path) {
        assertEquals(path, Entrance.ownPath(path));
    }
}
