package org.tocsin.gateway.access;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * All that people's accounts and rights are kept by, put together.
 *
 * @param access who is who
 * @param sessions the console's sessions
 * @param accounts people's accounts
 * @param clients API clients' keys
 * @param rights changes of rights
 * @param signIn the sign-in of people
 * @param secondFactors their second factors
 * @param box seals what a browser keeps for the gateway
 */
public record AccessDesk(
        Access access,
        Sessions sessions,
        Accounts accounts,
        Clients clients,
        RightsDesk rights,
        SignIn signIn,
        SecondFactorDesk secondFactors,
        SecretBox box) {
    /** No account's name. */
    private static final String BROWSERS = "*browsers";

    /**
     * Where it is kept.
     *
     * @param clients the clients as they are asked for by key
     * @param store accounts, clients and proposals
     * @param sessions the sessions
     * @param brake the counts of attempts
     */
    public record Stores(ClientStore clients, AccessStore store, SessionStore sessions, SignInBrake brake) {}

    /**
     * The approval matrix where people change it.
     *
     * @param problems all that is wrong with one as text
     * @param settings the settings', as text
     */
    public record MatrixText(Function<String, List<String>> problems, String settings) {}

    /**
     * Puts it together.
     *
     * @param key the key of what is kept encrypted
     * @param random a cryptographic source
     */
    public static AccessDesk open(
            Stores stores,
            Passwords passwords,
            byte[] key,
            MatrixText matrix,
            SessionLife life,
            RandomGenerator random,
            InstantSource clock) {
        AccessStore store = stores.store();
        SecretBox box = new SecretBox(key, random);
        Access access = new Access(stores.clients(), name -> Accounts.person(store, name), clock);
        SecondFactorDesk secondFactors = new SecondFactorDesk(store, box, stores.brake(), random, clock);
        Sessions sessions = new Sessions(stores.sessions(), access, secondFactors, random, clock, life);
        Opening opening = new Opening(store, passwords, box, random, clock);
        RightsDesk rights =
                new RightsDesk(store, sessions, opening, matrix.problems(), matrix.settings(), random, clock);
        return new AccessDesk(
                access,
                sessions,
                new Accounts(store, rights, sessions, opening, clock),
                new Clients(store, sessions, random, clock),
                rights,
                new SignIn(store, sessions, secondFactors, passwords, box, stores.brake(), random, clock),
                secondFactors,
                box);
    }

    /** Seals what a browser shall keep and bring back, so that it can neither read nor change it. */
    public String seal(String text) {
        return box.seal(BROWSERS, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What was sealed; empty where it was not sealed here. */
    public Optional<String> unseal(String sealed) {
        return box.open(BROWSERS, sealed).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
