package org.tocsin.gateway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.coverage.AnswerRate;

class AnswerAskedTest {
    @Test
    void aTextAsksWhenItSaysSo() {
        for (String text : List.of("请各责任人收到后回复1", "请确认收到", "Please reply 1", "You are asked to confirm")) {
            assertTrue(SummaryMaker.asks(text), text);
        }
        for (String text : List.of("请勿回复", "请勿直接回复", "恢复供电", "It was confirmed that the dam holds")) {
            assertFalse(SummaryMaker.asks(text), text);
        }
    }

    @Test
    void whereNobodyWasAskedThereIsNoRateAndNotZero() {
        IssueSummary asked = Summaries.of("w1", Summaries.SIGNED, 1);

        assertEquals(0.25, asked.answering().share());
        AnswerRate none = Summaries.unasked(asked).answering();
        assertEquals(new AnswerRate(0, 0), none);
        assertNull(none.share());
        assertEquals("nobodyAsked", none.noShare());
    }
}
