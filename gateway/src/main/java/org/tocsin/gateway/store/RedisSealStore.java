package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.tocsin.gateway.ledger.CanonicalJson;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.SealStore;

/**
 * The ledger's seals in Redis: the list {@code {tocsin}:ledger:seals}, and for each witness the list of its receipts
 * {@code {tocsin}:ledger:witness:<id>}, in the same order.
 */
public final class RedisSealStore implements SealStore {
    private static final String SEALS = "{tocsin}:ledger:seals";
    private static final String WITNESS = "{tocsin}:ledger:witness:";
    private static final LedgerScript APPEND = LedgerScript.of("seal-append");
    private static final LedgerScript CONFIRM = LedgerScript.of("seal-confirm");

    private final Redis redis;
    private final RedisLedger ledger;

    /** Makes it; it writes its deeds to the ledger. */
    public RedisSealStore(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public int count() {
        return Math.toIntExact(redis.connection().sync().llen(SEALS));
    }

    @Override
    public List<Seal> read(int from, int limit) {
        return redis.connection().sync().lrange(SEALS, from, from + limit - 1L).stream()
                .map(json -> decode(SEALS, json))
                .toList();
    }

    @Override
    public boolean keep(Seal seal, int place) {
        Deed deed = new Deed(seal.at(), Deed.GATEWAY, Seal.ACT, seal.day().toString(), seal.hash());
        return ledger.commit(
                        APPEND,
                        List.of(deed),
                        List.of(SEALS),
                        List.of(Integer.toString(place).getBytes(UTF_8), seal.bytes()))
                .isDone();
    }

    @Override
    public int witnessed(String witness) {
        return Math.toIntExact(redis.connection().sync().llen(WITNESS + witness));
    }

    @Override
    public List<Receipt> receipts(String witness, int from, int limit) {
        return redis.connection().sync().lrange(WITNESS + witness, from, from + limit - 1L).stream()
                .map(RedisSealStore::receipt)
                .toList();
    }

    private static Receipt receipt(byte[] json) {
        try {
            JsonNode read = CanonicalJson.read(json);
            return new Receipt(read.path("seal").asText(), read.path("receipt").asText());
        } catch (IOException damaged) {
            return new Receipt("", "");
        }
    }

    @Override
    public void confirm(String witness, int place, Seal seal, String answer, Instant at) {
        if (place < witnessed(witness)) {
            return;
        }
        Deed deed = new Deed(at, Deed.GATEWAY, "ledger.witnessed", witness + " " + seal.day(), ContentHash.of(answer));
        ObjectNode receipt =
                StoredJson.MAPPER.createObjectNode().put("seal", seal.hash()).put("receipt", answer);
        ledger.commit(
                CONFIRM,
                List.of(deed),
                List.of(WITNESS + witness),
                List.of(Integer.toString(place).getBytes(UTF_8), CanonicalJson.bytes(receipt)));
    }

    /** Reads a seal that this gateway has written. */
    static Seal decode(String key, byte[] json) {
        try {
            return Seal.read(json);
        } catch (Seal.Malformed damaged) {
            throw new IllegalStateException(key + " holds what is no seal: " + damaged.getMessage(), damaged);
        }
    }
}
