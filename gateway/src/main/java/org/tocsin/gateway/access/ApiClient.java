package org.tocsin.gateway.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of the API as it is kept: what it may do, and its key's hash, never the key.
 *
 * @param id its name, unique among clients and accounts
 * @param name its name for people
 * @param keyHash the key's hash as {@link Access} makes it, in lower-case hexadecimal; empty where it has no key yet
 * @param roles what it may do
 * @param divisions where, see {@link Principal}
 * @param hazards for which hazards, see {@link Principal}
 * @param senders as which CAP senders, see {@link Principal}
 * @param locked whether an administrator has locked it
 * @param newKey whether two people have agreed that it gets a new key in place of the one that it has
 * @param created when it was made
 * @param version counts its changes
 */
public record ApiClient(
        String id,
        String name,
        String keyHash,
        Set<Role> roles,
        Set<String> divisions,
        Set<String> hazards,
        Set<String> senders,
        boolean locked,
        boolean newKey,
        Instant created,
        long version) {
    /** Copies the sets; what an older gateway did not keep is empty. */
    public ApiClient {
        roles = Set.copyOf(roles);
        divisions = Set.copyOf(divisions);
        hazards = Set.copyOf(hazards);
        senders = copy(senders);
    }

    /** One that may speak for every sender. */
    public ApiClient(
            String id,
            String name,
            String keyHash,
            Set<Role> roles,
            Set<String> divisions,
            Set<String> hazards,
            Instant created) {
        this(id, name, keyHash, roles, divisions, hazards, Set.of(), false, false, created, 0);
    }

    private static Set<String> copy(@Nullable Set<String> texts) {
        return texts == null ? Set.of() : Set.copyOf(texts);
    }

    /** The client as an actor. */
    public Principal principal() {
        return new Principal(id, name, Principal.Kind.CLIENT, roles, divisions, hazards, senders);
    }

    /** What it may do. */
    public Grant grant() {
        return new Grant(roles, divisions, hazards, senders);
    }

    ApiClient with(Grant grant) {
        return new ApiClient(
                id,
                name,
                keyHash,
                grant.roles(),
                grant.divisions(),
                grant.hazards(),
                grant.senders(),
                locked,
                newKey,
                created,
                version + 1);
    }

    ApiClient withKeyHash(String hash) {
        return new ApiClient(id, name, hash, roles, divisions, hazards, senders, locked, false, created, version + 1);
    }

    ApiClient withLocked(boolean whether) {
        return new ApiClient(
                id, name, keyHash, roles, divisions, hazards, senders, whether, newKey, created, version + 1);
    }

    ApiClient withNewKey() {
        return new ApiClient(id, name, keyHash, roles, divisions, hazards, senders, locked, true, created, version + 1);
    }

    /** Whether a key may be made for it now: its first one, or one that two people have agreed on. */
    public boolean mayGetKey() {
        return keyHash.isEmpty() || newKey;
    }

    /** All but the key's hash. */
    @Override
    public String toString() {
        return "ApiClient[" + id + ", roles=" + roles + ", divisions=" + divisions + ", hazards=" + hazards + "]";
    }
}
