package org.tocsin.gateway.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 7, 21);

    @Test
    void theGoalIsThatOfTheSmallestJurisdictionThatHoldsTheWholeTarget() {
        Goals goals = read(
                """
                [{"division": "411426000000", "share": 0.95},
                 {"division": "411426100000", "share": 1, "from": "2026-01-01", "to": "2026-12-31"},
                 {"division": "411400000000", "share": 0.9}]""");

        assertEquals(1.0, goals.of(List.of("411426100001", "411426100002"), DAY).share());
        assertEquals("411426100000", goals.of(List.of("411426100001"), DAY).division());
        assertEquals(
                0.95, goals.of(List.of("411426100001", "411426101001"), DAY).share(), "two townships: the county");
        assertEquals(0.9, goals.of(List.of("411426100001", "411427100001"), DAY).share(), "two counties: the city");
        assertEquals(0.8, goals.of(List.of("420000000001"), DAY).share(), "nobody's: the default");
        assertEquals(0.8, goals.of(List.of(), DAY).share());
    }

    @Test
    void aGoalHoldsFromItsFirstDayToItsLast() {
        Goals goals = read(
                """
                [{"division": "411426000000", "share": 0.9, "to": "2025-12-31"},
                 {"division": "411426000000", "share": 0.95, "from": "2026-01-01", "to": "2026-12-31"}]""");
        List<String> target = List.of("411426100001");

        assertEquals(0.9, goals.of(target, LocalDate.of(2025, 12, 31)).share());
        assertEquals(0.95, goals.of(target, LocalDate.of(2026, 1, 1)).share());
        assertEquals(0.95, goals.of(target, LocalDate.of(2026, 12, 31)).share());
        assertEquals(0.8, goals.of(target, LocalDate.of(2027, 1, 1)).share());
    }

    @Test
    void nothingSetIsOneGoalForAll() {
        assertEquals(Goals.everywhere(0.9), GoalSettings.read(MissingNode.getInstance(), 0.9));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        GoalSettings.Invalid invalid = assertThrows(
                GoalSettings.Invalid.class,
                () -> read(
                        """
                [{"division": "411426", "share": 95, "from": "1.1.2026"},
                 {"division": "411426000000", "share": 0.9, "from": "2026-02-01", "to": "2026-01-01"},
                 {"division": "411426000000", "share": 0.9, "till": "2026-01-01"},
                 {"division": "411426100000", "share": 0.9, "to": "2026-06-30"},
                 {"division": "411426100000", "share": 1, "from": "2026-06-30"},
                 7]"""));

        assertEquals(
                List.of(
                        "[0].division: must be a division's code of 12 digits, was '411426'",
                        "[0].share: must be 0 to 1, such as 0.95 for 95 %, was '95'",
                        "[0].from: must be a day as 2026-01-31, was '1.1.2026'",
                        "[1].to: must not be before from (2026-02-01), was 2026-01-01",
                        "[2].till: is no field of a goal; there are division, share, from, to",
                        "[5]: must be an object of division, share, from, to, was 7",
                        "two goals of division 411426100000 hold on the same day: … to 2026-06-30 and 2026-06-30 to …;"
                                + " end one before the other begins"),
                invalid.problems());
    }

    @Test
    void refusesWhatIsNoList() {
        assertThrows(GoalSettings.Invalid.class, () -> read("{\"411426000000\": 0.9}"));
    }

    private static Goals read(String json) {
        try {
            JsonNode list = new JsonMapper().readTree(json);
            return GoalSettings.read(list, 0.8);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
