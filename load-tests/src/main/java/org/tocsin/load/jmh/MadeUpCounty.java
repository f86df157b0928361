package org.tocsin.load.jmh;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.tocsin.alert.Area;
import org.tocsin.alert.Category;
import org.tocsin.alert.Certainty;
import org.tocsin.alert.Content;
import org.tocsin.alert.Info;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;
import org.tocsin.alert.Severity;
import org.tocsin.alert.Urgency;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.RegistryWriter;
import org.tocsin.gateway.registry.SyntheticCounty;
import org.tocsin.gateway.registry.Terminals;

/** The synthetic county's divisions with as many people as are wanted, and areas of it. */
final class MadeUpCounty {
    static final String CODE = "411426000000";

    private MadeUpCounty() {}

    static RegistryView view(long seed, int people, boolean withPositions) {
        Registry registry = Registry.open(new NothingKept());
        try (RegistryWriter writer = registry.writer()) {
            new SyntheticCounty(seed, SyntheticCounty.FEWEST, 0.9).writeTo(writer);
        }
        RegistryView small = registry.view();
        return new RegistryView(
                small.generation(),
                small.divisions(),
                new MadeUpPeople(seed, people, small.divisions(), withPositions),
                new Terminals(List.of()),
                small.audiences());
    }

    static List<Content> contents(Area area) {
        return List.of(new Content(List.of(Info.of(
                "zh-CN",
                List.of(Category.MET),
                "暴雨",
                Urgency.IMMEDIATE,
                Severity.EXTREME,
                Certainty.LIKELY,
                List.of(area)))));
    }

    static Area codes(String codes) {
        return new Area(
                "codes", List.of(), List.of(), List.of(new NamedValue("CPEAS Geographic Code", codes)), null, null);
    }

    /** A star of so many points around the county's middle, over about half of it. */
    static Area star(Divisions divisions, int points) {
        Envelope all = new Envelope();
        for (int village = 0; village < divisions.villages(); village++) {
            Geometry boundary = divisions.village(village).boundary();
            if (boundary != null) {
                all.expandToInclude(boundary.getEnvelopeInternal());
            }
        }
        List<Position> positions = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            double angle = 2 * Math.PI * point / points;
            double reach = 0.36 + 0.06 * Math.sin(12 * angle) + (point % 2 == 0 ? 0.004 : -0.004);
            positions.add(new Position(
                    all.centre().y + reach * all.getHeight() * Math.sin(angle),
                    all.centre().x + reach * all.getWidth() * Math.cos(angle)));
        }
        positions.add(positions.get(0));
        return new Area("drawn", List.of(new Polygon(positions)), List.of(), List.of(), null, null);
    }
}
