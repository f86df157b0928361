package org.tocsin.gateway.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Level;
import org.tocsin.gateway.approval.MatrixTable.Line;

class MatrixTableTest {
    private static final String TEXT =
            """
            machineSignOff: III
            defaults: {I: [reviewer, reviewer, signer]}
            rules:
              - levels: [III, IV]
                hazards: [11B00]
                issuers: [agency]
                areas: ["411426101000"]
                steps: [{role: reviewer, who: [zhao]}, {role: signer, who: [wang, li]}]
              - steps: [signer, signer]
            """;

    @Test
    void showsLevelsAndRulesAndWritesThemAsTheyWere() {
        MatrixTable table = MatrixTable.of(TEXT).orElseThrow();

        assertEquals("III", table.machineSignOff());
        assertEquals(
                new Line(List.of("I"), "", "", "", 2, "", 1, ""),
                table.defaults().get(0));
        assertEquals(
                new Line(List.of("IV"), "", "", "", 0, "", 1, ""),
                table.defaults().get(3));
        assertEquals(
                List.of(
                        new Line(List.of("III", "IV"), "11B00", "agency", "411426101000", 1, "zhao", 1, "li wang"),
                        new Line(List.of(), "", "", "", 0, "", 2, "")),
                table.rules());
        ApprovalMatrix before = MatrixSettings.readText(TEXT);
        ApprovalMatrix after = MatrixSettings.readText(table.text());
        for (Level level : Level.values()) {
            assertEquals(
                    before.steps(level, Set.of("11B03"), "agency", Set.of("411426101201")),
                    after.steps(level, Set.of("11B03"), "agency", Set.of("411426101201")));
            assertEquals(before.machineMayApprove(level), after.machineMayApprove(level));
        }
        assertEquals(table, MatrixTable.of(table.text()).orElseThrow());
    }

    @Test
    void everyLevelForMachinesIsItself() {
        for (String word : List.of("none", "IV", "III", "II", "all")) {
            MatrixTable table = MatrixTable.of("machineSignOff: " + word).orElseThrow();
            assertEquals(word, table.machineSignOff());
            assertTrue(MatrixSettings.problems(table.text()).isEmpty());
        }
    }

    @Test
    void leavesToTheTextWhatItCannotShow() {
        assertTrue(MatrixTable.of("rules: [{steps: [{role: signer, who: [a]}, {role: signer, who: [b]}]}]")
                .isEmpty());
        assertTrue(MatrixTable.of("rules: [" + "{steps: [signer]},".repeat(31) + "]")
                .isEmpty());
        assertTrue(MatrixTable.of("defaults: {I: [signer, signer, signer, signer, signer]}")
                .isEmpty());
        assertTrue(MatrixTable.of("rules: [{steps: []}]").isEmpty());
    }

    @Test
    void whatIsTypedWrongIsToldByTheSettingsWithItsPlace() {
        MatrixTable table = new MatrixTable(
                "none",
                MatrixTable.of("").orElseThrow().defaults(),
                List.of(new Line(List.of("V"), "", "", "county", 0, "", 0, "")));

        List<String> problems = MatrixSettings.problems(table.text());

        assertEquals(3, problems.size(), problems.toString());
        assertTrue(problems.stream().allMatch(problem -> problem.startsWith("rules[0].")), problems.toString());
    }
}
