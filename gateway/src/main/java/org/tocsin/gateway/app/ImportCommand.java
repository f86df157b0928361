package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.registry.Erased;
import org.tocsin.gateway.registry.Import;
import org.tocsin.gateway.registry.ImportLimits;
import org.tocsin.gateway.registry.ImportReport;
import org.tocsin.gateway.registry.OperatorBook;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.store.RedisErasures;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisOperators;
import org.tocsin.gateway.store.RedisRegistryStore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import KIND FILE}: into the store of a gateway that does not run, or through the API of one that does. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Imports divisions, boundaries (GeoJSON), contacts, audiences, terminals, operators or ported numbers (CSV).",
            "Good lines are kept, each bad one is named. Exit code: 0 all lines are good, 1 some are not, 2 usage,",
            "3 could not run."
        })
final class ImportCommand implements Callable<Integer> {
    private static final List<String> KINDS =
            List.of("divisions", "boundaries", "contacts", "audiences", "terminals", "operators", "ported");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "divisions, boundaries, contacts, audiences, terminals, operators, ported")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "the file, UTF-8")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "keep nothing, only say what would be kept")
    private boolean dryRun;

    @Option(names = "--url", paramLabel = "URL", description = "the running gateway")
    private @Nullable URI url;

    @Option(names = "--key", paramLabel = "KEY", description = "an admin's API key; else TOCSIN_KEY")
    private @Nullable String key;

    @Override
    public Integer call() throws Exception {
        if (!KINDS.contains(kind) || !Files.isReadable(file)) {
            throw new CommandLine.ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(),
                    KINDS.contains(kind)
                            ? file + " cannot be read"
                            : "KIND must be one of " + String.join(", ", KINDS) + ", was '" + kind + "'");
        }
        URI gateway = url;
        if (gateway == null) {
            return OrderlyEnd.after("The import was broken off; what it took until then is kept.", this::intoStore);
        }
        if (gateway.getHost() == null || !List.of("http", "https").contains(gateway.getScheme())) {
            throw new CommandLine.ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(),
                    "--url must be like http://127.0.0.1:8080, was '" + gateway + "'");
        }
        return throughApi(gateway);
    }

    private int throughApi(URI gateway) throws IOException, InterruptedException {
        String given = key == null ? System.getenv().getOrDefault(Settings.CLIENT_KEY, "") : key;
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/api/v1/registry/" + kind + "?dryRun=" + dryRun))
                .timeout(Duration.ofMinutes(30))
                .header("Authorization", "Bearer " + given)
                .header("Content-Type", kind.equals("boundaries") ? "application/geo+json" : "text/csv")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        HttpResponse<byte[]> answer;
        try {
            answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "no gateway answers at " + gateway + " (" + reason(failed)
                            + "): check --url and that its gateway runs (tocsin.jar serve); without --url the import goes"
                            + " into the store of a gateway that does not run",
                    failed);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("the gateway answered " + answer.statusCode() + ": "
                    + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return tell(new JsonMapper().readValue(answer.body(), ImportReport.class));
    }

    private static String reason(IOException failed) {
        return failed instanceof ConnectException
                ? "the connection was refused, or there is no such host"
                : String.valueOf(failed.getMessage() == null ? failed : failed.getMessage());
    }

    private int intoStore(OrderlyEnd end) throws IOException {
        Settings settings = Settings.read(options.config, System.getenv(), options.settings());
        OpenStore store = end.keep(OpenStore.open(settings));
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Import imports = new Import(
                    Registry.open(new RedisRegistryStore(store.redis())),
                    ImportLimits.DEFAULT,
                    new Erased(new RedisErasures(store.redis(), new RedisLedger(store.redis())))::asOfNow);
            OperatorBook operators = new OperatorBook(new RedisOperators(store.redis()), ImportLimits.DEFAULT);
            long[] shown = {0};
            ImportReport report =
                    switch (kind) {
                        case "operators" -> operators.segments(in, dryRun);
                        case "ported" -> operators.ported(in, dryRun);
                        default ->
                            imports.noting(Instant.now(), "import", String.valueOf(file.getFileName()))
                                    .read(kind, in, dryRun, lines -> progress(lines, shown));
                    };
            return tell(report);
        }
    }

    private static void progress(long lines, long[] shown) {
        if (lines - shown[0] >= 50_000) {
            shown[0] = lines;
            System.err.printf("%,d lines%n", lines);
        }
    }

    private static int tell(ImportReport report) {
        for (ImportReport.Problem problem : report.problems()) {
            System.out.printf(
                    "line %d, %s: %s, was '%s'%n", problem.line(), problem.field(), problem.reason(), problem.value());
        }
        System.out.printf(
                "%s: %,d lines, %,d accepted (%,d new, %,d changed), %,d refused%s%n",
                report.kind(),
                report.lines(),
                report.accepted(),
                report.added(),
                report.updated(),
                report.refused(),
                report.dryRun() ? "; a dry run, nothing was kept" : "");
        if (report.stopped() != null) {
            System.out.println("Stopped: " + report.stopped());
        }
        return report.refused() == 0 && report.stopped() == null ? 0 : 1;
    }
}
