package org.tocsin.gateway.report.survey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.coverage.SurveySize;
import org.tocsin.gateway.registry.MemoryRegistryStore;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.report.paper.Harmless;

class SampleSheetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "＝1+1",
                "＋1",
                "－1",
                "＠SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\n1",
                "\t1",
                "  =1",
                "\u3000＝1",
                "\uFEFF=1",
                "\u00A0+1",
                "\u200B-1"
            })
    void whatASpreadsheetTakesForAFormulaStandsBehindAnApostrophe(String text) {
        assertEquals("'" + text, Harmless.text(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "王村", "A-1", "1=1", " 王村", "'=1"})
    void otherTextsStandAsTheyAre(String text) {
        assertEquals(text, Harmless.text(text));
    }

    @Test
    void namesOfPlacesAreMadeHarmlessAndQuoted() {
        SurveyPlan plan = new SurveyPlan(
                "w1",
                new SurveyRequest(
                        SurveyRequest.Frame.HOUSEHOLDS,
                        new SurveySize(0.05, SurveySize.Confidence.P95, 0.5, 1, 1),
                        "s"),
                Instant.EPOCH,
                "auditor",
                1,
                List.of(new SurveyPlan.Stratum("990101001000", "＝一乡", 400, 400, 1, 1)),
                List.of());

        byte[] sheet = SampleSheet.write(
                plan,
                List.of(new SampleDraw.Drawn(1, "990101001000", "990101001001", "\n=HYPERLINK(\"x\",\"y\")", -1)),
                Registry.open(new MemoryRegistryStore()).people(),
                true);

        assertEquals(
                List.of(
                        "\uFEFFnumber,township,townshipName,village,villageName",
                        "1,990101001000,'＝一乡,990101001001,\"'\n=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
                        ""),
                List.of(new String(sheet, UTF_8).split("\r\n", -1)));
    }
}
