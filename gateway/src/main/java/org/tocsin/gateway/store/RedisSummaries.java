package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.report.IssueSummary;
import org.tocsin.gateway.report.SummaryJson;
import org.tocsin.gateway.report.SummaryStore;

/**
 * Summaries in Redis: for each issue a hash {@code {tocsin}:issue:<id>:summary}, its villages apart from the rest, and
 * an index {@code {tocsin}:summaries} by the time of sign-off. A page of a list takes two round trips, however many.
 */
public final class RedisSummaries implements SummaryStore {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSummaries.class);
    private static final String INDEX = "{tocsin}:summaries";
    private static final RedisScript PUT = RedisScript.load("summary-put", ScriptOutputType.INTEGER);
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,15})-([a-z0-9]{1,40})");
    private static final byte[] YES = {'1'};
    private static final byte[] NO = {'0'};

    private final Redis redis;

    /** Keeps them there. */
    public RedisSummaries(Redis redis) {
        this.redis = redis;
    }

    private record Entry(long signed, String issue) {
        boolean isAfter(Entry other) {
            return signed > other.signed || (signed == other.signed && issue.compareTo(other.issue) > 0);
        }
    }

    @Override
    public boolean put(IssueSummary summary) {
        IssueSummary fitted = SummaryJson.fitted(summary);
        String issue = summary.about().issue();
        long signed = summary.about().signed().toEpochMilli();
        byte[] head = SummaryJson.write(fitted.withVillages(List.of(), fitted.villagesLeftOut()));
        byte[] villages = SummaryJson.writeVillages(fitted.villages());
        Long kept = redis.commitNow(commands -> PUT.run(
                commands,
                new String[] {key(issue), INDEX},
                issue.getBytes(UTF_8),
                Long.toString(signed).getBytes(UTF_8),
                summary.settled() ? YES : NO,
                head,
                villages));
        return kept == 1;
    }

    @Override
    public Optional<IssueSummary> find(String issue) {
        List<KeyValue<String, byte[]>> kept = redis.connection().sync().hmget(key(issue), "head", "villages");
        if (!kept.get(0).hasValue() || !kept.get(1).hasValue()) {
            return Optional.empty();
        }
        IssueSummary head = SummaryJson.read(kept.get(0).getValue());
        return Optional.of(
                head.withVillages(SummaryJson.readVillages(kept.get(1).getValue()), head.villagesLeftOut()));
    }

    @Override
    public Page list(Query query) {
        Entry from = query.cursor() == null ? null : parse(query.cursor());
        List<Entry> entries = entries(query, from);
        boolean isLast = entries.size() <= query.limit();
        List<Entry> page = isLast ? entries : entries.subList(0, query.limit());
        // All are asked for before the first is answered.
        List<CompletionStage<byte[]>> asked = page.stream()
                .<CompletionStage<byte[]>>map(
                        entry -> redis.connection().async().hget(key(entry.issue()), "head"))
                .toList();
        List<IssueSummary> summaries = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (int at = 0; at < asked.size(); at++) {
            byte[] head = Waiting.plainly(asked.get(at));
            try {
                if (head != null) {
                    summaries.add(SummaryJson.read(head));
                }
            } catch (SummaryJson.Unreadable damaged) {
                LOG.error(
                        "the summary of issue {} cannot be read: {}",
                        page.get(at).issue(),
                        damaged.getMessage());
                unreadable.add(page.get(at).issue());
            }
        }
        Entry last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new Page(summaries, last == null || isLast ? null : last.signed() + "-" + last.issue(), unreadable);
    }

    /** The first entries after a place, one more than the page holds. */
    private List<Entry> entries(Query query, @Nullable Entry from) {
        List<Entry> found = new ArrayList<>();
        long first = query.from().toEpochMilli();
        Range<Long> range = Range.from(
                Range.Boundary.including(from == null ? first : Math.max(first, from.signed())),
                Range.Boundary.excluding(query.until().toEpochMilli()));
        int wanted = query.limit() + 1;
        for (long offset = 0; ; offset += wanted) {
            List<ScoredValue<byte[]>> members =
                    redis.connection().sync().zrangebyscoreWithScores(INDEX, range, Limit.create(offset, wanted));
            for (ScoredValue<byte[]> member : members) {
                Entry entry = new Entry((long) member.getScore(), new String(member.getValue(), UTF_8));
                if (from == null || entry.isAfter(from)) {
                    found.add(entry);
                }
            }
            if (members.size() < wanted || found.size() >= wanted) {
                return found;
            }
        }
    }

    private static Entry parse(String cursor) {
        Matcher matcher = CURSOR.matcher(cursor);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the cursor is none of this list's");
        }
        return new Entry(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    private static String key(String issue) {
        return "{tocsin}:issue:" + issue + ":summary";
    }
}
