package org.tocsin.gateway.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.report.survey.SurveyProblem;

class SurveyWordsTest {
    private static final Phrases CHINESE = Phrases.in(Language.ZH_CN);

    @Test
    void saysPlaceRuleAndValueInThePagesLanguage() {
        SurveyProblem line = new SurveyProblem("line 7, interview", "interview.unknown", "must be …", List.of("maybe"));
        SurveyProblem head = new SurveyProblem("line 1", "csv.fields", "has …", List.of("3", "5"));
        SurveyProblem whole = new SurveyProblem("", "sample.tooLarge", "… would be drawn", List.of("90000", "50000"));
        SurveyProblem margin = new SurveyProblem("/marginOfError", "number.range", "…", List.of("0.005", "0.2", "-1"));

        assertEquals("第 7 行 interview：应为 yes、no、refused 或 notFound，这里是“maybe”", EvidencePages.said(CHINESE, line));
        assertEquals("第 1 行：有 3 栏，第一行有 5 栏", EvidencePages.said(CHINESE, head));
        assertEquals("要抽 90000 人，最多 50000 人：请放宽允许误差", EvidencePages.said(CHINESE, whole));
        assertEquals("允许误差应为 0.5 至 20 个百分点", EvidencePages.said(CHINESE, margin));
        assertTrue(EvidencePages.said(Phrases.in(Language.EN_US), line).startsWith("Line 7, interview: must be yes"));
    }

    @Test
    void aRuleWithoutWordsStaysAsProgramsGetIt() {
        assertEquals(
                "as it is", EvidencePages.said(CHINESE, new SurveyProblem("", "no.such.rule", "as it is", List.of())));
    }
}
