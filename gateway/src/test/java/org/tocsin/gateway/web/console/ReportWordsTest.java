package org.tocsin.gateway.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.report.UnreachedPersons;
import org.tocsin.gateway.report.document.ChineseWords;
import org.tocsin.gateway.report.export.ReportDesk;

class ReportWordsTest {
    private static final Phrases CHINESE = Phrases.in(Language.ZH_CN);

    @Test
    void theConsoleAndThePaperHaveTheSameWords() {
        for (Reason reason : Reason.values()) {
            assertEquals(ChineseWords.reason(reason.label()), TroubleView.reason(reason.label(), CHINESE));
        }
        for (String channel : List.of("sms", "loudspeaker", "screen", "wechat", "app", "email", "relay", "other")) {
            assertEquals(ChineseWords.channel(channel), TroubleView.channel(channel, CHINESE));
        }
    }

    @Test
    void everyTableAndEveryCauseHasWords() {
        ReportDesk.issueTables().forEach(table -> assertTrue(CHINESE.has("report.table." + table), table));
        ReportDesk.periodTables().forEach(table -> assertTrue(CHINESE.has("report.table." + table), table));
        for (UnreachedPersons.Cause cause : UnreachedPersons.Cause.values()) {
            assertTrue(CHINESE.has("audit.cause." + cause.word()), cause.word());
            assertTrue(CHINESE.has("report.cause." + cause.word()), cause.word());
        }
    }

    @Test
    void saysMeasuredTimesInOneUnit() {
        assertEquals("0.8 秒", Durations.words(CHINESE, 0.8));
        assertEquals("119.9 秒", Durations.words(CHINESE, 119.9));
        assertEquals("2.0 分", Durations.words(CHINESE, 120.0));
        assertEquals("2.0 h", Durations.words(Phrases.in(Language.EN_US), 7200.0));
        assertEquals("未达到", Durations.words(CHINESE, null));
    }
}
