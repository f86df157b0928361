package org.tocsin.gateway.web;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Principal;

/**
 * By what somebody was let in to a connection that stays open.
 *
 * @param principal who they were, and what they might do, when they were
 * @param session their session's id; null where they showed a key
 * @param keyHash their key's hash; null where they have a session
 */
record Admission(Principal principal, @Nullable String session, @Nullable String keyHash) {
    /**
     * Those of many that count no more: the session has ended, the key opens nothing, or who they are may act otherwise
     * than they might. Blocking; a command for all sessions, and some for each person and key.
     */
    static Set<Admission> over(AccessDesk people, Collection<Admission> all) {
        Map<String, Principal> signedIn = people.sessions()
                .standing(all.stream()
                        .map(Admission::session)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
        return all.stream()
                .filter(admission -> !admission.principal.equals(admission.now(people, signedIn)))
                .collect(Collectors.toSet());
    }

    private @Nullable Principal now(AccessDesk people, Map<String, Principal> signedIn) {
        return session != null
                ? signedIn.get(session)
                : keyHash == null ? null : people.access().byHash(keyHash).orElse(null);
    }

    /** Without what lets in. */
    @Override
    public String toString() {
        return "Admission[" + principal.id() + "]";
    }
}
