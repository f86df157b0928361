package org.tocsin.gateway.access;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person's account as it is kept.
 *
 * @param name what the person signs in with, and its id in the ledger and in sign-offs; never given to another
 * @param displayName its name for people
 * @param grant what the person may do
 * @param locked whether an administrator has locked it
 * @param created when it was made
 * @param signedIn when somebody last signed in by it; null for never
 * @param credentials how the person proves who they are
 * @param version counts its changes
 */
public record Account(
        String name,
        String displayName,
        Grant grant,
        boolean locked,
        Instant created,
        @Nullable Instant signedIn,
        Credentials credentials,
        long version) {
    /** What a name for sign-in may be. */
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,39}");

    /** The person as an actor. */
    public Principal principal() {
        return new Principal(
                name, displayName, Principal.Kind.PERSON, grant.roles(), grant.divisions(), grant.hazards());
    }

    /** Whether the person has a second factor. */
    public boolean hasSecondFactor() {
        return credentials.secret() != null;
    }

    /** Whether it waits for its person to sign in by a one-time password. */
    public boolean isInvited() {
        return credentials.password() == null || credentials.oneTimeUntil() != null;
    }

    Account with(Credentials other) {
        return new Account(name, displayName, grant, locked, created, signedIn, other, version + 1);
    }

    Account with(Grant other, Credentials opened) {
        return new Account(name, displayName, other, locked, created, signedIn, opened, version + 1);
    }

    Account with(Grant other) {
        return new Account(name, displayName, other, locked, created, signedIn, credentials, version + 1);
    }

    Account withLocked(boolean whether) {
        return new Account(name, displayName, grant, whether, created, signedIn, credentials, version + 1);
    }

    Account withSignedIn(Instant at) {
        return new Account(name, displayName, grant, locked, created, at, credentials, version + 1);
    }
}
