package org.tocsin.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * How accounts are opened: by a one-time password that one administrator is told, or by one in two halves, of which the
 * proposer is told the first and the confirmer the second. Whoever knows a whole one can sign in before its person
 * does, and be two people from then on; so nobody is told a whole one of an account that decides with others. Blocking;
 * may be used by any thread.
 */
final class Opening {
    private static final Duration LIFE = Duration.ofDays(3);

    private final AccessStore store;
    private final Passwords passwords;
    private final SecretBox box;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** Makes it; random must be a cryptographic source. */
    Opening(AccessStore store, Passwords passwords, SecretBox box, RandomGenerator random, InstantSource clock) {
        this.store = store;
        this.passwords = passwords;
        this.box = box;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A one-time password that was just made.
     *
     * @param told what one person is told: all of it, or the second half
     * @param hash the whole one's, to be kept
     */
    record Made(OneTime told, String hash) {
        /** Never what it holds. */
        @Override
        public String toString() {
            return "Made";
        }
    }

    /**
     * Whether nobody alone may know a one-time password of such a person: one who reviews, signs or administers; for
     * who reviews or signs themselves, also one who issues, as they could sign what they have written as that person.
     *
     * @param grant what the person may do
     * @param knower the roles of who would be told it
     */
    static boolean isForTwo(Grant grant, Set<Role> knower) {
        return grant.roles().stream().anyMatch(Role::isSecondPerson)
                || (grant.roles().contains(Role.ISSUER)
                        && (knower.contains(Role.REVIEWER) || knower.contains(Role.SIGNER)));
    }

    /**
     * Whether an account that gets these rights must be opened anew, by two: where nobody has opened it yet, or one
     * alone has, who may still hold its password and its second factor.
     *
     * @param proposer the roles of who proposes the rights
     */
    boolean mustBeAnew(Account account, Set<Role> proposer, Grant after) {
        String alone = account.credentials().openedBy();
        if (alone == null) {
            return account.credentials().password() == null && isForTwo(after, proposer);
        }
        return isForTwo(after, proposer) || isForTwo(after, rolesOf(alone));
    }

    /** What an account or client may do now; nothing where there is none. */
    Set<Role> rolesOf(String id) {
        return store.account(id)
                .map(account -> account.grant().roles())
                .or(() -> store.client(id).map(ApiClient::roles))
                .orElse(Set.of());
    }

    /** A whole one. */
    Made whole() {
        String password = SecretWords.one(random);
        return made(password, password);
    }

    /** The first half of one for a proposal, encrypted. */
    String firstHalf(String proposal) {
        return box.seal(bound(proposal), SecretWords.half(random).getBytes(UTF_8));
    }

    /** The first half, readable; empty where the proposal has none, or the key's file was lost. */
    Optional<String> firstHalf(Proposal proposal) {
        String sealed = proposal.firstHalf();
        return sealed == null
                ? Optional.empty()
                : box.open(bound(proposal.id()), sealed).map(bytes -> new String(bytes, UTF_8));
    }

    /** The second half of a proposal's one; empty where its first half cannot be read. */
    Optional<Made> secondHalf(Proposal proposal) {
        String second = SecretWords.half(random);
        return firstHalf(proposal).map(first -> made(second, first + second));
    }

    private Made made(String told, String whole) {
        Instant until = clock.instant().plus(LIFE);
        return new Made(new OneTime(told, until), passwords.hash(SecretWords.plain(whole)));
    }

    /** No account's name. */
    private static String bound(String proposal) {
        return "*proposal " + proposal;
    }
}
