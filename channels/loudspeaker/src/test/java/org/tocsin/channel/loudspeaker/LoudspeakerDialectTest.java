package org.tocsin.channel.loudspeaker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.Status;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Reason;
import org.tocsin.channel.TerminalReport;

class LoudspeakerDialectTest {
    private final LoudspeakerDialect dialect =
            new LoudspeakerDialect("test", LoudspeakerSettings.read(new LinkSettings("test", Map.of())));

    private @Nullable TerminalReport read(String json) {
        return dialect.report(json.getBytes(UTF_8));
    }

    @Test
    void writesTheSameCommandByteForByte() {
        String command =
                new String(dialect.command(ChannelContract.notice(Status.ACTUAL, Map.of("script", "请立即转移"))), UTF_8);

        assertEquals(
                "{\"version\":1,\"issue\":\"w1.1\",\"warning\":\"w1\","
                        + "\"ebmId\":\"40000000000000101010101202607203693\",\"msgType\":\"actual\",\"exercise\":false,"
                        + "\"senderName\":\"夏邑县气象台\",\"senderCode\":\"41142641600000\","
                        + "\"sendTime\":\"2026-07-20T08:00:00+08:00\",\"eventType\":\"11B03\",\"severity\":1,"
                        + "\"startTime\":\"2026-07-20T08:00:00+08:00\",\"endTime\":\"2036-01-01T08:00:00+08:00\","
                        + "\"languageCode\":\"zho\",\"title\":\"夏邑县气象台发布暴雨红色预警[I级/特别严重]\","
                        + "\"script\":\"请立即转移\",\"volume\":100,\"times\":3,"
                        + "\"identifier\":\"41142641600000_20260720080000\",\"references\":[]}",
                command);
    }

    @Test
    void hasTopicsOfItsOwn() {
        assertEquals("tocsin/loudspeaker/+/report", dialect.reports());
        assertEquals("tocsin/loudspeaker/T1/command", dialect.commandTopic("T1"));
        assertEquals("tocsin/loudspeaker/T1/report", dialect.reportTopic("T1"));
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, IN_PROGRESS, , accepted",
        "started, IN_PROGRESS, , started",
        "finished, DELIVERED, , finished",
        "failed, FAILED, DEVICE_FAULT, failed:E3",
        "cancelled, FAILED, DROPPED, cancelled",
        "paused, UNKNOWN, , paused",
    })
    void keepsApartWhatTheStatesProve(String state, Evidence evidence, @Nullable Reason reason, String code) {
        TerminalReport report = read("{\"version\":1,\"issue\":\"w\",\"state\":\"" + state + "\",\"code\":\"E3\"}");

        assertEquals(new TerminalReport("w", evidence, reason, code, null), report);
    }

    @Test
    void readsWhen() {
        TerminalReport report = read(
                "{\"version\":1,\"issue\":\"w\",\"state\":\"finished\"," + "\"at\":\"2026-07-20T08:00:00+08:00\"}");

        assertNotNull(report);
        assertEquals("2026-07-20T00:00:00Z", String.valueOf(report.at()));
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
                "{\"version\":1,\"issue\":\"w\"}",
                "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
            })
    void whatIsNoReportIsNone(String json) {
        assertNull(read(json));
    }
}
