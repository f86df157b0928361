package org.tocsin.gateway.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.ApprovalMatrix.Rule;

class ApprovalMatrixTest {
    private static final List<Step> SIGNER = List.of(Step.SIGN);
    private static final List<Step> BOTH = List.of(Step.REVIEW, Step.SIGN);

    @ParameterizedTest
    @EnumSource(Level.class)
    void asksAReviewerForTheTwoGravestLevelsByDefault(Level level) {
        List<Step> steps = ApprovalMatrix.standard().steps(level, Set.of("11B03"), "issuer", Set.of("411426000000"));

        assertEquals(level.lane() <= 2 ? BOTH : SIGNER, steps);
        assertFalse(ApprovalMatrix.standard().machineMayApprove(level));
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void letsTheDemoSignAlone(Level level) {
        assertEquals(SIGNER, ApprovalMatrix.demo().steps(level, Set.of(), "issuer", Set.of()));
        assertTrue(ApprovalMatrix.demo().machineMayApprove(level));
    }

    @Test
    void letsMachinesApproveUpToALevel() {
        ApprovalMatrix matrix = new ApprovalMatrix(
                List.of(), Map.of(Level.I, BOTH, Level.II, BOTH, Level.III, SIGNER, Level.IV, SIGNER), Level.III);

        assertTrue(matrix.machineMayApprove(Level.IV));
        assertTrue(matrix.machineMayApprove(Level.III));
        assertFalse(matrix.machineMayApprove(Level.II));
    }

    @Test
    void takesTheFirstRuleThatFits() {
        Step townsign = new Step(Role.SIGNER, Set.of("town"));
        ApprovalMatrix matrix = matrix(
                new Rule(Set.of(Level.I), Set.of("11B00"), Set.of(), Set.of("411426101000"), List.of(townsign)),
                new Rule(Set.of(), Set.of(), Set.of("school"), Set.of(), BOTH));

        assertEquals(List.of(townsign), matrix.steps(Level.I, Set.of("11B03"), "a", Set.of("411426101201")));
        assertEquals(SIGNER, matrix.steps(Level.II, Set.of("11B03"), "a", Set.of("411426101201")));
        assertEquals(SIGNER, matrix.steps(Level.I, Set.of("11A01"), "a", Set.of("411426101201")));
        assertEquals(SIGNER, matrix.steps(Level.I, Set.of("11B03"), "a", Set.of("411426102201")));
        assertEquals(BOTH, matrix.steps(Level.IV, Set.of("11B03"), "school", Set.of("411426102201")));
    }

    @Test
    void needsTheStepsOfEveryAreaThatAWarningTouches() {
        Step east = new Step(Role.SIGNER, Set.of("east"));
        Step west = new Step(Role.SIGNER, Set.of("west"));
        ApprovalMatrix matrix = matrix(
                new Rule(Set.of(), Set.of(), Set.of(), Set.of("411426101"), List.of(east)),
                new Rule(Set.of(), Set.of(), Set.of(), Set.of("411426102"), List.of(Step.REVIEW, west)));

        List<Step> steps = matrix.steps(Level.IV, Set.of("11B03"), "a", Set.of("411426101", "411426102"));

        assertEquals(List.of(Step.REVIEW, east, west), steps);
    }

    @Test
    void asksForNoAnybodyBesideANamedOne() {
        Step east = new Step(Role.SIGNER, Set.of("east"));
        ApprovalMatrix matrix = matrix(new Rule(Set.of(), Set.of(), Set.of(), Set.of("411426101"), List.of(east)));

        assertEquals(List.of(east), matrix.steps(Level.IV, Set.of("11B03"), "a", Set.of("411426101", "411426102")));
    }

    @Test
    void isStrictWhereTheAreaIsUnknown() {
        ApprovalMatrix matrix = matrix(new Rule(Set.of(), Set.of(), Set.of(), Set.of("411426101"), BOTH));

        assertEquals(BOTH, matrix.steps(Level.IV, Set.of("11B03"), "a", Set.of()));
        assertEquals(SIGNER, matrix.steps(Level.IV, Set.of("11B03"), "a", Set.of("411426102")));
    }

    @Test
    void refusesStepsWithoutASignerOrInDisorder() {
        assertThrows(IllegalArgumentException.class, () -> rule(List.of()));
        assertThrows(IllegalArgumentException.class, () -> rule(List.of(Step.REVIEW)));
        assertThrows(IllegalArgumentException.class, () -> rule(List.of(Step.SIGN, Step.REVIEW, Step.SIGN)));
        assertThrows(IllegalArgumentException.class, () -> new Step(Role.ADMIN, Set.of()));
    }

    private static Rule rule(List<Step> steps) {
        return new Rule(Set.of(), Set.of(), Set.of(), Set.of(), steps);
    }

    private static ApprovalMatrix matrix(Rule... rules) {
        return new ApprovalMatrix(
                List.of(rules), Map.of(Level.I, SIGNER, Level.II, SIGNER, Level.III, SIGNER, Level.IV, SIGNER), null);
    }
}
