package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Area;
import org.tocsin.alert.Circle;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;
import org.tocsin.gateway.registry.Divisions;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.Terminal;

/**
 * Reads the areas of one content. What is unknown goes to the list of problems; geocodes of other schemes are passed
 * over where the area says in another way where it is.
 */
final class AreaResolver {
    private final TargetingSettings settings;
    private final RegistryView registry;
    private final int content;
    private final List<TargetProblem> problems;

    AreaResolver(TargetingSettings settings, RegistryView registry, int content, List<TargetProblem> problems) {
        this.settings = settings;
        this.registry = registry;
        this.content = content;
        this.problems = problems;
    }

    /**
     * Where contents hold.
     *
     * @param whole the villages named by codes
     * @param drawn the union of polygons and circles; empty where there are none
     */
    record Ground(RoaringBitmap whole, Geometry drawn) {
        static Ground union(List<Ground> grounds) {
            return new Ground(
                    RoaringBitmap.or(grounds.stream().map(Ground::whole).iterator()),
                    AreaShapes.union(grounds.stream()
                            .map(Ground::drawn)
                            .filter(drawn -> !drawn.isEmpty())
                            .toList()));
        }
    }

    Ground resolve(List<Area> areas) {
        RoaringBitmap whole = new RoaringBitmap();
        List<Geometry> drawn = new ArrayList<>();
        if (areas.isEmpty()) {
            problems.add(new TargetProblem.UnknownArea(content, -1, "", "the content has no area"));
        }
        for (int place = 0; place < areas.size(); place++) {
            Area area = areas.get(place);
            boolean coded = codes(place, area, whole);
            List<Geometry> shapes = shapes(place, area);
            boolean isDrawn = !area.polygons().isEmpty() || !area.circles().isEmpty();
            if (!coded && !isDrawn) {
                unknown(place, area.areaDesc(), "the area has no polygon, circle or division code that is read here");
            } else if (!coded && !shapes.isEmpty() && shapes.stream().noneMatch(this::isKnown)) {
                unknown(place, area.areaDesc(), "no village, person or terminal is known there");
            }
            drawn.addAll(shapes);
        }
        return new Ground(whole, AreaShapes.union(drawn));
    }

    /** Adds the villages of an area's codes; whether there were any codes that are read here. */
    private boolean codes(int place, Area area, RoaringBitmap whole) {
        boolean any = false;
        for (NamedValue geocode : area.geocodes()) {
            if (!settings.accepts(geocode.valueName())) {
                continue;
            }
            List<String> codes = Geocodes.split(geocode.value());
            if (codes.isEmpty()) {
                unknown(place, geocode.value(), "the geocode is empty");
            }
            any = true;
            for (String code : codes) {
                String prefix = Geocodes.prefix(code);
                RoaringBitmap under = prefix.isEmpty()
                        ? new RoaringBitmap()
                        : registry.divisions().villagesUnder(prefix);
                if (prefix.isEmpty()) {
                    unknown(place, code, "a division's code is 6, 9 or 12 digits");
                } else if (under.isEmpty()) {
                    unknown(place, code, "no village of this division is known here");
                }
                whole.or(under);
            }
        }
        return any;
    }

    private List<Geometry> shapes(int place, Area area) {
        List<Geometry> shapes = new ArrayList<>();
        for (Polygon polygon : area.polygons()) {
            try {
                shapes.add(AreaShapes.of(polygon));
            } catch (IllegalArgumentException refused) {
                unknown(place, area.areaDesc(), String.valueOf(refused.getMessage()));
            }
        }
        for (Circle circle : area.circles()) {
            try {
                shapes.add(AreaShapes.of(circle));
            } catch (IllegalArgumentException refused) {
                unknown(place, area.areaDesc(), String.valueOf(refused.getMessage()));
            }
        }
        return shapes;
    }

    private boolean isKnown(Geometry shape) {
        Divisions divisions = registry.divisions();
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(shape);
        for (int village : divisions.villagesNear(shape.getEnvelopeInternal())) {
            Geometry boundary = divisions.village(village).boundary();
            if (boundary != null && prepared.intersects(boundary)) {
                return true;
            }
        }
        Shape asked = new Shape(shape);
        for (Terminal terminal : registry.terminals().all()) {
            Position position = terminal.position();
            if (position != null && asked.contains(position.longitude(), position.latitude())) {
                return true;
            }
        }
        People people = registry.people();
        for (IntIterator each = people.positioned().getIntIterator(); each.hasNext(); ) {
            int person = each.next();
            if (asked.contains(people.longitude(person), people.latitude(person))) {
                return true;
            }
        }
        return false;
    }

    private void unknown(int place, @Nullable String value, String reason) {
        problems.add(new TargetProblem.UnknownArea(content, place, cut(value == null ? "" : value), reason));
    }

    private static String cut(String value) {
        return value.length() <= 64 ? value : value.substring(0, 63) + "…";
    }
}
