package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tocsin.gateway.ledger.ChainReader;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Ledger;
import org.tocsin.gateway.ledger.LedgerEntry;
import org.tocsin.gateway.ledger.LedgerHead;
import org.tocsin.gateway.ledger.Verification;

/**
 * The ledger in Redis: a stream whose ids are the entries' sequence numbers, so that Redis itself refuses a number
 * twice, and a key with the head. Several gateways may write to it: each chains to the head that it knows, the script
 * refuses when the chain went on, and it chains anew.
 */
public final class RedisLedger implements Ledger {
    private static final String HEAD = "{tocsin}:ledger:head";
    private static final String ENTRIES = "{tocsin}:ledger";
    private static final LedgerScript APPEND = LedgerScript.of("ledger-append");
    private static final int ATTEMPTS = 1000;
    private static final int PAGE = 500;

    private final Redis redis;
    private LedgerHead known = LedgerHead.EMPTY;

    /** Makes it over a connection. */
    public RedisLedger(Redis redis) {
        this.redis = redis;
    }

    @Override
    public LedgerEntry append(Deed deed) {
        Committed committed = commit(APPEND, List.of(deed), List.of(), List.of());
        if (!committed.isDone()) {
            throw new IllegalStateException("the ledger answered " + committed.answer());
        }
        return committed.entries().get(0);
    }

    @Override
    public LedgerHead head() {
        byte[] head = redis.connection().sync().get(HEAD);
        return head == null ? LedgerHead.EMPTY : parseHead(new String(head, UTF_8));
    }

    @Override
    public void read(long fromSequence, Consumer<LedgerEntry> reader) {
        Range.Boundary<String> from = Range.Boundary.including(fromSequence + "-0");
        List<StreamMessage<String, byte[]>> page;
        do {
            page = redis.connection()
                    .sync()
                    .xrange(ENTRIES, Range.from(from, Range.Boundary.unbounded()), Limit.from(PAGE));
            for (StreamMessage<String, byte[]> message : page) {
                reader.accept(decode(message));
                from = Range.Boundary.excluding(message.getId());
            }
        } while (page.size() == PAGE);
    }

    @Override
    public Verification verify() {
        LedgerHead head = head();
        ChainReader chain = new ChainReader();
        // What is appended while it reads lies behind the head that it read first.
        read(1, entry -> {
            if (entry.sequence() <= head.sequence() || !chainGrewTo(entry, head)) {
                chain.accept(entry);
            }
        });
        return chain.end(head);
    }

    /**
     * How a script ended.
     *
     * @param answer {@code OK}, or the script's own word for what kept it from changing anything
     * @param entries the entries that were written, where it is OK
     */
    record Committed(String answer, List<LedgerEntry> entries) {
        boolean isDone() {
            return answer.equals("OK");
        }
    }

    /**
     * Runs a script that changes state together with the ledger.
     *
     * @param deeds at least one
     * @param keys the script's own
     * @param arguments the script's own
     */
    synchronized Committed commit(LedgerScript script, List<Deed> deeds, List<String> keys, List<byte[]> arguments) {
        List<String> allKeys = new ArrayList<>(List.of(HEAD, ENTRIES));
        allKeys.addAll(keys);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LedgerHead before = known;
            List<LedgerEntry> entries = new ArrayList<>();
            LedgerHead after = before;
            for (Deed deed : deeds) {
                LedgerEntry entry = LedgerEntry.after(after, deed);
                entries.add(entry);
                after = entry.head();
            }
            String answer = run(script, allKeys, arguments(before, after, entries, arguments));
            if (!answer.startsWith("HEAD")) {
                if (answer.equals("OK")) {
                    known = after;
                }
                return new Committed(answer, entries);
            }
            known = parseHead(answer.substring("HEAD".length()).strip());
            if (known.equals(after)) {
                // The driver repeated a command that had been carried out before its connection broke.
                return new Committed("OK", entries);
            }
        }
        throw new IllegalStateException("the ledger is written to faster than an entry can be chained");
    }

    private boolean chainGrewTo(LedgerEntry entry, LedgerHead head) {
        return entry.sequence() > head.sequence() && entry.sequence() <= head().sequence();
    }

    private String run(LedgerScript script, List<String> keys, byte[][] arguments) {
        byte[] answer = redis.commitNow(commands -> script.run(commands, keys.toArray(String[]::new), arguments));
        return new String(answer, UTF_8);
    }

    private static byte[][] arguments(
            LedgerHead before, LedgerHead after, List<LedgerEntry> entries, List<byte[]> own) {
        List<byte[]> all = new ArrayList<>();
        all.add(text(before));
        all.add(text(after));
        all.add(Integer.toString(entries.size()).getBytes(UTF_8));
        for (LedgerEntry entry : entries) {
            all.add(Long.toString(entry.sequence()).getBytes(UTF_8));
            all.add(encode(entry));
        }
        all.addAll(own);
        return all.toArray(byte[][]::new);
    }

    private static byte[] text(LedgerHead head) {
        String text = head.sequence() == 0 ? "" : head.sequence() + " " + head.hash();
        return text.getBytes(UTF_8);
    }

    private static LedgerHead parseHead(String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? LedgerHead.EMPTY
                : new LedgerHead(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
    }

    private static byte[] encode(LedgerEntry entry) {
        try {
            return StoredJson.MAPPER.writeValueAsBytes(StoredJson.MAPPER
                    .createObjectNode()
                    .put("sequence", entry.sequence())
                    .put("at", entry.at().toEpochMilli())
                    .put("actor", entry.actor())
                    .put("act", entry.act())
                    .put("subject", entry.subject())
                    .put("contentHash", entry.contentHash())
                    .put("previousHash", entry.previousHash())
                    .put("hash", entry.hash()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads an entry as it is kept, whatever was done to it: what is no entry becomes one whose hash is wrong. */
    private static LedgerEntry decode(StreamMessage<String, byte[]> message) {
        long place = Long.parseLong(message.getId().substring(0, message.getId().indexOf('-')));
        byte[] body = message.getBody().get("entry");
        try {
            JsonNode json = body == null ? StoredJson.MAPPER.createObjectNode() : StoredJson.MAPPER.readTree(body);
            LedgerEntry asItSays = entry(json, json.path("sequence").asLong(place));
            return asItSays.isTrue() ? asItSays : entry(json, place);
        } catch (JsonProcessingException broken) {
            return new LedgerEntry(place, Instant.EPOCH, "", "", "", "", "", "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static LedgerEntry entry(JsonNode json, long sequence) {
        return new LedgerEntry(
                sequence,
                Instant.ofEpochMilli(json.path("at").asLong()),
                json.path("actor").asText(),
                json.path("act").asText(),
                json.path("subject").asText(),
                json.path("contentHash").asText(),
                json.path("previousHash").asText(),
                json.path("hash").asText());
    }
}
