package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.report.survey.SurveyAnswer;
import org.tocsin.gateway.report.survey.SurveyPlan;
import org.tocsin.gateway.report.survey.SurveyStore;

/**
 * Surveys in Redis: the plan in {@code {tocsin}:survey:<issue>}, a hash of its attempt and its JSON, and the answers in
 * {@code {tocsin}:survey:<issue>:answers}, a hash from sample number to JSON. A plan's size bounds both.
 */
public final class RedisSurveyStore implements SurveyStore {
    private static final LedgerScript PLAN = LedgerScript.of("survey-plan");
    private static final LedgerScript ANSWERS = LedgerScript.of("survey-answers");

    private final Redis redis;
    private final RedisLedger ledger;

    /** Keeps them there, each change with its line in the ledger. */
    public RedisSurveyStore(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public Optional<SurveyPlan> plan(String issue) {
        return Optional.ofNullable(redis.connection().sync().hget(key(issue), "plan"))
                .map(json -> read(json, SurveyPlan.class));
    }

    @Override
    public boolean keep(SurveyPlan plan, Deed deed) {
        return ledger.commit(
                        PLAN,
                        List.of(deed),
                        List.of(key(plan.issue()), answersKey(plan.issue())),
                        List.of(text(plan.attempt()), write(plan)))
                .isDone();
    }

    @Override
    public List<SurveyAnswer> answers(String issue) {
        return redis.connection().sync().hgetall(answersKey(issue)).values().stream()
                .map(json -> read(json, SurveyAnswer.class))
                .sorted(Comparator.comparingInt(SurveyAnswer::number))
                .toList();
    }

    @Override
    public boolean keep(String issue, int attempt, List<SurveyAnswer> answers, Deed deed) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(text(attempt));
        for (SurveyAnswer answer : answers) {
            arguments.add(text(answer.number()));
            arguments.add(write(answer));
        }
        return ledger.commit(ANSWERS, List.of(deed), List.of(key(issue), answersKey(issue)), arguments)
                .isDone();
    }

    private static byte[] write(Object value) {
        try {
            return StoredJson.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return StoredJson.MAPPER.readValue(json, type);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static byte[] text(int number) {
        return Integer.toString(number).getBytes(US_ASCII);
    }

    private static String key(String issue) {
        return "{tocsin}:survey:" + issue;
    }

    private static String answersKey(String issue) {
        return key(issue) + ":answers";
    }
}
