package org.tocsin.gateway.issue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Position;
import org.tocsin.gateway.issue.AreaText.Problem;
import org.tocsin.gateway.issue.AreaText.Rule;

class AreaTextTest {
    @Test
    void readsPolygonsAndCirclesALineEachWithWideSignsAndBlanks() {
        AreaText area = AreaText.read(
                "34.1,116.1 34.1,116.2 34.2,116.2\n\n 34.15， 116.15 2.5公里\r\n34.1,116.1;34.1,116.2；34.2,116.2 34.1,116.1");

        assertEquals(List.of(), area.problems());
        assertEquals(2, area.polygons().size());
        assertEquals(area.polygons().get(0), area.polygons().get(1), "an open ring is closed");
        assertEquals(List.of(new Circle(new Position(34.15, 116.15), 2.5)), area.circles());
        assertEquals(area, AreaText.read(area.lines()));
    }

    @Test
    void saysAllThatIsWrongAtOnceEachWithItsPlaceRuleAndValue() {
        AreaText area = AreaText.read(
                "34.1,116.1 116.2,34.1 34.2,x\n34.1,116.1 0\n34.1,116.1 34.1,116.2\n95,200 1,1 2,2\n34,181 1,1 2,2");

        assertEquals(
                List.of(
                        new Problem(1, 2, Rule.SWAPPED, "116.2,34.1"),
                        new Problem(1, 3, Rule.POSITION, "34.2,x"),
                        new Problem(2, 2, Rule.RADIUS, "0"),
                        new Problem(3, 0, Rule.FEW, "2"),
                        new Problem(4, 1, Rule.LATITUDE, "95,200"),
                        new Problem(5, 1, Rule.LONGITUDE, "34,181")),
                area.problems());
    }

    @Test
    void keepsARingThatCrossesItselfForMendingAndSaysWhere() {
        AreaText area = AreaText.read("34,116 34.2,116.2 34,116.2 34.2,116");

        assertEquals(1, area.polygons().size());
        assertEquals(List.of(new Problem(1, 1, Rule.CROSSING, "34.10000,116.10000")), area.problems());
        assertTrue(List.of(Rule.CROSSING, Rule.FLAT)
                .contains(AreaText.read("34,116 34.1,116.1 34.2,116.2")
                        .problems()
                        .get(0)
                        .rule()));
    }

    @Test
    void readsGeoJsonWithTheLongitudeFirst() {
        String ring = "[[116.1,34.1],[116.2,34.1],[116.2,34.2],[116.1,34.1]]";
        AreaText lines = AreaText.read("34.1,116.1 34.1,116.2 34.2,116.2");

        for (String json : List.of(
                "{\"type\":\"Polygon\",\"coordinates\":[" + ring + "]}",
                "{\"type\":\"MultiPolygon\",\"coordinates\":[[" + ring + "]]}",
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" + ring + "]}}",
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
                        + "{\"type\":\"Polygon\",\"coordinates\":[" + ring + "]}}]}",
                ring,
                "[" + ring + "]")) {
            assertEquals(lines, AreaText.read(json), json);
        }
    }

    @Test
    void saysWhatIsWrongWithGeoJson() {
        assertEquals(Rule.JSON, rule("{\"type\":"));
        assertEquals(Rule.JSON, rule("{} {}"));
        assertEquals(Rule.JSON, rule("{\"a\":".repeat(50) + "1" + "}".repeat(50)));
        assertEquals(Rule.GEOMETRY, rule("{\"type\":\"Point\",\"coordinates\":[1,2]}"));
        assertEquals(Rule.GEOMETRY, rule("{}"));
        assertEquals(
                Rule.HOLE, rule("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9]],[[1,1],[2,1],[2,2]]]}"));
        assertEquals(Rule.POSITION, rule("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[\"9\",0],[9,9]]]}"));
        assertEquals(Rule.SWAPPED, rule("{\"type\":\"Polygon\",\"coordinates\":[[[34,116],[1,0],[9,9]]]}"));
        assertEquals(Rule.FEW, rule("{\"type\":\"Polygon\",\"coordinates\":[]}"));
    }

    @Test
    void takesSoMuchAndNoMore() {
        String many = "34,116 ".repeat(20_000);

        assertEquals(Rule.FEW, rule(many), "one place however often");
        assertEquals(Rule.MUCH, rule("x".repeat(AreaText.LONGEST + 1)));
        assertEquals(Rule.MUCH, rule("34,116 1\n".repeat(AreaText.MOST_SHAPES + 1)));
        StringBuilder corners = new StringBuilder();
        for (int corner = 0; corner <= AreaText.MOST_POSITIONS; corner++) {
            corners.append(34 + corner / 10_000.0).append(",116 ");
        }
        assertEquals(Rule.MUCH, rule(corners.toString()));
        assertTrue(AreaText.read("x\n".repeat(50_000)).problems().size() <= 100);
    }

    @Property(tries = 300)
    void neverFailsWhateverIsPasted(@ForAll String text) {
        AreaText area = AreaText.read(text);

        assertTrue(text.isBlank() == area.isEmpty() || !text.isBlank());
        assertTrue(area.problems().stream()
                .allMatch(problem -> problem.line() >= 1 && problem.value().length() <= 60));
    }

    private static Rule rule(String text) {
        return AreaText.read(text).problems().get(0).rule();
    }
}
