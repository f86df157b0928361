package org.tocsin.gateway.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/** Who is who, by key. Blocking; may be used by any thread. */
public final class Access {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~+/=-]{1,256}");

    private final ClientStore store;
    private final Function<String, Optional<Principal>> persons;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param store the clients
     * @param persons the person with an account of this name, as they may act now; empty where it is locked
     * @param clock the time
     */
    public Access(ClientStore store, Function<String, Optional<Principal>> persons, InstantSource clock) {
        this.store = store;
        this.persons = persons;
        this.clock = clock;
    }

    /** Makes it for clients alone. */
    public Access(ClientStore store, InstantSource clock) {
        this(store, name -> Optional.empty(), clock);
    }

    /**
     * Makes the first clients, one for each role with a key, its id the role's word; does nothing once there is any
     * client.
     *
     * @return whether they were made
     */
    public boolean bootstrap(BootstrapKeys keys) {
        Instant now = clock.instant();
        List<ApiClient> clients = keys.byRole().entrySet().stream()
                .map(entry -> new ApiClient(
                        entry.getKey().word(),
                        entry.getKey().word(),
                        KeyHash.ofKey(entry.getValue()),
                        java.util.Set.of(entry.getKey()),
                        java.util.Set.of(),
                        java.util.Set.of(),
                        now))
                .toList();
        if (clients.isEmpty()) {
            return false;
        }
        String roles = String.join(",", clients.stream().map(ApiClient::id).toList());
        return store.createFirst(
                clients, new Deed(now, "gateway", "access.bootstrap", roles, ContentHash.of(clients.toString())));
    }

    /**
     * Finds who has this key. The key is looked up by its hash and compared in constant time.
     *
     * @param bearerKey as presented; anything
     * @return empty for an unknown key
     */
    public Optional<Principal> authenticate(String bearerKey) {
        if (!KEY.matcher(bearerKey).matches()) {
            return Optional.empty();
        }
        return byHash(KeyHash.ofKey(bearerKey));
    }

    /** What a key is remembered by where the key itself is not to be kept. */
    public static String hashOf(String bearerKey) {
        return KeyHash.ofKey(bearerKey);
    }

    /** Whose key has this hash, as they may act now; empty where it opens nothing any more. */
    public Optional<Principal> byHash(String hash) {
        return store.findByKeyHash(hash)
                .filter(client -> !client.locked() && KeyHash.same(client.keyHash(), hash))
                .map(ApiClient::principal);
    }

    /** Finds a person or client by their id, as they may act now; empty where they are locked. */
    public Optional<Principal> find(String id) {
        return persons.apply(id)
                .or(() -> store.find(id).filter(client -> !client.locked()).map(ApiClient::principal));
    }
}
