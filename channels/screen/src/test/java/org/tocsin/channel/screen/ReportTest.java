package org.tocsin.channel.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;

class ReportTest {
    private static @Nullable Report read(String json) {
        return Report.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Report valid(String json) {
        Report report = read(json);
        assertNotNull(report);
        return report;
    }

    @Test
    void readsWhatATerminalFinished() {
        assertEquals(
                new Report("w1.1", Evidence.DELIVERED, null, "finished", Instant.parse("2026-07-20T00:00:00Z")),
                valid("{\"version\":1,\"issue\":\"w1.1\",\"state\":\"finished\",\"code\":\"3\","
                        + "\"at\":\"2026-07-20T08:00:00+08:00\"}"));
    }

    @Test
    void startedIsNotFinished() {
        assertEquals(
                Evidence.IN_PROGRESS,
                valid("{\"version\":1,\"issue\":\"w\",\"state\":\"started\"}").evidence());
    }

    @Test
    void keepsTheTerminalsOwnCodeOfAFailure() {
        Report report = valid("{\"version\":1,\"issue\":\"w\",\"state\":\"failed\",\"code\":\"E3\"}");

        assertEquals("failed:E3", report.code());
        assertEquals(Reason.DEVICE_FAULT, report.reason());
    }

    @Test
    void keepsAnUnknownStateAsReceivedAndProvesNothingByIt() {
        Report report = valid("{\"version\":1,\"issue\":\"w\",\"state\":\"paused\"}");

        assertEquals("paused", report.code());
        assertEquals(Evidence.UNKNOWN, report.evidence());
    }

    @Test
    void aTimeThatCannotBeReadIsLeftOut() {
        assertNull(valid("{\"version\":1,\"issue\":\"w\",\"state\":\"started\",\"at\":\"soon\"}")
                .at());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{\"version\":2,\"issue\":\"w\",\"state\":\"finished\"}",
                "{\"version\":1,\"issue\":7,\"state\":\"finished\"}",
                "{\"version\":1,\"issue\":\"\",\"state\":\"finished\"}",
                "{\"version\":1,\"issue\":\"w\"}",
                "{\"version\":1,\"issue\":\"w\",\"state\":\"fin ished\"}",
                "{\"version\":1,\"issue\":\"w\",\"state\":\"a\\nb\"}",
                "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
            })
    void whatIsNoReportIsNone(String json) {
        assertNull(read(json));
    }
}
