package org.tocsin.gateway.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/** Second factors of accounts: codes of an authenticator app, and recovery codes on paper. Blocking; any thread. */
public final class SecondFactorDesk implements SecondFactors {
    private static final String ISSUER = "Tocsin";
    private static final int ATTEMPTS = 5;

    private final AccessStore store;
    private final SecretBox box;
    private final SignInBrake brake;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** Makes it; random must be a cryptographic source. */
    public SecondFactorDesk(
            AccessStore store, SecretBox box, SignInBrake brake, RandomGenerator random, InstantSource clock) {
        this.store = store;
        this.box = box;
        this.brake = brake;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A second factor to be set up.
     *
     * @param address what an app reads from a QR code; holds the secret
     * @param secret the same to be typed, in groups of four
     */
    public record Offer(String address, String secret) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Offer";
        }
    }

    @Override
    public boolean isSetUp(String principal) {
        return store.account(principal).filter(Account::hasSecondFactor).isPresent();
    }

    /** Offers a secret to set up; the same one until it is confirmed, so that a page may be loaded again. */
    public Offer offer(String name) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account account = account(name);
            String there = account.credentials().offered();
            byte[] known = there == null ? null : box.open(name, there).orElse(null);
            if (known != null) {
                return shown(name, known);
            }
            byte[] secret = new byte[Totp.SECRET_BYTES];
            random.nextBytes(secret);
            if (replace(
                    account,
                    account.with(account.credentials().withOffered(box.seal(name, secret))),
                    "access.secondFactor.offer")) {
                return shown(name, secret);
            }
        }
        throw changed();
    }

    private static Offer shown(String name, byte[] secret) {
        return new Offer(Totp.address(ISSUER, name, secret), Totp.base32(secret).replaceAll("(.{4})(?=.)", "$1 "));
    }

    /**
     * Confirms the offered secret by its first code; it takes the place of the one before.
     *
     * @return the recovery codes, which are told this once
     * @throws Refusal when the code is not right, or none was offered
     */
    public Set<String> confirm(String name, String code) {
        if (!brake.take("code:" + name, SignInBrake.Pace.CODE, clock.instant()).isZero()) {
            throw new Refusal(Refusal.Kind.BUSY, "code", "code.held", "too many wrong codes: wait a minute");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account account = account(name);
            String offered = account.credentials().offered();
            byte[] secret = offered == null ? null : box.open(name, offered).orElse(null);
            if (offered == null || secret == null) {
                throw new Refusal(Refusal.Kind.CONFLICT, "code", "code.none", "nothing is being set up: begin again");
            }
            OptionalLong step = Totp.step(secret, digits(code), clock.instant());
            if (step.isEmpty()) {
                throw new Refusal(
                        Refusal.Kind.INVALID,
                        "code",
                        "code.wrong",
                        "this is not the app's code of now: check the phone's clock");
            }
            Set<String> codes = SecretWords.codes(random);
            if (replace(
                    account,
                    account.with(account.credentials().withSecret(offered, step.getAsLong(), hashes(codes))),
                    "access.secondFactor.set")) {
                brake.release("code:" + name);
                return codes;
            }
        }
        throw changed();
    }

    /**
     * Makes new recovery codes; those before open nothing any more.
     *
     * @return the codes, which are told this once
     * @throws Refusal where there is no second factor
     */
    public Set<String> renewRecovery(String name) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account account = account(name);
            if (!account.hasSecondFactor()) {
                throw new Refusal(Refusal.Kind.CONFLICT, "", "code.none", "set a second factor up first");
            }
            Set<String> codes = SecretWords.codes(random);
            if (replace(
                    account,
                    account.with(account.credentials().withRecovery(hashes(codes))),
                    "access.secondFactor.recovery")) {
                return codes;
            }
        }
        throw changed();
    }

    @Override
    public SecondFactorAnswer check(String principal, String code) {
        if (!isSetUp(principal)) {
            return SecondFactorAnswer.NOT_SET_UP;
        }
        if (!brake.take("code:" + principal, SignInBrake.Pace.CODE, clock.instant())
                .isZero()) {
            return SecondFactorAnswer.HELD;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account account = account(principal);
            String digits = digits(code);
            SecondFactorAnswer answer =
                    digits.length() == 6 ? byApp(account, digits) : byRecovery(account, SecretWords.plain(code));
            if (answer != SecondFactorAnswer.NO_SESSION) {
                if (answer == SecondFactorAnswer.CONFIRMED) {
                    brake.release("code:" + principal);
                }
                return answer;
            }
        }
        throw changed();
    }

    // NO_SESSION stands for "changed meanwhile, look again".
    private SecondFactorAnswer byApp(Account account, String code) {
        Credentials there = account.credentials();
        String sealed = there.secret();
        OptionalLong step = sealed == null
                ? OptionalLong.empty()
                : box.open(account.name(), sealed)
                        .map(secret -> Totp.step(secret, code, clock.instant()))
                        .orElse(OptionalLong.empty());
        if (step.isEmpty()) {
            return SecondFactorAnswer.WRONG;
        }
        if (step.getAsLong() <= there.usedStep()) {
            return SecondFactorAnswer.USED;
        }
        return replace(account, account.with(there.withStep(step.getAsLong())), "access.secondFactor.use")
                ? SecondFactorAnswer.CONFIRMED
                : SecondFactorAnswer.NO_SESSION;
    }

    private SecondFactorAnswer byRecovery(Account account, String code) {
        String hash = KeyHash.ofRecovery(code);
        Set<String> left = new HashSet<>(account.credentials().recovery());
        if (!left.remove(hash)) {
            return SecondFactorAnswer.WRONG;
        }
        return replace(
                        account,
                        account.with(account.credentials().withRecovery(left)),
                        "access.secondFactor.useRecovery")
                ? SecondFactorAnswer.CONFIRMED
                : SecondFactorAnswer.NO_SESSION;
    }

    private Account account(String name) {
        return store.account(name)
                .orElseThrow(
                        () -> new Refusal(Refusal.Kind.UNKNOWN, "name", "account.unknown", "there is no such account"));
    }

    private boolean replace(Account before, Account after, String act) {
        Instant now = clock.instant();
        return store.commit(
                List.of(new AccessStore.Replace(AccessStore.Place.ACCOUNT, before.name(), before.version(), after)),
                List.of(new Deed(now, before.name(), act, before.name(), ContentHash.of(""))));
    }

    private static Set<String> hashes(Set<String> codes) {
        return codes.stream().map(SecretWords::plain).map(KeyHash::ofRecovery).collect(Collectors.toSet());
    }

    private static String digits(String code) {
        String plain = code.replaceAll("[\\s\\u3000-]", "");
        return plain.matches("[0-9]{6}") ? plain : "";
    }

    private static Refusal changed() {
        return new Refusal(
                Refusal.Kind.CONFLICT, "", "changed", "somebody else has just changed it: look again and repeat");
    }
}
