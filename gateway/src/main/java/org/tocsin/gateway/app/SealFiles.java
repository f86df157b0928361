package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tocsin.gateway.ledger.Seal;

/**
 * Reads seals from where people keep them: a folder with a file each, or one file with one or many: as they are, beside
 * a witness' receipt, or in the pages that {@code GET /api/v1/witness/seals} and {@code …/ledger/seals} answer.
 */
final class SealFiles {
    private static final int MOST_FILES = 50_000;
    private static final long LONGEST = 64L << 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    private SealFiles() {}

    /**
     * Reads them.
     *
     * @throws IOException when there is nothing to read, or something is no seal; the message says which file
     */
    static List<Seal> read(Path place) throws IOException {
        List<Seal> seals = new ArrayList<>();
        for (Path file : files(place)) {
            if (Files.size(file) > LONGEST) {
                throw new IOException(file + " has more than " + LONGEST + " bytes");
            }
            try (MappingIterator<JsonNode> values =
                    MAPPER.readerFor(JsonNode.class).readValues(file.toFile())) {
                while (values.hasNextValue()) {
                    add(values.nextValue(), seals);
                }
            } catch (Seal.Malformed malformed) {
                throw new IOException(file + " holds what is no seal: " + malformed.getMessage(), malformed);
            } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
                throw new IOException(file + " is no JSON: " + broken.getOriginalMessage(), broken);
            }
        }
        if (seals.isEmpty()) {
            throw new IOException(place + " holds no seal");
        }
        return seals;
    }

    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> all = Files.list(place)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (files.size() > MOST_FILES) {
                throw new IOException(place + " holds more than " + MOST_FILES + " files");
            }
            return files;
        }
    }

    private static void add(JsonNode value, List<Seal> seals) throws Seal.Malformed {
        if (value.path("seals").isArray()) {
            for (JsonNode one : value.path("seals")) {
                add(one, seals);
            }
        } else {
            seals.add(Seal.read(value.path("seal").isObject() ? value.path("seal") : value));
        }
    }
}
