package org.tocsin.gateway.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;

/**
 * What was drawn, typed or pasted as an area: one polygon or circle a line, or GeoJSON.
 *
 * <p>A line with three or more positions {@code latitude,longitude} is a polygon, closed if it is open; one with a
 * position and a number is a circle with its radius in kilometres. Signs and commas may be the wide Chinese ones. A
 * text that begins with a brace is GeoJSON (RFC 7946, longitude first). A ring that crosses itself is read, so that it
 * can be drawn and mended, and is a problem.
 *
 * @param polygons what could be read, those with a crossing too
 * @param circles what could be read
 * @param problems all that is wrong
 */
public record AreaText(List<Polygon> polygons, List<Circle> circles, List<Problem> problems) {
    /** The longest text, in characters. */
    public static final int LONGEST = 200_000;

    /** The most positions of all polygons together: more is for a system's interface, not for a form. */
    public static final int MOST_POSITIONS = 5_000;

    /** The most polygons and circles together. */
    public static final int MOST_SHAPES = 50;

    /** The largest radius, in kilometres: more than a province is across. */
    public static final double LARGEST_RADIUS = 500;

    /** No area. */
    public static final AreaText EMPTY = new AreaText(List.of(), List.of(), List.of());

    /** Square degrees, about a square metre: less is a line that rounding has bent. */
    private static final double SMALLEST = 1e-10;

    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    /** What can be wrong. */
    public enum Rule {
        /** Something is no number, or no position. */
        POSITION,
        /** The latitude is not within -90 to 90. */
        LATITUDE,
        /** The longitude is not within -180 to 180. */
        LONGITUDE,
        /** The longitude comes first. */
        SWAPPED,
        /** Fewer than three different corners. */
        FEW,
        /** The radius is no number over 0 and up to {@link #LARGEST_RADIUS}. */
        RADIUS,
        /** The edge crosses or touches another of the same ring; the value is where. */
        CROSSING,
        /** It encloses nothing. */
        FLAT,
        /** It is not JSON. */
        JSON,
        /** A kind of geometry that is no area. */
        GEOMETRY,
        /** A polygon with a hole, which CAP cannot say. */
        HOLE,
        /** Too many shapes or positions, or too long a text. */
        MUCH;

        /** The word for it, such as {@code crossing}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something wrong.
     *
     * @param line the line, from 1; of GeoJSON the number of the shape
     * @param position the position in it, from 1; 0 where the whole is meant
     * @param rule what is wrong
     * @param value what stands there, at most 60 characters
     */
    public record Problem(int line, int position, Rule rule, String value) {
        /** Shortens the value. */
        public Problem {
            value = value.length() <= 60 ? value : value.substring(0, 59) + "…";
        }
    }

    /** Copies the lists. */
    public AreaText {
        polygons = List.copyOf(polygons);
        circles = List.copyOf(circles);
        problems = List.copyOf(problems);
    }

    /** Reads a text; what cannot be read becomes problems, all of them. */
    public static AreaText read(String text) {
        if (text.length() > LONGEST) {
            return new AreaText(
                    List.of(), List.of(), List.of(new Problem(1, 0, Rule.MUCH, String.valueOf(text.length()))));
        }
        Reading reading = new Reading();
        String stripped = text.strip();
        if (stripped.startsWith("{") || stripped.startsWith("[{") || stripped.startsWith("[[")) {
            new GeoJsonArea(reading).read(stripped);
        } else {
            reading.lines(text);
        }
        return reading.done();
    }

    /** Whether nothing is there. */
    public boolean isEmpty() {
        return polygons.isEmpty() && circles.isEmpty() && problems.isEmpty();
    }

    /** What could be read, as lines of text. */
    public String lines() {
        StringBuilder lines = new StringBuilder();
        polygons.forEach(polygon -> {
            List<Position> open =
                    polygon.positions().subList(0, polygon.positions().size() - 1);
            open.forEach(position ->
                    lines.append(position.equals(open.get(0)) ? "" : " ").append(written(position)));
            lines.append('\n');
        });
        circles.forEach(circle -> lines.append(written(circle.centre()))
                .append(' ')
                .append(number(circle.radiusKilometres()))
                .append('\n'));
        return lines.toString();
    }

    /** A position as {@code latitude,longitude}. */
    static String written(Position position) {
        return number(position.latitude()) + "," + number(position.longitude());
    }

    private static String number(double value) {
        return new java.math.BigDecimal(Double.toString(value))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** What was read so far. */
    static final class Reading {
        private final List<Polygon> polygons = new ArrayList<>();
        private final List<Circle> circles = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private int positions;

        AreaText done() {
            if (positions > MOST_POSITIONS || polygons.size() + circles.size() > MOST_SHAPES) {
                return new AreaText(
                        List.of(),
                        List.of(),
                        List.of(new Problem(
                                1,
                                0,
                                Rule.MUCH,
                                positions > MOST_POSITIONS
                                        ? String.valueOf(positions)
                                        : String.valueOf(polygons.size() + circles.size()))));
            }
            return new AreaText(polygons, circles, problems.subList(0, Math.min(problems.size(), 100)));
        }

        void problem(int line, int position, Rule rule, String value) {
            problems.add(new Problem(line, position, rule, value));
        }

        void lines(String text) {
            int line = 0;
            for (String each : text.split("\\r\\n|\\n|\\r", -1)) {
                line++;
                String plain = each.replace('，', ',')
                        .replace('；', ' ')
                        .replace(';', ' ')
                        .replace('。', '.')
                        .replaceAll("\\s*,\\s*", ",")
                        .replaceAll("[\\s\\u3000]+", " ")
                        .strip();
                if (!plain.isEmpty()) {
                    line(line, plain.split(" ", -1));
                }
            }
        }

        private void line(int line, String[] parts) {
            if (parts.length == 2 && parts[0].indexOf(',') >= 0 && parts[1].indexOf(',') < 0) {
                Position centre = position(line, 1, parts[0]);
                double radius = decimal(parts[1].replaceAll("(?i)(km|公里|千米)$", ""));
                if (!(radius > 0 && radius <= LARGEST_RADIUS)) {
                    problem(line, 2, Rule.RADIUS, parts[1]);
                } else if (centre != null) {
                    circles.add(new Circle(centre, radius));
                }
                return;
            }
            List<Position> ring = new ArrayList<>();
            boolean sound = true;
            for (int at = 0; at < parts.length; at++) {
                Position position = position(line, at + 1, parts[at]);
                sound &= position != null;
                if (position != null) {
                    ring.add(position);
                }
            }
            if (sound) {
                ring(line, ring);
            }
        }

        private @Nullable Position position(int line, int place, String part) {
            int comma = part.indexOf(',');
            double latitude = comma < 0 ? Double.NaN : decimal(part.substring(0, comma));
            double longitude = comma < 0 ? Double.NaN : decimal(part.substring(comma + 1));
            return position(line, place, latitude, longitude, part);
        }

        @Nullable
        Position position(int line, int place, double latitude, double longitude, String value) {
            Rule rule = null;
            if (Double.isNaN(latitude) || Double.isNaN(longitude)) {
                rule = Rule.POSITION;
            } else if (Math.abs(latitude) > 90) {
                rule = Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90 ? Rule.SWAPPED : Rule.LATITUDE;
            } else if (Math.abs(longitude) > 180) {
                rule = Rule.LONGITUDE;
            }
            if (rule != null) {
                problem(line, place, rule, value);
                return null;
            }
            // Adding zero makes the negative zero a positive one, so that equal places are equal.
            return new Position(latitude + 0.0, longitude + 0.0);
        }

        /** Takes a ring, open or closed. */
        void ring(int line, List<Position> given) {
            List<Position> ring = new ArrayList<>();
            for (Position position : given) {
                if (ring.isEmpty() || !ring.get(ring.size() - 1).equals(position)) {
                    ring.add(position);
                }
            }
            if (ring.size() > 1 && ring.get(0).equals(ring.get(ring.size() - 1))) {
                ring.remove(ring.size() - 1);
            }
            positions += ring.size();
            if (ring.stream().distinct().count() < 3) {
                problem(
                        line,
                        0,
                        Rule.FEW,
                        String.valueOf(ring.stream().distinct().count()));
                return;
            }
            ring.add(ring.get(0));
            polygons.add(new Polygon(ring));
            if (positions <= MOST_POSITIONS) {
                check(line, ring);
            }
        }

        private void check(int line, List<Position> ring) {
            Coordinate[] corners = ring.stream()
                    .map(position -> new Coordinate(position.longitude(), position.latitude()))
                    .toArray(Coordinate[]::new);
            org.locationtech.jts.geom.Polygon polygon = GEOMETRY.createPolygon(corners);
            TopologyValidationError error = new IsValidOp(polygon).getValidationError();
            if (error != null) {
                Coordinate at = error.getCoordinate();
                problem(line, edgeAt(corners, at), Rule.CROSSING, String.format(Locale.ROOT, "%.5f,%.5f", at.y, at.x));
            } else if (!(polygon.getArea() > SMALLEST)) {
                problem(line, 0, Rule.FLAT, "");
            }
        }

        /** The first edge that goes through a place, by the position where it begins, from 1. */
        private static int edgeAt(Coordinate[] corners, Coordinate place) {
            int nearest = 1;
            double least = Double.MAX_VALUE;
            for (int at = 0; at < corners.length - 1; at++) {
                double distance =
                        org.locationtech.jts.algorithm.Distance.pointToSegment(place, corners[at], corners[at + 1]);
                if (distance < least - 1e-12) {
                    least = distance;
                    nearest = at + 1;
                }
            }
            return nearest;
        }

        private static double decimal(String text) {
            return text.matches("[+-]?([0-9]{1,4}(\\.[0-9]{0,20})?|\\.[0-9]{1,20})")
                    ? Double.parseDouble(text)
                    : Double.NaN;
        }
    }
}
