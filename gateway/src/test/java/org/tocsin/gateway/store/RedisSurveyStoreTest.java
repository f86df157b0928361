package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.coverage.SurveySize;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.report.survey.SurveyAnswer;
import org.tocsin.gateway.report.survey.SurveyPlan;
import org.tocsin.gateway.report.survey.SurveyRequest;

@ExtendWith(RedisExtension.class)
class RedisSurveyStoreTest {
    private static final Instant AT = Instant.parse("2026-07-20T08:00:00Z");

    @Test
    void keepsAPlanAndItsAnswersEachWithItsLineInTheLedger(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSurveyStore store = new RedisSurveyStore(redis, ledger);
        SurveyAnswer first = answer(1, true);

        assertEquals(Optional.empty(), store.plan("w1"));
        assertEquals(List.of(), store.answers("w1"));
        assertTrue(store.keep(plan(1), deed("survey.plan")));
        assertTrue(store.keep("w1", 1, List.of(answer(12, false), first), deed("survey.answers")));
        assertTrue(store.keep("w1", 1, List.of(answer(12, true)), deed("survey.answers")));

        assertEquals(Optional.of(plan(1)), store.plan("w1"));
        assertEquals(List.of(first, answer(12, true)), store.answers("w1"));
        assertEquals(List.of(), store.answers("w2"));
        List<String> acts = new ArrayList<>();
        ledger.read(1, entry -> acts.add(entry.act() + " " + entry.subject()));
        assertEquals(List.of("survey.plan w1", "survey.answers w1", "survey.answers w1"), acts);
        assertTrue(ledger.verify().holds());
    }

    @Test
    void aPlanIsReplacedByTheNextAttemptAloneAndOnlyWithoutAnswers(Redis redis) {
        RedisLedger ledger = new RedisLedger(redis);
        RedisSurveyStore store = new RedisSurveyStore(redis, ledger);

        assertFalse(store.keep("w1", 1, List.of(answer(1, true)), deed("survey.answers")), "there is no plan");
        assertTrue(store.keep(plan(1), deed("survey.plan")));
        assertFalse(store.keep(plan(1), deed("survey.plan")));
        assertFalse(store.keep(plan(3), deed("survey.plan")));
        assertTrue(store.keep(plan(2), deed("survey.plan")));
        assertFalse(store.keep("w1", 1, List.of(answer(1, true)), deed("survey.answers")), "of the plan before");
        assertTrue(store.keep("w1", 2, List.of(answer(1, true)), deed("survey.answers")));
        assertFalse(store.keep(plan(3), deed("survey.plan")), "it has answers");

        assertEquals(Optional.of(plan(2)), store.plan("w1"));
        assertEquals(3, ledger.head().sequence(), "what was not done is not in the ledger");
    }

    private static SurveyPlan plan(int attempt) {
        return new SurveyPlan(
                "w1",
                new SurveyRequest(
                        SurveyRequest.Frame.HOUSEHOLDS,
                        new SurveySize(0.05, SurveySize.Confidence.P99, 0.9, 1.5, 0.7),
                        "seed " + attempt),
                AT,
                "auditor",
                attempt,
                List.of(new SurveyPlan.Stratum("990101001000", "东乡", 900, 800, 20, 29)),
                List.of(new SurveyPlan.Village("990101001001", "东村", 29)));
    }

    private static SurveyAnswer answer(int number, boolean heard) {
        return new SurveyAnswer(
                number,
                SurveyAnswer.Interview.YES,
                heard,
                List.of("sms", "neighbour"),
                OffsetDateTime.parse("2026-07-20T08:15:00+08:00"));
    }

    private static Deed deed(String act) {
        return new Deed(AT, "auditor", act, "w1", "");
    }
}
