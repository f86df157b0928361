package org.tocsin.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Info;
import org.tocsin.alert.Level;
import org.tocsin.alert.Status;

class TerminalCommandTest {
    private static final String PLATFORM = "41142600000000101010101";

    private static Map<String, Object> fields(Notice notice) {
        return TerminalCommand.fields(notice, PLATFORM, Map.of("own", "words"));
    }

    @Test
    void saysWhoSaysWhatAndUntilWhenInAFixedOrder() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("version", 1);
        expected.put("issue", "w1.1");
        expected.put("warning", "w1");
        expected.put("ebmId", PLATFORM + "20260720" + "3693");
        expected.put("msgType", "actual");
        expected.put("exercise", false);
        expected.put("senderName", "夏邑县气象台");
        expected.put("senderCode", "41142641600000");
        expected.put("sendTime", "2026-07-20T08:00:00+08:00");
        expected.put("eventType", "11B03");
        expected.put("severity", 1);
        expected.put("startTime", "2026-07-20T08:00:00+08:00");
        expected.put("endTime", "2036-01-01T08:00:00+08:00");
        expected.put("languageCode", "zho");
        expected.put("title", "夏邑县气象台发布暴雨红色预警[I级/特别严重]");
        expected.put("own", "words");
        expected.put("identifier", "41142641600000_20260720080000");
        expected.put("references", List.of());

        Map<String, Object> fields = fields(ChannelContract.notice(Status.ACTUAL, Map.of()));

        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(fields.entrySet()));
    }

    @Test
    void saysWhatIsAnExercise() {
        for (Status status : new Status[] {Status.EXERCISE, Status.TEST}) {
            Map<String, Object> fields = fields(ChannelContract.notice(status, Map.of()));

            assertEquals("exercise", fields.get("msgType"));
            assertEquals(true, fields.get("exercise"));
        }
    }

    @Test
    void saysWhatItCanOfAnInfoThatSaysLittle() {
        Notice full = ChannelContract.notice(Status.ACTUAL, Map.of());
        Info bare = Info.of(
                "x-unknown",
                full.info().categories(),
                "暴雨",
                full.info().urgency(),
                full.info().severity(),
                full.info().certainty(),
                List.of());

        Map<String, Object> fields = fields(new Notice(
                "w1", "w1.1", full.alert(), bare, Level.IV, new Message("x-unknown", Map.of()), Instant.EPOCH));

        assertEquals("暴雨", fields.get("title"));
        assertEquals("41142641600000", fields.get("senderName"));
        assertEquals("", fields.get("eventType"));
        assertEquals(4, fields.get("severity"));
        assertEquals("1970-01-01T08:00:00+08:00", fields.get("endTime"));
    }
}
