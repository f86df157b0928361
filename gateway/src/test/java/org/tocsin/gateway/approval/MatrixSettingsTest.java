package org.tocsin.gateway.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Role;

class MatrixSettingsTest {
    @Test
    void readsRulesDefaultsAndMachineSignOff() throws Exception {
        ApprovalMatrix matrix = MatrixSettings.read(
                yaml(
                        """
                machineSignOff: III
                defaults:
                  II: [signer]
                rules:
                  - levels: [IV]
                    hazards: [11B00]
                    areas: ["411426101000"]
                    steps: [reviewer, {role: signer, who: [wang, li]}]
                """));

        assertEquals(
                List.of(Step.REVIEW, new Step(Role.SIGNER, Set.of("wang", "li"))),
                matrix.steps(Level.IV, Set.of("11B03"), "a", Set.of("411426101201")));
        assertEquals(List.of(Step.SIGN), matrix.steps(Level.II, Set.of("11B03"), "a", Set.of("411426")));
        assertEquals(List.of(Step.REVIEW, Step.SIGN), matrix.steps(Level.I, Set.of("11B03"), "a", Set.of("411426")));
        assertTrue(matrix.machineMayApprove(Level.III));
        assertFalse(matrix.machineMayApprove(Level.II));
    }

    @Test
    void isTheStandardWhereNothingIsSet() {
        ApprovalMatrix matrix = MatrixSettings.read(null);

        assertEquals(List.of(Step.REVIEW, Step.SIGN), matrix.steps(Level.I, Set.of(), "a", Set.of()));
        assertFalse(matrix.machineMayApprove(Level.IV));
    }

    @Test
    void namesAllThatIsWrong() {
        MatrixSettings.Invalid invalid = assertThrows(
                MatrixSettings.Invalid.class,
                () -> MatrixSettings.read(
                        yaml(
                                """
                        machineSignOff: V
                        colour: red
                        defaults: {I: [signer, reviewer], V: [signer]}
                        rules:
                          - {levels: [0], areas: [here], steps: [admin]}
                        """)));

        assertEquals(
                List.of(
                        "colour is no setting",
                        "defaults.I: reviewers come first, and a signer ends",
                        "defaults: a level is I, II, III or IV",
                        "rules[0].levels: a level is I, II, III or IV",
                        "rules[0].areas: a division code has up to 12 digits",
                        "rules[0].steps: a step's role is reviewer or signer",
                        "rules[0].steps: reviewers come first, and a signer ends",
                        "machineSignOff: a level is I, II, III or IV"),
                invalid.problems());
    }

    private static JsonNode yaml(String text) throws Exception {
        return new ObjectMapper(new YAMLFactory()).readTree(text);
    }
}
