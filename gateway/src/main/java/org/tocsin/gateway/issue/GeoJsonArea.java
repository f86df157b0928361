package org.tocsin.gateway.issue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.alert.Position;

/** Reads the polygons of a GeoJSON text (RFC 7946): positions are longitude, latitude in WGS 84. */
final class GeoJsonArea {
    private static final int DEEPEST = 20;
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final AreaText.Reading reading;
    private int shape;

    GeoJsonArea(AreaText.Reading reading) {
        this.reading = reading;
    }

    void read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (json.isArray()) {
                // What many tools copy: the bare coordinates of a polygon, or of one ring.
                shape++;
                polygon(
                        json.path(0).path(0).isNumber()
                                ? MAPPER.createArrayNode().add(json)
                                : json);
            } else {
                geometry(json);
            }
        } catch (JsonProcessingException malformed) {
            JsonLocation at = malformed.getLocation();
            reading.problem(
                    at == null ? 1 : Math.max(1, at.getLineNr()),
                    at == null ? 0 : Math.max(0, at.getColumnNr()),
                    AreaText.Rule.JSON,
                    malformed.getOriginalMessage());
        }
    }

    private void geometry(JsonNode json) {
        switch (json.path("type").asText()) {
            case "FeatureCollection" -> each(json.path("features"));
            case "Feature" -> geometry(json.path("geometry"));
            case "GeometryCollection" -> each(json.path("geometries"));
            case "Polygon" -> {
                shape++;
                polygon(json.path("coordinates"));
            }
            case "MultiPolygon" -> {
                for (JsonNode polygon : json.path("coordinates")) {
                    shape++;
                    polygon(polygon);
                }
            }
            default -> {
                shape++;
                reading.problem(
                        shape, 0, AreaText.Rule.GEOMETRY, json.path("type").asText("?"));
            }
        }
    }

    private void each(JsonNode list) {
        list.forEach(this::geometry);
    }

    private void polygon(JsonNode rings) {
        if (rings.size() > 1) {
            reading.problem(shape, 0, AreaText.Rule.HOLE, String.valueOf(rings.size() - 1));
            return;
        }
        List<Position> ring = new ArrayList<>();
        boolean sound = true;
        int place = 0;
        for (JsonNode point : rings.path(0)) {
            place++;
            boolean numbers = point.path(0).isNumber() && point.path(1).isNumber();
            double longitude = numbers ? point.path(0).asDouble() : Double.NaN;
            double latitude = numbers ? point.path(1).asDouble() : Double.NaN;
            Position position = reading.position(shape, place, latitude, longitude, point.toString());
            sound &= position != null;
            if (position != null) {
                ring.add(position);
            }
        }
        if (sound) {
            reading.ring(shape, ring);
        }
    }
}
