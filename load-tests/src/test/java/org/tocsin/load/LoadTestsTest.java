package org.tocsin.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LoadTestsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no-such-scenario",
                "whole-path --recipients 999",
                "whole-path --recipients 10000001",
                "whole-path --recipients many",
                "whole-path --runs 0",
                "whole-path --runs 51",
                "whole-path --minutes 241",
                "whole-path --shapes 0x256",
                "whole-path --shapes 4",
                "whole-path --gateway no-such-file.jar",
                "whole-path --no-such-option",
                "whole-path --json no/such/folder/figures.json",
                "whole-path --json target",
                "whole-path --report no/such/folder/page.html",
                "sink --port 65536"
            })
    void wrongUsageEndsWithTwoAndSaysWhy(String line) {
        StringWriter said = new StringWriter();
        CommandLine command = LoadTests.command().setErr(new PrintWriter(said));

        assertEquals(2, command.execute(line.isEmpty() ? new String[0] : line.split(" ", -1)));
        assertTrue(said.toString().lines().count() > 1, said.toString());
    }

    @Test
    void helpNamesEachScenario() {
        StringWriter said = new StringWriter();
        CommandLine command = LoadTests.command().setOut(new PrintWriter(said));

        assertEquals(0, command.execute("--help"));
        for (Scenario scenario : Scenarios.all()) {
            assertTrue(said.toString().contains("  " + scenario.name() + " "), scenario.name());
        }
        assertTrue(said.toString().contains("  sink "));
    }

    @Test
    void readsShapes() {
        assertEquals(new Bench.Shape(4, 64), Bench.Shape.of("4x64"));
        assertEquals("4x64", Bench.Shape.of("4x64").toString());
    }
}
