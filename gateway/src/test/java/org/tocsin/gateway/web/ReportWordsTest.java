package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Reason;
import org.tocsin.gateway.report.document.ChineseWords;

class ReportWordsTest {
    @Test
    void theConsoleAndThePaperHaveTheSameWords() {
        for (Reason reason : Reason.values()) {
            String paper = ChineseWords.reason(reason.label());
            assertTrue(ReportWords.reason(reason.label()).startsWith(paper + " "), paper);
        }
        for (String channel : List.of("sms", "loudspeaker", "screen", "wechat", "app", "email", "relay")) {
            String paper = ChineseWords.channel(channel);
            assertTrue(Words.channel(channel).startsWith(paper + " "), paper);
        }
        assertEquals("other", ChineseWords.channel("other"));
    }
}
