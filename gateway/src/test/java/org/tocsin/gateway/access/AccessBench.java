package org.tocsin.gateway.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Accounts and rights over stores, with quick hashes, a clock that stands until it is moved, and an app for codes. */
public final class AccessBench implements InstantSource {
    /** A password that the rules take. */
    public static final String PASSWORD = "seven green kettles";

    /** The desk. */
    public final AccessDesk desk;

    private volatile Instant now;
    private final AccessStore store;
    private final SecretBox box;
    private final Passwords passwords;

    /** Makes it. */
    public AccessBench(AccessDesk.Stores stores, Instant start) {
        now = start;
        store = stores.store();
        box = new SecretBox(new byte[SecretBox.KEY_BYTES], new SecureRandom());
        passwords = Passwords.quick(new SecureRandom(), 4, 64, Duration.ofSeconds(20));
        desk = AccessDesk.open(
                stores,
                passwords,
                new byte[SecretBox.KEY_BYTES],
                new AccessDesk.MatrixText(
                        text -> text.contains("bad") ? List.of("rules: is bad") : List.of(), "machineSignOff: none"),
                SessionLife.STANDARD,
                new SecureRandom(),
                this);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time pass. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Who acts on the machine. */
    public static Principal machine() {
        return Accounts.MACHINE;
    }

    /** Rights everywhere. */
    public static Grant grant(Role... roles) {
        return new Grant(Set.of(roles), Set.of(), Set.of(), Set.of());
    }

    /** An administrator's or first people's account with rights and a password of its own. */
    public Principal person(String name, Role... roles) {
        return made(machine(), name, roles);
    }

    /** The same, made by a person, as it must be once there are two administrators. */
    public Principal personByAPerson(String name, Role... roles) {
        return made(
                new Principal("chief", "chief", Principal.Kind.PERSON, Set.of(Role.ADMIN), Set.of(), Set.of()),
                name,
                roles);
    }

    private Principal made(Principal by, String name, Role... roles) {
        Accounts.Added added = desk.accounts().add(by, name, name, grant(roles));
        Proposal waiting = added.waiting();
        if (waiting != null) {
            Proposal done = waiting.decided(Proposal.State.CONFIRMED, "test", instant(), "");
            commit(new AccessStore.Replace(AccessStore.Place.PROPOSAL, waiting.id(), waiting.version(), done));
            give(name, grant(roles));
        }
        OneTime oneTime = added.oneTime();
        if (oneTime == null) {
            Account account = store.account(name).orElseThrow();
            commit(new AccessStore.Replace(
                    AccessStore.Place.ACCOUNT,
                    name,
                    account.version(),
                    account.with(account.credentials().withPassword(passwords.hash(PASSWORD), null))));
        } else {
            replace(name, oneTime.password());
        }
        desk.sessions().endAll(name, null);
        return store.account(name).orElseThrow().principal();
    }

    /** Signs in by a one-time password, replaces it by {@link #PASSWORD}, and gives the session. */
    public String replace(String name, String oneTime) {
        SignInStep step = desk.signIn().byPassword(name, oneTime, from("192.0.2.1"));
        return desk.signIn()
                .byNewPassword(step.session(), PASSWORD, PASSWORD, from("192.0.2.1"))
                .session();
    }

    /** Gives rights without asking anybody. */
    public void give(String name, Grant grant) {
        Account account = store.account(name).orElseThrow();
        commit(new AccessStore.Replace(AccessStore.Place.ACCOUNT, name, account.version(), account.with(grant)));
    }

    private void commit(AccessStore.Write write) {
        if (!store.commit(
                List.of(write), List.of(new org.tocsin.gateway.ledger.Deed(instant(), "test", "test", "test", "")))) {
            throw new IllegalStateException("it was changed meanwhile");
        }
    }

    /** Where a sign-in comes from. */
    public static SignIn.From from(String address) {
        return new SignIn.From(address, "Firefox, Linux", "");
    }

    /** Sets a second factor up, and gives its recovery codes. */
    public Set<String> enrol(String name) {
        desk.secondFactors().offer(name);
        byte[] secret = box.open(
                        name,
                        String.valueOf(
                                store.account(name).orElseThrow().credentials().offered()))
                .orElseThrow();
        return desk.secondFactors().confirm(name, Totp.code(secret, instant()));
    }

    /** What the person's app shows now. */
    public String code(String name) {
        byte[] secret = box.open(
                        name,
                        String.valueOf(
                                store.account(name).orElseThrow().credentials().secret()))
                .orElseThrow();
        return Totp.code(secret, instant());
    }

    /** Codes of a refusal by field. */
    public static Map<String, String> codes(Refusal refusal) {
        Map<String, String> codes = new java.util.TreeMap<>();
        refusal.faults().forEach(fault -> codes.put(fault.field(), fault.code()));
        return codes;
    }

    /** What an app shows now that was given this secret by hand. */
    public String codeOf(String typed) {
        java.math.BigInteger bits = java.math.BigInteger.ONE;
        for (char letter : typed.replace(" ", "").toCharArray()) {
            bits = bits.shiftLeft(5)
                    .or(java.math.BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)));
        }
        byte[] led = bits.toByteArray();
        return Totp.code(java.util.Arrays.copyOfRange(led, led.length - Totp.SECRET_BYTES, led.length), instant());
    }
}
