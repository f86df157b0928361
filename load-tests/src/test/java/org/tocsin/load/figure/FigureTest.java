package org.tocsin.load.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheMiddleTwo() {
        assertEquals(new Spread(2, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
        assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0, 3.0)));
        assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Spread.of(Double.NaN));
    }

    @Test
    void theRatioIsTheMedianOfTheRunsRatios() {
        Figure figure = Figure.bounded("s", "f", "u", List.of(1.0, 10.0, 3.0), List.of(2.0, 100.0, 4.0))
                .withPeer(List.of(1.0, 10.0, 3.0), List.of(1.0, 1.0, 1.0));

        Double toBound = assertNotNullValue(figure.ratioToBound());
        assertEquals(0.5, toBound);
        assertEquals(3.0, assertNotNullValue(figure.ratioToPeer()));
        assertThrows(
                IllegalArgumentException.class, () -> Figure.bounded("s", "f", "u", List.of(1.0), List.of(1.0, 2.0)));
    }

    @Test
    void thereIsNoRatioToNothing() {
        assertNull(Figure.bounded("s", "f", "u", List.of(1.0), List.of(0.0)).ratioToBound());
        assertNull(Figure.once("s", "f", "u", 1).ratioToPeer());
    }

    @Test
    void theJsonHasTheNamesThatStay() throws IOException {
        Figure figure = Figure.bounded("whole-path", "throughput", "persons/s", List.of(123456.789), List.of(200000.0));

        JsonNode json = new JsonMapper().readTree(FigureJson.write(List.of(figure)));

        JsonNode one = json.path("figures").path(0);
        assertEquals(
                List.of(
                        "scenario",
                        "name",
                        "unit",
                        "median",
                        "min",
                        "max",
                        "bound",
                        "peer",
                        "ratioToBound",
                        "ratioToPeer"),
                one.properties().stream().map(Map.Entry::getKey).toList());
        assertEquals("whole-path", one.path("scenario").asText());
        assertEquals(123457, one.path("median").asDouble());
        assertEquals(200000, one.path("bound").asDouble());
        assertTrue(one.path("peer").isNull());
        assertTrue(one.path("ratioToPeer").isNull());
        assertEquals(0.617284, one.path("ratioToBound").asDouble());
    }

    @Test
    void theTableHasRatiosFirstAndSaysWhatIsMissing() {
        Results results = new Results();
        results.add(Figure.bounded("s", "throughput", "1/s", List.of(50_000.0, 60_000.0), List.of(1e5, 1e5)));
        results.notMeasured("kannel", "is not installed");

        List<String> lines = Table.write(results).lines().toList();

        assertTrue(lines.get(0).stripLeading().startsWith("ratio"));
        assertTrue(lines.get(1).stripLeading().startsWith("0.55"), lines.get(1));
        assertTrue(lines.get(1).contains("55,000 [50,000-60,000]"), lines.get(1));
        assertEquals("not measured: kannel: is not installed", lines.get(2));
    }

    @Test
    void thePageEscapesWhatItIsGivenAndNeedsNothingFromOutside() {
        Results results = new Results();
        results.add(Figure.once("<script>alert(1)</script>", "a&b", "\"u\"", 1));
        results.notMeasured("<b>", "it's");
        results.plot(
                "s",
                new Plot(
                        "\"><script>",
                        "<x>",
                        "<y>",
                        Plot.Scale.LINEAR,
                        List.of(new Plot.Line("<line>", List.of(new Plot.Point(0, 0), new Plot.Point(1, 2))))));

        String page = Page.write(results, Map.of("<fact>", "&"));

        assertFalse(page.contains("<script"));
        assertFalse(page.contains("<fact>"));
        assertTrue(page.contains("a&amp;b"));
        assertTrue(page.contains("it&#39;s"));
        assertFalse(page.contains("http:"));
        assertFalse(page.contains("src="));
        assertFalse(page.contains("href="));
        assertFalse(page.contains("url("));
    }

    @Test
    void anEmptyPlotAndALogarithmicOneAreDrawn() {
        Plot empty = new Plot("t", "x", "y", Plot.Scale.LINEAR, List.of(new Plot.Line("l", List.of())));
        Plot logarithmic = new Plot(
                "t",
                "x",
                "y",
                Plot.Scale.LOGARITHMIC,
                List.of(new Plot.Line("l", List.of(new Plot.Point(1e5, 0), new Plot.Point(1e7, 3e3)))));

        assertTrue(Drawing.svg(empty).contains("nothing was recorded"));
        assertFalse(Drawing.svg(logarithmic).contains("NaN"));
        assertFalse(Drawing.svg(logarithmic).contains("Infinity"));
    }

    @Test
    void latenciesGiveSharesThatSumToAll() {
        Latencies latencies = new Latencies();
        for (int at = 1; at <= 1000; at++) {
            latencies.record(at * 1_000_000L);
        }

        double sum =
                latencies.line("l").points().stream().mapToDouble(Plot.Point::y).sum();

        assertEquals(100, sum, 0.01);
        assertEquals(500, latencies.millis(50), 10);
        assertEquals(1000, latencies.count());
    }

    private static Double assertNotNullValue(@org.jspecify.annotations.Nullable Double value) {
        assertNotNull(value);
        return value;
    }
}
