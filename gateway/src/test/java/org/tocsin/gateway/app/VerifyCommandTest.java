package org.tocsin.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void tellsUsageFromWhatCannotBeRead() throws Exception {
        Path file = Files.writeString(folder.resolve("no.pack"), "x".repeat(300));

        assertEquals(2, run("verify"));
        assertEquals(2, run("verify", file.toString(), "--signer", "nobody"));
        assertEquals(3, run("verify", file.toString()));
        assertEquals(3, run("verify", folder.resolve("none").toString()));
        assertEquals(3, run("verify", folder.toString()));
    }

    private static int run(String... arguments) {
        CommandLine line = Tocsin.commandLine();
        line.setErr(new PrintWriter(new StringWriter()));
        return line.execute(arguments);
    }
}
