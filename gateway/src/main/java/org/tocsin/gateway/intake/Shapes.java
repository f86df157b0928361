package org.tocsin.gateway.intake;

import static org.tocsin.gateway.intake.Complaints.show;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import org.tocsin.alert.Circle;
import org.tocsin.alert.Polygon;
import org.tocsin.alert.Position;

/** CAP's shapes: positions are {@code latitude,longitude} in WGS 84, blanks between them. */
final class Shapes {
    private static final int LONGEST_NUMBER = 64;
    private static final double METRES = 1_000;

    /** A closed ring of at least four positions; one complaint for each ring, at its first fault. */
    static final Syntax POLYGON = Shapes::polygon;

    /** A position and a radius in kilometres. */
    static final Syntax CIRCLE = (text, at, complaints) -> circle(text, 1, at, complaints);

    /** A position and a radius in metres, as 12379's alerts have it. */
    static final Syntax CIRCLE_IN_METRES = (text, at, complaints) -> circle(text, METRES, at, complaints);

    private Shapes() {}

    private static @Nullable Polygon polygon(String text, Element at, Complaints complaints) {
        List<Position> positions = new ArrayList<>();
        StringTokenizer pairs = new StringTokenizer(text);
        while (pairs.hasMoreTokens()) {
            String pair = pairs.nextToken();
            Position position = position(pair);
            if (position == null) {
                complaints.add(
                        at,
                        "position",
                        "position " + (positions.size() + 1) + " of polygon must be latitude,longitude within -90 to 90"
                                + " and -180 to 180, was " + show(pair));
                return null;
            }
            positions.add(position);
        }
        if (positions.size() < 4) {
            complaints.add(at, "polygon-too-short", "polygon must have at least 4 positions, has " + positions.size());
            return null;
        }
        if (!positions.get(0).equals(positions.get(positions.size() - 1))) {
            complaints.add(
                    at,
                    "polygon-open",
                    "polygon must end where it begins, begins at " + show(write(positions.get(0))) + " and ends at "
                            + show(write(positions.get(positions.size() - 1))));
            return null;
        }
        return new Polygon(positions);
    }

    private static @Nullable Circle circle(String text, double unitsInKilometre, Element at, Complaints complaints) {
        String[] parts = text.strip().split("\\s+", -1);
        if (parts.length != 2) {
            complaints.add(at, "circle", "circle must be a position, a blank and a radius, was " + show(text.strip()));
            return null;
        }
        Position centre = position(parts[0]);
        if (centre == null) {
            complaints.add(
                    at,
                    "position",
                    "the centre of circle must be latitude,longitude within -90 to 90 and -180 to 180, was "
                            + show(parts[0]));
        }
        double radius = number(parts[1]);
        if (!(radius >= 0)) {
            complaints.add(at, "radius", "the radius of circle must be a number, 0 or more, was " + show(parts[1]));
        }
        return centre == null || !(radius >= 0) ? null : new Circle(centre, radius / unitsInKilometre);
    }

    private static @Nullable Position position(String pair) {
        int comma = pair.indexOf(',');
        if (comma < 0) {
            return null;
        }
        double latitude = number(pair.substring(0, comma));
        double longitude = number(pair.substring(comma + 1));
        boolean onEarth = latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
        return onEarth ? new Position(latitude, longitude) : null;
    }

    /** A decimal number without exponent, or NaN where the text is none. */
    private static double number(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return Double.NaN;
        }
        boolean digit = false;
        boolean point = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if (c == '.' && !point) {
                point = true;
            } else if (!(i == 0 && (c == '-' || c == '+'))) {
                return Double.NaN;
            }
        }
        // adding zero makes the negative zero a positive one, so that equal places are equal
        return digit ? Double.parseDouble(text) + 0.0 : Double.NaN;
    }

    static String write(Position position) {
        return Numbers.plain(position.latitude()) + "," + Numbers.plain(position.longitude());
    }

    static String write(Polygon polygon) {
        StringBuilder text = new StringBuilder(polygon.positions().size() * 20);
        for (Position position : polygon.positions()) {
            text.append(text.isEmpty() ? "" : " ").append(write(position));
        }
        return text.toString();
    }

    static String write(Circle circle) {
        return write(circle.centre()) + " " + Numbers.plain(circle.radiusKilometres());
    }
}
