package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.report.GoalMemory;

@ExtendWith(RedisExtension.class)
class RedisGoalsTest {
    @Test
    void theFirstGoalOfAnIssueStays(Redis redis) {
        GoalMemory memory = new RedisGoals(redis);
        Goal first = new Goal(0.95, "411426000000", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));

        assertEquals(first, memory.keep("w1", first));
        assertEquals(first, memory.keep("w1", Goal.otherwise(0.9)), "a later setting moves nothing");
        assertEquals(Goal.otherwise(0.9), memory.keep("w2", Goal.otherwise(0.9)));
    }
}
