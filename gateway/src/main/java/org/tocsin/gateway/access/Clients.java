package org.tocsin.gateway.access;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.tocsin.gateway.access.AccessStore.Add;
import org.tocsin.gateway.access.AccessStore.Place;
import org.tocsin.gateway.access.AccessStore.Remove;
import org.tocsin.gateway.access.AccessStore.Replace;
import org.tocsin.gateway.access.AccessStore.Write;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/** API clients' keys and locks; what clients may do changes by {@link RightsDesk}. Blocking; any thread. */
public final class Clients {
    private final AccessStore store;
    private final Sessions sessions;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** Makes it; random must be a cryptographic source. */
    public Clients(AccessStore store, Sessions sessions, RandomGenerator random, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.random = random;
        this.clock = clock;
    }

    /** All clients by id. */
    public List<ApiClient> list() {
        return store.clients().stream()
                .sorted(Comparator.comparing(ApiClient::id))
                .toList();
    }

    /** A client. */
    public Optional<ApiClient> find(String id) {
        return store.client(id);
    }

    /**
     * Makes a key for a client: its first one, or a new one that was proposed and confirmed
     * ({@link RightsDesk#proposeKey}), since whoever has a client's key can act as it. The one before opens nothing
     * from now on, and its sessions end.
     *
     * @return the key, which is told this once
     * @throws Refusal where it has one and no second person has agreed to another
     */
    public String rotate(Principal by, String id) {
        ApiClient client = there(id);
        if (!client.mayGetKey()) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "",
                    "client.key",
                    "it has a key: propose a new one, which a second person confirms");
        }
        String key = SecretWords.key(random);
        String hash = KeyHash.ofKey(key);
        List<Write> writes = new ArrayList<>();
        writes.add(new Replace(Place.CLIENT, id, client.version(), client.withKeyHash(hash)));
        if (!client.keyHash().isEmpty()) {
            writes.add(new Remove(Place.CLIENT_KEY, client.keyHash()));
        }
        writes.add(new Add(Place.CLIENT_KEY, hash, id));
        commit(by, writes, "access.client.key", id);
        sessions.endAll(id, null);
        return key;
    }

    /** Locks a client; its key opens nothing and its sessions end at once. */
    public void lock(Principal by, String id) {
        ApiClient client = there(id);
        if (!client.locked()) {
            commit(
                    by,
                    List.of(new Replace(Place.CLIENT, id, client.version(), client.withLocked(true))),
                    "access.client.lock",
                    id);
        }
        sessions.endAll(id, null);
    }

    /** Unlocks a client. */
    public void unlock(Principal by, String id) {
        ApiClient client = there(id);
        if (client.locked()) {
            commit(
                    by,
                    List.of(new Replace(Place.CLIENT, id, client.version(), client.withLocked(false))),
                    "access.client.unlock",
                    id);
        }
    }

    private void commit(Principal by, List<Write> writes, String act, String id) {
        if (!store.commit(writes, List.of(new Deed(clock.instant(), by.id(), act, id, ContentHash.of(""))))) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT, "", "changed", "somebody else has just changed it: look again and repeat");
        }
    }

    private ApiClient there(String id) {
        return store.client(id)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.UNKNOWN, "id", "client.unknown", "there is no API client of this name"));
    }
}
