package org.tocsin.gateway.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/** Reads a GeoJSON FeatureCollection (RFC 7946) of polygons and multipolygons, feature by feature. */
final class BoundaryFile {
    /** Takes a feature's boundary. */
    interface Boundaries {
        /** A valid boundary of the code. */
        void boundary(long feature, String code, Geometry boundary);
    }

    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final JsonFactory JSON = new JsonFactory();
    private static final int DEEPEST = 4;
    private static final int PROGRESS_EVERY = 1000;

    private final ImportLimits limits;
    private final Tally tally;
    private final LongConsumer progress;
    private int points;

    BoundaryFile(ImportLimits limits, Tally tally, LongConsumer progress) {
        this.limits = limits;
        this.tally = tally;
        this.progress = progress;
    }

    void read(InputStream in, Boundaries each) throws IOException {
        boolean features = false;
        try (JsonParser json = JSON.createParser(new Bounded(in, limits.bytes()))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                tally.stop("is no GeoJSON object");
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("features") && value == JsonToken.START_ARRAY) {
                    features = true;
                    features(json, each);
                } else {
                    json.skipChildren();
                }
            }
        } catch (JsonProcessingException malformed) {
            tally.stop("is no JSON from here on: " + malformed.getOriginalMessage());
        } catch (TooLong tooLong) {
            tally.stop("the file is longer than " + limits.bytes() + " bytes; the rest was not read");
        }
        if (!features) {
            tally.stop("has no features: a FeatureCollection is wanted");
        }
        progress.accept(tally.lines());
    }

    private void features(JsonParser json, Boundaries each) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            tally.line();
            if (tally.lines() % PROGRESS_EVERY == 0) {
                progress.accept(tally.lines());
            }
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                refuse("feature", "", "is no object");
                continue;
            }
            feature(json, each);
        }
    }

    private void feature(JsonParser json, Boundaries each) throws IOException {
        String code = null;
        Shape shape = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("properties") && value == JsonToken.START_OBJECT) {
                code = code(json);
            } else if (name.equals("geometry") && value == JsonToken.START_OBJECT) {
                shape = shape(json);
            } else {
                json.skipChildren();
            }
        }
        if (code == null || !Division.isCode(code)) {
            refuse("code", code == null ? "" : code, "a property code of 12 digits is wanted");
            return;
        }
        try {
            each.boundary(tally.lines(), code, boundary(shape));
        } catch (IllegalArgumentException refused) {
            refuse("geometry", code, String.valueOf(refused.getMessage()));
        }
    }

    private static @Nullable String code(JsonParser json) throws IOException {
        String code = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("code") && value.isScalarValue()) {
                code = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return code;
    }

    /**
     * A geometry as it stands.
     *
     * @param type the member type; empty where it is missing
     * @param coordinates lists of lists of numbers; null where they are missing or something else
     */
    private record Shape(String type, @Nullable Object coordinates) {}

    private Shape shape(JsonParser json) throws IOException {
        String type = "";
        Object coordinates = null;
        points = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = json.getText();
            } else if (name.equals("coordinates") && value == JsonToken.START_ARRAY) {
                coordinates = array(json, 1);
            } else {
                json.skipChildren();
            }
        }
        return new Shape(type, coordinates);
    }

    /** Reads an array of arrays or numbers; null where it is something else, too deep, or has too many points. */
    private @Nullable Object array(JsonParser json, int depth) throws IOException {
        List<Object> inner = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        boolean good = depth <= DEEPEST;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_ARRAY && good && points <= limits.boundaryPoints()) {
                Object one = array(json, depth + 1);
                good = one != null;
                inner.add(one == null ? List.of() : one);
            } else if (json.currentToken().isNumeric() && numbers.size() < 4) {
                numbers.add(json.getDoubleValue());
            } else {
                good = false;
                json.skipChildren();
            }
        }
        if (!good || (!numbers.isEmpty() && !inner.isEmpty())) {
            return null;
        }
        if (numbers.isEmpty()) {
            return inner;
        }
        points++;
        return numbers.size() < 2 ? null : new Coordinate(numbers.get(0), numbers.get(1));
    }

    private Geometry boundary(@Nullable Shape shape) {
        if (shape == null) {
            throw new IllegalArgumentException("is missing");
        }
        if (points > limits.boundaryPoints()) {
            throw new IllegalArgumentException("has more than " + limits.boundaryPoints() + " points");
        }
        if (shape.coordinates == null) {
            throw new IllegalArgumentException("its coordinates are no arrays of numbers as RFC 7946 has them");
        }
        Geometry boundary =
                switch (shape.type) {
                    case "Polygon" -> polygon(shape.coordinates);
                    case "MultiPolygon" ->
                        GEOMETRY.createMultiPolygon(list(shape.coordinates).stream()
                                .map(BoundaryFile::polygon)
                                .toArray(Polygon[]::new));
                    default -> throw new IllegalArgumentException("must be a Polygon or MultiPolygon");
                };
        if (boundary.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        TopologyValidationError error = new IsValidOp(boundary).getValidationError();
        if (error != null) {
            throw new IllegalArgumentException("is not valid: " + error.getMessage() + " at longitude "
                    + error.getCoordinate().x + ", latitude " + error.getCoordinate().y);
        }
        return boundary;
    }

    private static Polygon polygon(Object rings) {
        List<?> all = list(rings);
        if (all.isEmpty()) {
            return GEOMETRY.createPolygon();
        }
        LinearRing shell = ring(all.get(0));
        LinearRing[] holes =
                all.subList(1, all.size()).stream().map(BoundaryFile::ring).toArray(LinearRing[]::new);
        return GEOMETRY.createPolygon(shell, holes);
    }

    private static LinearRing ring(Object positions) {
        List<Coordinate> ring = new ArrayList<>();
        for (Object position : list(positions)) {
            if (!(position instanceof Coordinate coordinate)) {
                throw new IllegalArgumentException("its coordinates are nested to another depth than its type's");
            }
            if (!(Math.abs(coordinate.x) <= 180 && Math.abs(coordinate.y) <= 90)) {
                throw new IllegalArgumentException("longitude is -180 to 180, latitude -90 to 90, longitude first; was "
                        + coordinate.x + ", " + coordinate.y);
            }
            ring.add(coordinate);
        }
        if (ring.size() < 4 || !ring.get(0).equals2D(ring.get(ring.size() - 1))) {
            throw new IllegalArgumentException("a ring has at least 4 positions, the last equal to the first");
        }
        return GEOMETRY.createLinearRing(ring.toArray(new Coordinate[0]));
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("its coordinates are nested to another depth than its type's");
    }

    private void refuse(String field, String value, String reason) {
        tally.problem(tally.lines(), field, value, reason);
        tally.refuse();
    }

    /** The file is longer than the limit. */
    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Fails after so many bytes. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int some = in.read(to, offset, length);
            left -= Math.max(0, some);
            if (left < 0) {
                throw new TooLong();
            }
            return some;
        }
    }
}
