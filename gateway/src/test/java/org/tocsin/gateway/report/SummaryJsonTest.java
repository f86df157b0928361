package org.tocsin.gateway.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tocsin.gateway.coverage.AnswerRate;
import org.tocsin.gateway.coverage.Figures;
import org.tocsin.gateway.coverage.Verdict;

class SummaryJsonTest {
    @Test
    void readsWhatItWroteWithoutLoss() {
        IssueSummary summary = Summaries.of("w1", Summaries.SIGNED, 743);

        assertEquals(summary, SummaryJson.read(SummaryJson.write(summary)));
        assertEquals(summary.villages(), SummaryJson.readVillages(SummaryJson.writeVillages(summary.villages())));
    }

    @Test
    void keepsSumsToTheLastBit() {
        IssueSummary one = Summaries.of("w1", Summaries.SIGNED, 3);
        Figures figures = new Figures(0.1 + 0.2, 1e-9, 1.0 / 3, Math.PI, 1e15 + 0.5);
        IssueSummary.Village village = new IssueSummary.Village("411426100001", "\"村\\", figures, true, false, 0, 0);

        IssueSummary read = SummaryJson.read(SummaryJson.write(one.withVillages(java.util.List.of(village), 2)));

        assertEquals(figures, read.villages().get(0).figures());
        assertEquals("\"村\\", read.villages().get(0).name());
        assertEquals(2, read.villagesLeftOut());
    }

    @Test
    void aCountyOf743VillagesFitsWhole() {
        IssueSummary summary = Summaries.of("w1", Summaries.SIGNED, 743);

        assertTrue(SummaryJson.write(summary).length < 75_000, () -> SummaryJson.write(summary).length + " bytes");
        assertEquals(summary, SummaryJson.fitted(summary));
    }

    @Test
    void ofTooManyVillagesThoseWithTheMostPersonsToGoStay() {
        IssueSummary summary = Summaries.of("w1", Summaries.SIGNED, 2900);

        IssueSummary fitted = SummaryJson.fitted(summary);

        assertTrue(SummaryJson.write(fitted).length <= SummaryJson.MOST_BYTES);
        assertTrue(SummaryJson.write(fitted).length > SummaryJson.MOST_BYTES - 1000, "no more than need be");
        assertEquals(2900, fitted.villages().size() + fitted.villagesLeftOut());
        assertEquals(summary.coverage(), fitted.coverage(), "the sums are those of all");
        assertTrue(
                fitted.villages().stream()
                        .sorted(Comparator.comparing(IssueSummary.Village::code))
                        .toList()
                        .equals(fitted.villages()),
                "in the order of their codes");
    }

    @Test
    void anIssueOfManyTownshipsAndAudiencesFitsToo() {
        IssueSummary county = Summaries.of("w1", Summaries.SIGNED, 2900);
        List<IssueSummary.Township> townships = new ArrayList<>();
        for (int number = 0; number < 2000; number++) {
            townships.add(new IssueSummary.Township(
                    "41142610" + number, "镇", new Figures(number, 0, 0, 0.123, 0), 1, 0, 0, 0));
        }

        IssueSummary fitted = SummaryJson.fitted(county.withTownships(townships, 0));

        assertTrue(SummaryJson.write(fitted).length <= SummaryJson.MOST_BYTES);
        assertEquals(List.of(), fitted.villages());
        assertEquals(2900, fitted.villagesLeftOut());
        assertTrue(fitted.townships().size() > 500, "no more than need be");
        assertEquals(2000, fitted.townships().size() + fitted.townshipsLeftOut());
        assertEquals(
                townships.get(1999), fitted.townships().get(fitted.townships().size() - 1), "the most to go");
    }

    /** What was kept once must be readable for years: a field that is added needs a default. */
    @Test
    void readsTheFirstFileOfVersion1() throws IOException {
        byte[] kept = Objects.requireNonNull(SummaryJsonTest.class.getResourceAsStream("summary-v1.json"))
                .readAllBytes();

        assertEquals(Summaries.asksNothing(Summaries.of("w1", Summaries.SIGNED, 3)), SummaryJson.read(kept));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThrows(SummaryJson.Unreadable.class, () -> SummaryJson.read("{\"version\":2}".getBytes(UTF_8)));
        assertThrows(SummaryJson.Unreadable.class, () -> SummaryJson.read("{\"version\":1}".getBytes(UTF_8)));
        assertThrows(SummaryJson.Unreadable.class, () -> SummaryJson.read("[".getBytes(UTF_8)));
        String written = new String(SummaryJson.write(Summaries.of("w1", Summaries.SIGNED, 1)), UTF_8);
        assertThrows(
                SummaryJson.Unreadable.class,
                () -> SummaryJson.read(
                        written.replace("2026-07-21T00:30:10.123Z", "yesterday").getBytes(UTF_8)));
        assertThrows(SummaryJson.Unreadable.class, () -> SummaryJson.readVillages("[[1]]".getBytes(UTF_8)));
    }

    @Test
    void saysHowItStands() {
        IssueSummary summary = Summaries.of("w1", Summaries.SIGNED, 30);

        assertEquals(Verdict.MISSED, summary.verdict());
        assertEquals(new AnswerRate(40, 10), summary.answering());
        assertEquals(false, summary.isDrill());
    }
}
