package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.List;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Urgency;

/** Contents of warnings for tests. */
final class Contents {
    private Contents() {}

    static Content of(Severity severity, Area... areas) {
        return new Content(List.of(Info.of(
                "zh-CN", List.of(Category.MET), "暴雨", Urgency.IMMEDIATE, severity, Certainty.LIKELY, List.of(areas))));
    }

    static Area codes(String codes) {
        return new Area(
                "codes", List.of(), List.of(), List.of(new NamedValue("CPEAS Geographic Code", codes)), null, null);
    }

    static Area named(String valueName, String codes) {
        return new Area("codes", List.of(), List.of(), List.of(new NamedValue(valueName, codes)), null, null);
    }

    static Area polygon(double... longitudesAndLatitudes) {
        List<Position> positions = new ArrayList<>();
        for (int place = 0; place < longitudesAndLatitudes.length; place += 2) {
            positions.add(new Position(longitudesAndLatitudes[place + 1], longitudesAndLatitudes[place]));
        }
        positions.add(positions.get(0));
        return new Area("drawn", List.of(new Polygon(positions)), List.of(), List.of(), null, null);
    }

    static Area box(double west, double south, double east, double north) {
        return polygon(west, south, east, south, east, north, west, north);
    }

    static Area circle(double longitude, double latitude, double kilometres) {
        return new Area(
                "circle",
                List.of(),
                List.of(new Circle(new Position(latitude, longitude), kilometres)),
                List.of(),
                null,
                null);
    }
}
