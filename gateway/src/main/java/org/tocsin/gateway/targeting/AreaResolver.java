package org.tocsin.gateway.targeting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Area;
import org.tocsin.alert.NamedValue;
import org.tocsin.alert.Position;
import org.tocsin.gateway.registry.People;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.registry.Terminal;
import org.tocsin.gateway.targeting.TargetProblem.Why;

/**
 * Reads the areas of one content. What is unknown goes to the list of problems; geocodes of other schemes are passed
 * over where the area says in another way where it is.
 */
final class AreaResolver {
    private static final int CORNERS_ASKED = 16;

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
        Map<Integer, List<Shape>> doubtful = new LinkedHashMap<>();
        if (areas.isEmpty()) {
            unknown(-1, Why.INVALID, "", "the content has no area");
        }
        for (int place = 0; place < areas.size(); place++) {
            Area area = areas.get(place);
            boolean coded = codes(place, area, whole);
            List<Geometry> geometries = shapes(place, area);
            boolean isDrawn = !area.polygons().isEmpty() || !area.circles().isEmpty();
            if (!coded && !isDrawn) {
                unknown(
                        place,
                        area.geocodes().isEmpty() ? Why.INVALID : Why.DIVISION,
                        area.areaDesc(),
                        "the area has no polygon, circle or division code that is read here");
            } else if (!coded && !geometries.isEmpty()) {
                if (geometries.stream().noneMatch(this::hasCornerInVillage)) {
                    List<Shape> shapes = geometries.stream()
                            .map(geometry -> new Shape(geometry, Shape.COARSE))
                            .toList();
                    if (shapes.stream().noneMatch(this::isVillage)) {
                        doubtful.put(place, shapes);
                    }
                }
            }
            drawn.addAll(geometries);
        }
        unknown(areas, doubtful);
        return new Ground(whole, union(drawn));
    }

    private Geometry union(List<Geometry> drawn) {
        try {
            Geometry all = AreaShapes.union(drawn);
            Intricacy.ofRays(all);
            return all;
        } catch (Intricacy.TooIntricate refused) {
            unknown(-1, Why.INTRICATE, "the content's areas", String.valueOf(refused.getMessage()));
            return AreaShapes.union(List.of());
        }
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
                unknown(place, Why.DIVISION, geocode.value(), "the geocode is empty");
            }
            any = true;
            for (String code : codes) {
                String prefix = Geocodes.prefix(code);
                RoaringBitmap under = prefix.isEmpty()
                        ? new RoaringBitmap()
                        : registry.divisions().villagesUnder(prefix);
                if (prefix.isEmpty()) {
                    unknown(place, Why.DIVISION, code, "a division's code is 6, 9 or 12 digits");
                } else if (under.isEmpty()) {
                    unknown(place, Why.DIVISION, code, "no village of this division is known here");
                }
                whole.or(under);
            }
        }
        return any;
    }

    private List<Geometry> shapes(int place, Area area) {
        List<Geometry> shapes = new ArrayList<>();
        different(area.polygons()).forEach(polygon -> add(shapes, place, area, () -> AreaShapes.of(polygon)));
        different(area.circles()).forEach(circle -> add(shapes, place, area, () -> AreaShapes.of(circle)));
        return shapes;
    }

    /** Each but once; to hash the thousands of positions of a single one would be for nothing. */
    private static <T> Collection<T> different(List<T> list) {
        return list.size() < 2 ? list : new LinkedHashSet<>(list);
    }

    private void add(List<Geometry> shapes, int place, Area area, Supplier<Geometry> shape) {
        try {
            shapes.add(shape.get());
        } catch (Intricacy.TooIntricate refused) {
            unknown(place, Why.INTRICATE, area.areaDesc(), String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException refused) {
            unknown(place, Why.INVALID, area.areaDesc(), String.valueOf(refused.getMessage()));
        }
    }

    /** Whether one of some corners lies in a village, as is so of nearly all that is drawn; else who knows. */
    private boolean hasCornerInVillage(Geometry geometry) {
        Coordinate[] corners = geometry.getCoordinates();
        int step = Math.max(1, corners.length / CORNERS_ASKED);
        for (int at = 0; at < corners.length; at += step) {
            for (int village : registry.divisions().villagesNear(new Envelope(corners[at]))) {
                Geometry boundary = registry.divisions().village(village).boundary();
                if (boundary != null && SimplePointInAreaLocator.locate(corners[at], boundary) != Location.EXTERIOR) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the shape meets a village; most hold some village's corner, and this is soon found out. */
    private boolean isVillage(Shape shape) {
        List<Geometry> near = new ArrayList<>();
        for (int village : registry.divisions().villagesNear(shape.box())) {
            Geometry boundary = registry.divisions().village(village).boundary();
            if (boundary != null) {
                Coordinate corner = boundary.getCoordinate();
                if (shape.contains(corner.x, corner.y)) {
                    return true;
                }
                near.add(boundary);
            }
        }
        // Prepared once: else a shape of many corners around all villages would be walked along for each of them.
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(shape.geometry());
        return near.stream().anyMatch(prepared::intersects);
    }

    /** Tells those areas unknown in which no terminal and nobody is; all of them with one look at the people. */
    private void unknown(List<Area> areas, Map<Integer, List<Shape>> doubtful) {
        for (Terminal terminal : registry.terminals().present()) {
            Position position = terminal.position();
            if (position != null && !doubtful.isEmpty()) {
                doubtful.values().removeIf(shapes -> hold(shapes, position.longitude(), position.latitude()));
            }
        }
        Envelope box = new Envelope();
        doubtful.values().forEach(shapes -> shapes.forEach(shape -> box.expandToInclude(shape.box())));
        People people = registry.people();
        for (IntIterator each = people.positioned().getIntIterator(); !doubtful.isEmpty() && each.hasNext(); ) {
            int person = each.next();
            double longitude = people.longitude(person);
            double latitude = people.latitude(person);
            if (box.contains(longitude, latitude)) {
                doubtful.values().removeIf(shapes -> hold(shapes, longitude, latitude));
            }
        }
        doubtful.keySet()
                .forEach(place -> unknown(
                        place,
                        Why.NOWHERE,
                        areas.get(place).areaDesc(),
                        "no village, person or terminal is known there"));
    }

    private static boolean hold(List<Shape> shapes, double longitude, double latitude) {
        for (Shape shape : shapes) {
            if (shape.contains(longitude, latitude)) {
                return true;
            }
        }
        return false;
    }

    private void unknown(int place, Why why, @Nullable String value, String reason) {
        problems.add(new TargetProblem.UnknownArea(content, place, why, cut(value == null ? "" : value), reason));
    }

    private static String cut(String value) {
        return value.length() <= 64 ? value : value.substring(0, 63) + "…";
    }
}
