package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.tocsin.gateway.ledger.CanonicalJson;
import org.tocsin.gateway.ledger.Deed;
import org.tocsin.gateway.ledger.Seal;
import org.tocsin.gateway.ledger.SealReceipt;
import org.tocsin.gateway.ledger.WitnessBook;

/**
 * Other counties' seals in Redis: for each signer the list {@code {tocsin}:witness:<fingerprint>}, and by hash those
 * that contradict it in {@code {tocsin}:witness:<fingerprint>:contradictions}.
 */
public final class RedisWitnessBook implements WitnessBook {
    private static final LedgerScript APPEND = LedgerScript.of("seal-append");
    private static final LedgerScript CONTRADICT = LedgerScript.of("seal-contradict");

    private final Redis redis;
    private final RedisLedger ledger;

    /** Makes it; it writes its deeds to the ledger. */
    public RedisWitnessBook(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public int count(String signer) {
        return Math.toIntExact(redis.connection().sync().llen(key(signer)));
    }

    @Override
    public List<Kept> read(String signer, int from, int limit) {
        return redis.connection().sync().lrange(key(signer), from, from + limit - 1L).stream()
                .map(json -> decode(signer, json))
                .toList();
    }

    @Override
    public boolean keep(Kept kept, int place, Deed deed) {
        ObjectNode json = StoredJson.MAPPER.createObjectNode();
        json.set("seal", kept.seal().json());
        json.set("receipt", kept.receipt().json());
        return ledger.commit(
                        APPEND,
                        List.of(deed),
                        List.of(key(kept.seal().signer())),
                        List.of(Integer.toString(place).getBytes(UTF_8), CanonicalJson.bytes(json)))
                .isDone();
    }

    @Override
    public boolean contradict(Seal seal, Deed deed) {
        return ledger.commit(
                        CONTRADICT,
                        List.of(deed),
                        List.of(contradictionsKey(seal.signer())),
                        List.of(
                                seal.hash().getBytes(UTF_8),
                                seal.bytes(),
                                Integer.toString(MOST_CONTRADICTIONS).getBytes(UTF_8)))
                .isDone();
    }

    @Override
    public List<Seal> contradictions(String signer) {
        String key = contradictionsKey(signer);
        return redis.connection().sync().hvals(key).stream()
                .map(json -> RedisSealStore.decode(key, json))
                .sorted(Comparator.comparing(Seal::day).thenComparing(Seal::hash))
                .toList();
    }

    private static String contradictionsKey(String signer) {
        return key(signer) + ":contradictions";
    }

    private static Kept decode(String signer, byte[] bytes) {
        try {
            JsonNode json = CanonicalJson.read(bytes);
            return new Kept(Seal.read(json.path("seal")), SealReceipt.read(json.path("receipt")));
        } catch (IOException | Seal.Malformed damaged) {
            throw new IllegalStateException(key(signer) + " holds what is no seal", damaged);
        }
    }

    private static String key(String signer) {
        return "{tocsin}:witness:" + signer;
    }
}
