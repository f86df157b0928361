package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessStore;
import org.tocsin.gateway.access.Account;
import org.tocsin.gateway.access.ApiClient;
import org.tocsin.gateway.access.Proposal;
import org.tocsin.gateway.ledger.Deed;

/** Accounts, clients and proposals in Redis: a hash of JSON each, changed together by one script. */
public final class RedisAccessStore implements AccessStore {
    private static final Map<Place, String> KEYS = new EnumMap<>(Map.of(
            Place.ACCOUNT, "{tocsin}:accounts",
            Place.CLIENT, RedisClientStore.CLIENTS,
            Place.CLIENT_KEY, RedisClientStore.BY_KEY,
            Place.PROPOSAL, "{tocsin}:proposals",
            Place.SINGLE, "{tocsin}:access"));
    private static final LedgerScript COMMIT = LedgerScript.of("access-commit");
    private static final byte[] NOTHING = {};

    private final Redis redis;
    private final RedisLedger ledger;

    /** Makes it; it writes its deeds to the ledger. */
    public RedisAccessStore(Redis redis, RedisLedger ledger) {
        this.redis = redis;
        this.ledger = ledger;
    }

    @Override
    public Optional<Account> account(String name) {
        return Optional.ofNullable(read(Place.ACCOUNT, name, Account.class));
    }

    @Override
    public List<Account> accounts() {
        return all(Place.ACCOUNT, Account.class);
    }

    @Override
    public Optional<ApiClient> client(String id) {
        return Optional.ofNullable(read(Place.CLIENT, id, ApiClient.class));
    }

    @Override
    public List<ApiClient> clients() {
        return all(Place.CLIENT, ApiClient.class);
    }

    @Override
    public Optional<Proposal> proposal(String id) {
        return Optional.ofNullable(read(Place.PROPOSAL, id, Proposal.class));
    }

    @Override
    public List<Proposal> proposals() {
        return all(Place.PROPOSAL, Proposal.class);
    }

    @Override
    public @Nullable KeptMatrix matrix() {
        return read(Place.SINGLE, MATRIX, KeptMatrix.class);
    }

    @Override
    public boolean hadFirstAdmin() {
        return redis.connection().sync().hexists(key(Place.SINGLE), FIRST_ADMIN);
    }

    @Override
    public boolean commit(List<Write> writes, List<Deed> deeds) {
        List<String> keys = new ArrayList<>();
        for (Place place : Place.values()) {
            keys.add(key(place));
        }
        List<byte[]> arguments = new ArrayList<>();
        for (Write write : writes) {
            arguments.add(text(Integer.toString(3 + keys.indexOf(key(write.place())))));
            arguments.add(text(write.key()));
            if (write instanceof Add add) {
                arguments.add(text("absent"));
                arguments.add(encode(add.value()));
            } else if (write instanceof Replace replace) {
                arguments.add(text(Long.toString(replace.version())));
                arguments.add(encode(replace.value()));
            } else {
                arguments.add(text(write instanceof Absent ? "absent" : "any"));
                arguments.add(NOTHING);
            }
        }
        return ledger.commit(COMMIT, deeds, keys, arguments).isDone();
    }

    private static String key(Place place) {
        return KEYS.getOrDefault(place, "");
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private <T> @Nullable T read(Place place, String key, Class<T> type) {
        return decode(redis.connection().sync().hget(key(place), key), type);
    }

    private <T> List<T> all(Place place, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (byte[] json : redis.connection().sync().hvals(key(place))) {
            T one = decode(json, type);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private static byte[] encode(Object value) {
        try {
            return value instanceof String plain ? text(plain) : StoredJson.MAPPER.writeValueAsBytes(value);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static <T> @Nullable T decode(byte @Nullable [] json, Class<T> type) {
        try {
            return json == null ? null : StoredJson.MAPPER.readValue(json, type);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
