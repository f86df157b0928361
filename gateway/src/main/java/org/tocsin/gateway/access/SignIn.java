package org.tocsin.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.ledger.ContentHash;
import org.tocsin.gateway.ledger.Deed;

/**
 * The sign-in of people, step by step: a password, or an OpenID provider's word; then the second factor where there is
 * one; then a session. Blocking; may be used by any thread.
 *
 * <p>Attempts are counted by account and by address. A browser that has signed in to the account before shows a mark
 * and is counted by itself, so that a stranger's guesses do not hold up who sits at it.
 */
public final class SignIn {
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final int ATTEMPTS = 5;
    private static final int LONGEST_MARK = 160;

    private final AccessStore store;
    private final Sessions sessions;
    private final SecondFactors secondFactors;
    private final Passwords passwords;
    private final SecretBox box;
    private final SignInBrake brake;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** Makes it; random must be a cryptographic source. */
    public SignIn(
            AccessStore store,
            Sessions sessions,
            SecondFactors secondFactors,
            Passwords passwords,
            SecretBox box,
            SignInBrake brake,
            RandomGenerator random,
            InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.secondFactors = secondFactors;
        this.passwords = passwords;
        this.box = box;
        this.brake = brake;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Where a sign-in comes from.
     *
     * @param address the network address
     * @param words the same and the browser in rough words, for the list of sessions
     * @param device the mark that the browser has from an earlier sign-in; empty where it has none
     */
    public record From(String address, String words, String device) {}

    /**
     * Signs in by a password.
     *
     * @throws Passwords.Busy when too many are being checked
     */
    public SignInStep byPassword(String typedName, String password, From from) {
        String name = typedName.strip().toLowerCase(Locale.ROOT);
        boolean plausible = Account.NAME.matcher(name).matches();
        Duration wait = hold(plausible ? name : "", from);
        if (!wait.isZero()) {
            return SignInStep.waiting(wait);
        }
        Optional<Account> found = plausible ? store.account(name) : Optional.empty();
        if (!isRight(found.orElse(null), password)) {
            // What was typed as a name may be a password: it is not written down.
            LOG.info("a sign-in failed, from {}", from.address());
            return SignInStep.of(SignInStep.Next.WRONG);
        }
        Account account = found.orElseThrow();
        release(name, from);
        if (account.locked()) {
            return SignInStep.of(SignInStep.Next.LOCKED);
        }
        Instant until = account.credentials().oneTimeUntil();
        if (until != null && !clock.instant().isBefore(until)) {
            return SignInStep.of(SignInStep.Next.LAPSED);
        }
        if (until != null) {
            return SignInStep.to(
                    SignInStep.Next.NEW_PASSWORD,
                    sessions.begin(name, Session.Stage.NEW_PASSWORD, from.words(), false));
        }
        return afterFirst(account, from, "password");
    }

    /** Signs in by the word of the OpenID provider, whose claim names the account. */
    public SignInStep byProvider(String claimed, From from) {
        String name = claimed.strip().toLowerCase(Locale.ROOT);
        Optional<Account> account = Account.NAME.matcher(name).matches() ? store.account(name) : Optional.empty();
        if (account.isEmpty()) {
            LOG.warn("the OpenID provider has signed in somebody who has no account here");
            return SignInStep.of(SignInStep.Next.NOBODY);
        }
        return account.get().locked()
                ? SignInStep.of(SignInStep.Next.LOCKED)
                : afterFirst(account.get(), from, "provider");
    }

    private SignInStep afterFirst(Account account, From from, String how) {
        return account.hasSecondFactor()
                ? SignInStep.to(
                        SignInStep.Next.CODE, sessions.begin(account.name(), Session.Stage.CODE, from.words(), false))
                : opened(account.name(), from, how, false);
    }

    /** Goes on with the code that is asked for. */
    public SignInStep byCode(String pending, String code, From from) {
        Optional<Session> there = sessions.at(Session.Stage.CODE, pending);
        if (there.isEmpty()) {
            return SignInStep.of(SignInStep.Next.GONE);
        }
        String name = there.get().principal();
        SecondFactorAnswer answer = secondFactors.check(name, code);
        return switch (answer) {
            case CONFIRMED -> {
                sessions.end(pending);
                yield opened(name, from, "code", true);
            }
            case USED -> SignInStep.of(SignInStep.Next.USED);
            case WRONG -> SignInStep.of(SignInStep.Next.WRONG);
            case HELD -> SignInStep.waiting(SignInBrake.Pace.CODE.longest());
            case NOT_SET_UP, NO_SESSION -> {
                // It was taken away meanwhile.
                sessions.end(pending);
                yield SignInStep.of(SignInStep.Next.GONE);
            }
        };
    }

    /**
     * Goes on with a password of one's own in the place of the one-time password.
     *
     * @throws Refusal with all that is wrong with it
     */
    public SignInStep byNewPassword(String pending, String password, String repeated, From from) {
        Optional<Session> there = sessions.at(Session.Stage.NEW_PASSWORD, pending);
        Optional<Account> found = there.flatMap(session -> store.account(session.principal()));
        if (found.isEmpty()) {
            return SignInStep.of(SignInStep.Next.GONE);
        }
        String hash = checked(found.get(), password, repeated);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account account = store.account(found.get().name()).orElseThrow();
            if (account.credentials().oneTimeUntil() == null || account.locked()) {
                return SignInStep.of(SignInStep.Next.GONE);
            }
            Account after = account.with(account.credentials().withPassword(hash, null));
            if (replace(account, after, "access.password", "")) {
                sessions.endAll(account.name(), null);
                return afterFirst(after, from, "password");
            }
        }
        return SignInStep.of(SignInStep.Next.GONE);
    }

    /**
     * Changes one's own password; all other sessions end.
     *
     * @param session the id of the session that asks, which goes on
     * @throws Refusal with all that is wrong
     */
    public void changePassword(String name, String session, String old, String password, String repeated, From from) {
        Account account = store.account(name)
                .orElseThrow(() ->
                        new Refusal(Refusal.Kind.CONFLICT, "", "account.none", "an API key has no password to change"));
        if (!hold(name, from).isZero()) {
            throw new Refusal(Refusal.Kind.BUSY, "old", "password.wait", "too many wrong passwords: wait a little");
        }
        if (!isRight(account, old)) {
            throw new Refusal(Refusal.Kind.INVALID, "old", "password.old", "this is not your password of now");
        }
        release(name, from);
        String hash = checked(account, password, repeated);
        if (!replace(account, account.with(account.credentials().withPassword(hash, null)), "access.password", "")) {
            throw new Refusal(Refusal.Kind.CONFLICT, "", "changed", "your account was changed meanwhile: repeat it");
        }
        sessions.endAll(name, session);
    }

    /**
     * Whether it is the password of the account, for acts that ask for it again; true where the account has none of its
     * own, as of one who signs in by the OpenID provider alone.
     */
    public boolean isOwnPassword(String name, String password, From from) {
        Optional<Account> account = store.account(name);
        if (account.isEmpty() || account.get().isInvited()) {
            return account.isPresent();
        }
        if (!hold(name, from).isZero()) {
            return false;
        }
        boolean right = isRight(account.get(), password);
        if (right) {
            release(name, from);
        }
        return right;
    }

    /** Whether it is the account's password; of a one-time password neither case nor what is between letters counts. */
    private boolean isRight(@Nullable Account account, String typed) {
        if (account == null) {
            return passwords.isRight(PasswordRules.normal(typed), null);
        }
        Credentials there = account.credentials();
        String plain = there.oneTimeUntil() == null ? PasswordRules.normal(typed) : SecretWords.plain(typed);
        return passwords.isRight(plain, there.password());
    }

    private String checked(Account account, String password, String repeated) {
        List<Refusal.Fault> faults =
                new ArrayList<>(PasswordRules.faults(password, account.name(), account.displayName()));
        if (!password.equals(repeated)) {
            faults.add(new Refusal.Fault("repeated", "password.repeated", "the two are not the same"));
        }
        if (faults.isEmpty() && isRight(account, password)) {
            faults.add(new Refusal.Fault("password", "password.same", "choose another than the one of now"));
        }
        if (!faults.isEmpty()) {
            throw new Refusal(Refusal.Kind.INVALID, faults);
        }
        return passwords.hash(PasswordRules.normal(password));
    }

    private SignInStep opened(String name, From from, String how, boolean secondFactor) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account account = store.account(name).orElseThrow();
            if (account.locked()) {
                return SignInStep.of(SignInStep.Next.LOCKED);
            }
            if (replace(account, account.withSignedIn(clock.instant()), "access.signIn", how)) {
                String session = sessions.begin(name, Session.Stage.OPEN, from.words(), secondFactor);
                return new SignInStep(SignInStep.Next.OPEN, session, device(name), Duration.ZERO);
            }
        }
        throw new Refusal(Refusal.Kind.CONFLICT, "", "changed", "your account was changed meanwhile: repeat it");
    }

    private boolean replace(Account before, Account after, String act, String how) {
        return store.commit(
                List.of(new AccessStore.Replace(AccessStore.Place.ACCOUNT, before.name(), before.version(), after)),
                List.of(new Deed(clock.instant(), before.name(), act, before.name(), ContentHash.of(how))));
    }

    /** Takes an attempt; the browser's own count where it has a mark for this account. */
    private Duration hold(String name, From from) {
        Instant now = clock.instant();
        String own = knownDevice(name, from.device());
        if (!own.isEmpty()) {
            return brake.take(own, SignInBrake.Pace.ACCOUNT, now);
        }
        Duration address = brake.take("address:" + from.address(), SignInBrake.Pace.ADDRESS, now);
        return address.isZero() && !name.isEmpty()
                ? brake.take("account:" + name, SignInBrake.Pace.ACCOUNT, now)
                : address;
    }

    private void release(String name, From from) {
        String own = knownDevice(name, from.device());
        brake.release(own.isEmpty() ? "account:" + name : own);
        if (own.isEmpty()) {
            brake.giveBack("address:" + from.address());
        }
    }

    private String device(String name) {
        String nonce = SecretWords.key(random);
        return name + "!" + nonce + "!" + box.mark("device\n" + name + "\n" + nonce);
    }

    private String knownDevice(String name, String mark) {
        String[] parts = mark.length() > LONGEST_MARK ? new String[0] : mark.split("!", -1);
        boolean known = parts.length == 3
                && parts[0].equals(name)
                && KeyHash.same(parts[2], box.mark("device\n" + name + "\n" + parts[1]));
        return known ? "device:" + parts[1] : "";
    }
}
