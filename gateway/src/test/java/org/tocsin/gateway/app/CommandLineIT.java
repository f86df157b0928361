package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as people run it: how it ends, what it leaves behind, and what it says. */
class CommandLineIT {
    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {
        String lastLine() {
            List<String> lines = err.lines().toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --once --residents 10000 --wait 600", "demo --residents 10000"})
    void aDemoToldToEndLeavesNoProcessAndNoFolder(String command) throws Exception {
        Process demo = start(Map.of(), command);
        List<ProcessHandle> children = redisAndCarriersOf(demo);

        demo.destroy();

        assertTrue(demo.waitFor(60, TimeUnit.SECONDS));
        Awaitility.await("its processes have ended")
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertEquals(List.of(), temporary());
        assertEquals("The demo was ended by a signal.", ended(demo).lastLine());
    }

    @Test
    void theCarriersOfADemoThatIsKilledEndByThemselves() throws Exception {
        Process demo = start(Map.of(), "demo --residents 10000");
        List<ProcessHandle> children = redisAndCarriersOf(demo);

        demo.destroyForcibly();

        List<ProcessHandle> carriers =
                children.stream().filter(CommandLineIT::isJava).toList();
        assertEquals(1, carriers.size());
        Awaitility.await("the carriers have ended")
                .atMost(Duration.ofSeconds(30))
                .until(() -> carriers.stream().noneMatch(ProcessHandle::isAlive));
        children.forEach(ProcessHandle::destroy);
    }

    @Test
    void aDemoThatTheWaitCutsOffLosesNothingAndSaysWhatItDidNotSend() throws Exception {
        Path truth = folder.resolve("truth");

        Ended ended = run(Map.of(), "demo --once --json --residents 30000 --wait 1 --truth " + truth);

        assertEquals(1, ended.code(), ended.err());
        JsonNode result = new JsonMapper().readTree(ended.out());
        assertEquals(0, result.path("lost").asLong(), ended.out());
        long unsent = result.path("unsent").asLong();
        assertTrue(unsent > 0, ended.out());
        assertTrue(ended.lastLine().contains(unsent + " deliveries were not sent within the wait of 1 s"), ended.err());
        CarriersBooks books = CarriersBooks.read(truth);
        result.path("channels")
                .properties()
                .forEach(channel -> assertEquals(
                        books.addresses(channel.getKey()),
                        channel.getValue().path("submitted").asLong(),
                        channel.getKey() + " " + ended.out()));
        assertEquals(List.of(), temporary());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo --once --json --port 99999",
                "serve --port 99999",
                "demo --once --json --host 0.0.0.0",
                "serve --host 0.0.0.0",
                "demo --once --json --residents 5",
                "demo --once --json --set sms.delivered=2",
                "demo --once --json --no-such-thing",
            })
    void wrongUsageIsSaidInTheLastLineBeforeAnythingRuns(String command) throws Exception {
        Ended ended = run(Map.of(), command);

        assertEquals(2, ended.code(), ended.err());
        assertEquals("", ended.out());
        assertTrue(
                ended.lastLine().matches("(port|host|--residents|--set|Unknown option).*"),
                () -> "last line: " + ended.lastLine());
        assertEquals(List.of(), temporary());
    }

    @Test
    void anEvidenceFileThatCannotBeWrittenIsNamedBeforeAnythingRuns() throws Exception {
        Path nowhere = folder.resolve("nowhere/demo.pack");

        Ended ended = run(Map.of(), "demo --once --residents 10000 --evidence " + nowhere);

        assertEquals(3, ended.code());
        assertTrue(ended.lastLine().contains(nowhere + ": cannot be written"), ended.lastLine());
    }

    @Test
    void aBusyPortIsNamedWithWhatToDoAndNothingStays() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = run(Map.of(), "demo --once --residents 10000 --port " + busy.getLocalPort());

            assertEquals(3, ended.code(), ended.err());
            assertTrue(ended.lastLine().contains("127.0.0.1:" + busy.getLocalPort()), ended.err());
            assertTrue(ended.lastLine().contains("--port"), ended.err());
            assertEquals(List.of(), temporary());
        }
    }

    @Test
    void anImportToNobodyNamesTheAddress() throws Exception {
        Path file = Files.writeString(folder.resolve("audiences.csv"), "name,title\n");

        Ended ended = run(Map.of(), "import audiences " + file + " --url http://127.0.0.1:1 --key k");

        assertEquals(3, ended.code(), ended.err());
        assertTrue(ended.lastLine().contains("no gateway answers at http://127.0.0.1:1"), ended.err());
    }

    @Test
    void theKeyOfTheImportInTheEnvironmentDoesNotHinderServe() throws Exception {
        Process serve = start(
                Map.of("TOCSIN_KEY", "a-key-of-16-characters"), "serve --port 0 --data " + folder.resolve("data"));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !serve.isAlive() || said("err").contains("Tocsin listens at"));
            assertTrue(serve.isAlive(), () -> said("err"));
        } finally {
            serve.destroy();
            serve.waitFor(60, TimeUnit.SECONDS);
        }
        assertEquals("Tocsin has stopped.", ended(serve).lastLine());
    }

    private Ended run(Map<String, String> environment, String command) throws Exception {
        Process process = start(environment, command);
        if (!process.waitFor(150, TimeUnit.SECONDS)) {
            process.destroy();
            throw new IllegalStateException("does not end: " + said("err"));
        }
        return ended(process);
    }

    private Process start(Map<String, String> environment, String command) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-jar",
                Path.of("target", "tocsin.jar").toAbsolutePath().toString()));
        line.addAll(List.of(command.split(" ", -1)));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Ended ended(Process process) {
        return new Ended(process.exitValue(), said("out"), said("err"));
    }

    private String said(String stream) {
        try {
            return Files.readString(folder.resolve(stream));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** What of the program's lies in the temporary folder. */
    private List<String> temporary() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("tocsin"))
                    .toList();
        }
    }

    private static List<ProcessHandle> redisAndCarriersOf(Process demo) {
        Awaitility.await("its redis-server and its carriers run")
                .atMost(Duration.ofSeconds(60))
                .until(() -> demo.children().count() == 2
                        && demo.children().anyMatch(CommandLineIT::isJava)
                        && demo.children().anyMatch(child -> !isJava(child)));
        return demo.children().toList();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("java");
    }
}
