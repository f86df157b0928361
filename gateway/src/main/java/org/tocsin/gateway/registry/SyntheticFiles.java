package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.tocsin.alert.Level;
import org.tocsin.alert.Position;

/** Writes a synthetic county as the files of the import. */
final class SyntheticFiles {
    private SyntheticFiles() {}

    static void write(SyntheticCounty county, Path folder) throws IOException {
        Divisions divisions = new Divisions(county.divisions());
        divisions(county, folder.resolve("divisions.csv"));
        boundaries(county, folder.resolve("boundaries.geojson"));
        try (CSVPrinter csv = csv(folder.resolve("audiences.csv"), Import.AUDIENCES)) {
            for (Audience audience : county.audiences()) {
                csv.printRecord(audience.name(), audience.title());
            }
        }
        terminals(county, divisions, folder.resolve("terminals.csv"));
        contacts(county, divisions, folder.resolve("contacts.csv"));
    }

    private static void divisions(SyntheticCounty county, Path file) throws IOException {
        try (CSVPrinter csv = csv(file, Import.DIVISIONS)) {
            for (Division division : county.divisions()) {
                csv.printRecord(
                        division.code(),
                        division.name(),
                        division.parent(),
                        division.residents(),
                        division.residentsSource(),
                        division.residentsDate());
            }
        }
    }

    private static void terminals(SyntheticCounty county, Divisions divisions, Path file) throws IOException {
        try (CSVPrinter csv = csv(file, Import.TERMINALS)) {
            for (Terminal terminal : county.terminals(divisions)) {
                String levels = new TreeSet<>(terminal.sharedLevels())
                        .stream().map(Level::name).collect(Collectors.joining(","));
                csv.printRecord(
                        terminal.code(),
                        terminal.kind(),
                        divisions.village(terminal.village()).code(),
                        longitude(terminal.position()),
                        latitude(terminal.position()),
                        terminal.owner(),
                        terminal.serves(),
                        terminal.probe() ? "probe" : levels,
                        terminal.sharedHours());
            }
        }
    }

    private static void contacts(SyntheticCounty county, Divisions divisions, Path file) throws IOException {
        try (CSVPrinter csv = csv(file, Import.CONTACTS)) {
            county.people(divisions, person -> {
                try {
                    csv.printRecord(
                            person.key(),
                            person.name(),
                            divisions.village(person.village()).code(),
                            person.phone(),
                            person.openid(),
                            person.appToken(),
                            person.email(),
                            person.language(),
                            longitude(person.position()),
                            latitude(person.position()),
                            String.join(";", new TreeSet<>(person.audiences())));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }

    private static void boundaries(SyntheticCounty county, Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file, UTF_8))) {
            json.writeStartObject();
            json.writeStringField("type", "FeatureCollection");
            json.writeArrayFieldStart("features");
            for (Division division : county.divisions()) {
                json.writeStartObject();
                json.writeStringField("type", "Feature");
                json.writeObjectFieldStart("properties");
                json.writeStringField("code", division.code());
                json.writeStringField("source", "synthetic");
                json.writeEndObject();
                json.writeObjectFieldStart("geometry");
                geometry(json, Objects.requireNonNull(division.boundary()));
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void geometry(JsonGenerator json, Geometry boundary) throws IOException {
        boolean several = !(boundary instanceof Polygon);
        json.writeStringField("type", several ? "MultiPolygon" : "Polygon");
        json.writeFieldName("coordinates");
        if (several) {
            json.writeStartArray();
        }
        for (int part = 0; part < boundary.getNumGeometries(); part++) {
            Polygon polygon = (Polygon) boundary.getGeometryN(part);
            json.writeStartArray();
            ring(json, polygon.getExteriorRing());
            for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                ring(json, polygon.getInteriorRingN(hole));
            }
            json.writeEndArray();
        }
        if (several) {
            json.writeEndArray();
        }
    }

    private static void ring(JsonGenerator json, LineString ring) throws IOException {
        json.writeStartArray();
        for (Coordinate corner : ring.getCoordinates()) {
            json.writeStartArray();
            json.writeNumber(corner.x);
            json.writeNumber(corner.y);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static @Nullable Double longitude(@Nullable Position position) {
        return position == null ? null : position.longitude();
    }

    private static @Nullable Double latitude(@Nullable Position position) {
        return position == null ? null : position.latitude();
    }

    private static CSVPrinter csv(Path file, List<String> header) throws IOException {
        return new CSVPrinter(
                Files.newBufferedWriter(file, UTF_8),
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(header.toArray(new String[0]))
                        .get());
    }
}
