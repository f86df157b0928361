package org.tocsin.gateway.report.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder with the jobs and their files, which only its owner may read. Not for several threads at once. */
final class JobFiles {
    private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path folder;

    JobFiles(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        restrict(folder, "rwx------");
    }

    /** The jobs that lie there; what cannot be read, and a file without its record, is removed. */
    List<ExportJob> jobs() throws IOException {
        List<ExportJob> jobs = new ArrayList<>();
        List<Path> made = new ArrayList<>();
        List<Path> strange = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".json")) {
                    try {
                        jobs.add(read(MAPPER.readTree(Files.readAllBytes(file))));
                    } catch (JsonProcessingException | RuntimeException broken) {
                        LOG.warn("an export's record cannot be read and is removed: {}", name);
                        strange.add(file);
                    }
                } else if (name.endsWith(".file")) {
                    made.add(file);
                } else {
                    strange.add(file);
                }
            }
        }
        made.removeAll(jobs.stream().map(this::file).toList());
        strange.addAll(made);
        for (Path file : strange) {
            Files.deleteIfExists(file);
        }
        return jobs;
    }

    /** Keeps a job's record, whole or not at all. */
    void keep(ExportJob job) throws IOException {
        Path fresh = folder.resolve(job.id() + ".new");
        Files.write(fresh, MAPPER.writeValueAsBytes(write(job)));
        restrict(fresh, "rw-------");
        Files.move(
                fresh,
                folder.resolve(job.id() + ".json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Opens a job's file to write it. */
    OutputStream open(ExportJob job) throws IOException {
        Path file = folder.resolve(job.id() + ".part");
        Files.deleteIfExists(file);
        Files.createFile(file);
        restrict(file, "rw-------");
        return Files.newOutputStream(file);
    }

    /** What was written becomes the job's file. */
    void finish(ExportJob job) throws IOException {
        Files.move(folder.resolve(job.id() + ".part"), file(job), StandardCopyOption.ATOMIC_MOVE);
    }

    Path file(ExportJob job) {
        return folder.resolve(job.id() + ".file");
    }

    void remove(ExportJob job) {
        for (String ending : List.of(".part", ".file", ".json", ".new")) {
            try {
                Files.deleteIfExists(folder.resolve(job.id() + ending));
            } catch (IOException left) {
                LOG.warn("an export's file was left behind: {}{}", job.id(), ending, left);
            }
        }
    }

    /** What was half written goes. */
    void removePart(ExportJob job) {
        try {
            Files.deleteIfExists(folder.resolve(job.id() + ".part"));
        } catch (IOException left) {
            LOG.warn("half an export was left behind: {}", job.id(), left);
        }
    }

    private static void restrict(Path path, String rights) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        }
    }

    private static ObjectNode write(ExportJob job) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("id", job.id())
                .put("owner", job.owner())
                .put("fileName", job.fileName())
                .put("mediaType", job.mediaType())
                .put("state", job.state().name())
                .put("progress", job.progress())
                .put("created", job.created().toString())
                .put("bytes", job.bytes())
                .put("sha256", job.sha256())
                .put("problem", job.problem());
        Instant ended = job.ended();
        if (ended != null) {
            json.put("ended", ended.toString());
        }
        ObjectNode order = json.putObject("order");
        job.order().forEach(order::put);
        return json;
    }

    private static ExportJob read(JsonNode json) {
        Map<String, String> order = new LinkedHashMap<>();
        json.path("order")
                .properties()
                .forEach(entry -> order.put(entry.getKey(), entry.getValue().asText()));
        String id = json.path("id").asText();
        if (!id.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("no such id: " + id);
        }
        return new ExportJob(
                id,
                json.path("owner").asText(),
                order,
                json.path("fileName").asText(),
                json.path("mediaType").asText(),
                ExportJob.State.valueOf(json.path("state").asText()),
                json.path("progress").asDouble(),
                Instant.parse(json.path("created").asText()),
                json.hasNonNull("ended") ? Instant.parse(json.path("ended").asText()) : null,
                json.path("bytes").asLong(),
                json.path("sha256").asText(),
                json.path("problem").asText());
    }
}
