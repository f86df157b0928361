package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/** Warnings in Redis: each a hash of its version, JSON and source, with indexes; every change is one script. */
public final class RedisWarningStore implements WarningStore {
    private static final LedgerScript CREATE = LedgerScript.of("warning-create");
    private static final LedgerScript UPDATE = LedgerScript.of("warning-update");
    private static final String IDENTITIES = "{tocsin}:warning-identity";
    private static final String SHORTCODES = "{tocsin}:warning-shortcode";
    private static final String ALL = "{tocsin}:warnings";
    private static final String DUE = "{tocsin}:warnings:due";
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,15})-([a-z0-9]{1,40})");
    private static final byte[] NOTHING = {};
    private static final byte[] RETURNED = bytes("1");
    /** The source's bytes have a field of their own. */
    private static final ObjectWriter WITHOUT_SOURCE =
            StoredJson.MAPPER.copy().addMixIn(Warning.class, NoSource.class).writerFor(Warning.class);

    @JsonIgnoreProperties("source")
    private interface NoSource {}

    private final Redis redis;
    private final RedisLedger ledger;

    /** Makes it; it writes its deeds to the ledger. */
    public RedisWarningStore(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public Creation create(Warning warning, List<Deed> deeds) {
        if (warning.version() != 1) {
            throw new IllegalArgumentException("a new warning's version is 1, was " + warning.version());
        }
        List<String> keys = List.of(
                key(warning.id()),
                IDENTITIES,
                identifierKey(warning.alert().identifier()),
                SHORTCODES,
                issuesKey(warning.root()),
                ALL,
                stateKey(warning.state()),
                DUE);
        List<byte[]> arguments = List.of(
                bytes(warning.id()),
                bytes(identity(warning)),
                bytes(warning.shortcode()),
                bytes(Long.toString(warning.created().toEpochMilli())),
                encode(warning),
                warning.source(),
                due(warning));
        String answer = ledger.commit(CREATE, deeds, keys, arguments).answer();
        return switch (answer) {
            case "OK" -> Creation.CREATED;
            case "IDENTITY" -> Creation.IDENTITY_TAKEN;
            case "NAME" -> Creation.NAME_TAKEN;
            default -> throw new IllegalStateException("the store answered " + answer);
        };
    }

    @Override
    public Update update(List<Warning> changed, List<Deed> deeds) {
        List<String> keys = new ArrayList<>(List.of(IDENTITIES, DUE));
        List<byte[]> arguments = new ArrayList<>();
        for (Warning warning : changed) {
            Warning before = read(warning.id(), false);
            if (before == null || before.version() != warning.version() - 1) {
                return Update.STALE;
            }
            keys.add(key(warning.id()));
            keys.add(identifierKey(before.alert().identifier()));
            keys.add(identifierKey(warning.alert().identifier()));
            keys.add(issuesKey(before.root()));
            keys.add(issuesKey(warning.root()));
            keys.add(stateKey(before.state()));
            keys.add(stateKey(warning.state()));
            boolean sameSource = before.contentHash().equals(warning.contentHash());
            arguments.addAll(List.of(
                    bytes(warning.id()),
                    bytes(Long.toString(before.version())),
                    bytes(Long.toString(warning.version())),
                    bytes(identity(before)),
                    bytes(identity(warning)),
                    bytes(Long.toString(warning.created().toEpochMilli())),
                    encode(warning),
                    sameSource ? NOTHING : warning.source(),
                    due(warning),
                    isReturn(before, warning) ? RETURNED : NOTHING));
        }
        String answer = ledger.commit(UPDATE, deeds, keys, arguments).answer();
        return switch (answer) {
            case "OK" -> Update.UPDATED;
            case "STALE" -> Update.STALE;
            case "IDENTITY" -> Update.IDENTITY_TAKEN;
            default -> throw new IllegalStateException("the store answered " + answer);
        };
    }

    @Override
    public Optional<Warning> find(String id) {
        return Optional.ofNullable(read(id, true));
    }

    @Override
    public Optional<Warning> returned(String id) {
        return Optional.ofNullable(
                decode(Waiting.plainly(redis.connection().async().hmget(key(id), "r"))));
    }

    @Override
    public Optional<Warning> findByShortcode(String shortcode) {
        return byId(redis.connection().sync().hget(SHORTCODES, shortcode));
    }

    @Override
    public Optional<Warning> findByIdentity(String sender, String identifier, OffsetDateTime sent) {
        byte[] id = redis.connection().sync().hget(IDENTITIES, identity(sender, identifier, sent));
        if (id != null) {
            // It is answered as taken; it may have been written a moment ago by a request that was not.
            redis.awaitBarrier();
        }
        return byId(id);
    }

    @Override
    public List<Warning> findByIdentifier(String identifier) {
        return readAll(redis.connection().sync().smembers(identifierKey(identifier)));
    }

    @Override
    public List<Warning> issues(String root) {
        return readAll(redis.connection().sync().zrange(issuesKey(root), 0, -1));
    }

    @Override
    public List<Warning> due(Instant now, int limit) {
        Range<Long> past = Range.from(Range.Boundary.unbounded(), Range.Boundary.including(now.toEpochMilli()));
        List<byte[]> ids = redis.connection().sync().zrangebyscore(DUE, past, Limit.create(0, limit));
        return readAll(ids.stream().map(id -> new String(id, UTF_8)).toList(), false);
    }

    @Override
    public Page list(Query query) {
        @Nullable Entry from = query.cursor() == null ? null : parseCursor(query.cursor());
        TreeSet<Entry> entries = new TreeSet<>(Entry.LATEST_FIRST);
        if (query.states().isEmpty()) {
            entries.addAll(entries(ALL, query, from));
        }
        for (WarningState state : query.states()) {
            entries.addAll(entries(stateKey(state), query, from));
        }
        List<Warning> warnings = new ArrayList<>();
        List<Entry> page = entries.stream().limit(query.limit()).toList();
        readAll(page.stream().map(Entry::id).toList(), false).forEach(warnings::add);
        Entry last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new Page(
                warnings, last == null || entries.size() == page.size() ? null : last.created() + "-" + last.id());
    }

    /** A member of an index of warnings by time. */
    private record Entry(long created, String id) {
        static final Comparator<Entry> LATEST_FIRST =
                Comparator.comparing(Entry::created).thenComparing(Entry::id).reversed();
    }

    /** The first entries of an index after a place, one more than the page holds. */
    private List<Entry> entries(String index, Query query, @Nullable Entry from) {
        List<Entry> found = new ArrayList<>();
        Range<Long> range = Range.from(
                query.since() == null
                        ? Range.Boundary.unbounded()
                        : Range.Boundary.including(query.since().toEpochMilli()),
                from == null ? Range.Boundary.unbounded() : Range.Boundary.including(from.created()));
        int wanted = query.limit() + 1;
        for (long offset = 0; ; offset += wanted) {
            List<ScoredValue<byte[]>> page =
                    redis.connection().sync().zrevrangebyscoreWithScores(index, range, Limit.create(offset, wanted));
            for (ScoredValue<byte[]> member : page) {
                Entry entry = new Entry((long) member.getScore(), new String(member.getValue(), UTF_8));
                if (from == null || Entry.LATEST_FIRST.compare(entry, from) > 0) {
                    found.add(entry);
                }
            }
            if (page.size() < wanted || found.size() >= wanted) {
                return found;
            }
        }
    }

    private Optional<Warning> byId(byte @Nullable [] id) {
        return id == null ? Optional.empty() : find(new String(id, UTF_8));
    }

    private List<Warning> readAll(Collection<byte[]> ids) {
        return readAll(ids.stream().map(id -> new String(id, UTF_8)).toList(), true);
    }

    /** Reads several, asking for all before the first is answered; without those that are not there. */
    private List<Warning> readAll(List<String> ids, boolean withSource) {
        return ids.stream().map(id -> ask(id, withSource)).toList().stream()
                .map(answer -> decode(Waiting.plainly(answer)))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Warning read(String id, boolean withSource) {
        return decode(Waiting.plainly(ask(id, withSource)));
    }

    private CompletionStage<List<KeyValue<String, byte[]>>> ask(String id, boolean withSource) {
        String[] fields = withSource ? new String[] {"d", "s"} : new String[] {"d"};
        return redis.connection().async().hmget(key(id), fields);
    }

    private static @Nullable Warning decode(List<KeyValue<String, byte[]>> values) {
        byte[] json = values.get(0).getValueOrElse(NOTHING);
        if (json.length == 0) {
            return null;
        }
        try {
            ObjectNode document = (ObjectNode) StoredJson.MAPPER.readTree(json);
            document.put("source", values.size() > 1 ? values.get(1).getValueOrElse(NOTHING) : NOTHING);
            return StoredJson.MAPPER.treeToValue(document, Warning.class);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] encode(Warning warning) {
        try {
            return WITHOUT_SOURCE.writeValueAsBytes(warning);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isReturn(Warning before, Warning after) {
        return after.state() == WarningState.RETURNED && before.state() != WarningState.RETURNED;
    }

    private static byte[] due(Warning warning) {
        Instant due = warning.due();
        return due == null ? NOTHING : bytes(Long.toString(due.toEpochMilli()));
    }

    private static Entry parseCursor(String cursor) {
        Matcher matcher = CURSOR.matcher(cursor);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the cursor is none of this list's");
        }
        return new Entry(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    private static String identity(Warning warning) {
        return identity(
                warning.alert().sender(),
                warning.alert().identifier(),
                warning.alert().sent());
    }

    /** One text for the three, of which CAP's rules forbid the comma in the first two. */
    private static String identity(String sender, String identifier, OffsetDateTime sent) {
        Instant at = sent.toInstant();
        return ContentHash.of(sender + "," + identifier + "," + at);
    }

    private static String key(String id) {
        return "{tocsin}:warning:" + id;
    }

    private static String identifierKey(String identifier) {
        return "{tocsin}:warning-identifier:" + ContentHash.of(identifier);
    }

    private static String issuesKey(String root) {
        return "{tocsin}:warning-issues:" + root;
    }

    private static String stateKey(WarningState state) {
        return "{tocsin}:warnings:" + state.word();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
