package org.tocsin.gateway.access;

import java.time.Instant;
import java.util.Set;

/**
 * A client of the API as it is kept: what it may do, and its key's hash, never the key.
 *
 * @param id its name, unique
 * @param name its name for people
 * @param keyHash the key's hash as {@link Access} makes it, in lower-case hexadecimal
 * @param roles what it may do
 * @param divisions where, see {@link Principal}
 * @param hazards for which hazards, see {@link Principal}
 * @param created when it was made
 */
public record ApiClient(
        String id,
        String name,
        String keyHash,
        Set<Role> roles,
        Set<String> divisions,
        Set<String> hazards,
        Instant created) {
    /** Copies the sets. */
    public ApiClient {
        roles = Set.copyOf(roles);
        divisions = Set.copyOf(divisions);
        hazards = Set.copyOf(hazards);
    }

    /** The client as an actor. */
    public Principal principal() {
        return new Principal(id, name, Principal.Kind.CLIENT, roles, divisions, hazards);
    }

    /** All but the key's hash. */
    @Override
    public String toString() {
        return "ApiClient[" + id + ", roles=" + roles + ", divisions=" + divisions + ", hazards=" + hazards + "]";
    }
}
