package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.registry.Import;
import org.tocsin.gateway.registry.ImportInProgress;
import org.tocsin.gateway.registry.ImportReport;
import org.tocsin.gateway.registry.OperatorBook;
import org.tocsin.gateway.web.RegistryImport;

/** The registry's imports as the web end asks for them, each with its line in the ledger. */
record RegistryImports(Import imports, OperatorBook operators, Ledger ledger, InstantSource clock)
        implements RegistryImport {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public byte[] run(String kind, InputStream body, boolean dryRun, String actor) throws IOException {
        try {
            ImportReport report = read(kind, body, dryRun, actor);
            byte[] json = MAPPER.writeValueAsBytes(report);
            if (!dryRun) {
                ledger.append(new Deed(
                        clock.instant(),
                        actor,
                        "registry.import",
                        kind,
                        ContentHash.of(new String(json, StandardCharsets.UTF_8))));
            }
            return json;
        } catch (ImportInProgress other) {
            throw new Busy("another import runs; try again when it is done");
        }
    }

    private ImportReport read(String kind, InputStream body, boolean dryRun, String actor) throws IOException {
        return switch (kind) {
            case "operators" -> operators.segments(body, dryRun);
            case "ported" -> operators.ported(body, dryRun);
            default -> imports.noting(clock.instant(), actor, "").read(kind, body, dryRun, lines -> {});
        };
    }
}
