package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.AccessBench;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Accounts;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.SecondFactorAnswer;
import org.tocsin.gateway.access.Sessions;
import org.tocsin.gateway.access.SignIn;
import org.tocsin.gateway.access.SignInStep;
import org.tocsin.gateway.access.SignInStep.Next;

@ExtendWith(RedisExtension.class)
class AccountsTest {
    private static final SignIn.From HERE = AccessBench.from("192.0.2.1");
    private static final SignIn.From STRANGER = AccessBench.from("203.0.113.9");

    private AccessBench bench;
    private AccessDesk desk;
    private RedisLedger ledger;

    static AccessDesk.Stores stores(Redis redis, RedisLedger ledger) {
        return new AccessDesk.Stores(
                new RedisClientStore(redis, ledger),
                new RedisAccessStore(redis, ledger),
                new RedisSessionStore(redis),
                new RedisSignInBrake(redis));
    }

    @BeforeEach
    void open(Redis redis) {
        ledger = new RedisLedger(redis);
        bench = new AccessBench(stores(redis, ledger), Instant.now());
        desk = bench.desk;
    }

    private List<String> acts() {
        List<String> acts = new ArrayList<>();
        ledger.read(1, Long.MAX_VALUE, entry -> acts.add(entry.act()));
        return acts;
    }

    @Test
    void letsTheFirstPersonInWithAOneTimePasswordThatMustBeReplaced() {
        Accounts.Added added =
                desk.accounts().add(AccessBench.machine(), "zhang.wei", "张伟", AccessBench.grant(Role.ADMIN));

        SignInStep first = desk.signIn()
                .byPassword(
                        " Zhang.Wei ", Objects.requireNonNull(added.oneTime()).password(), HERE);
        assertEquals(Next.NEW_PASSWORD, first.next());
        assertTrue(desk.sessions().find(first.session()).isEmpty(), "a step is no session");
        Refusal weak =
                assertThrows(Refusal.class, () -> desk.signIn().byNewPassword(first.session(), "short", "other", HERE));
        assertEquals(Map.of("password", "password.short", "repeated", "password.repeated"), AccessBench.codes(weak));
        SignInStep open =
                desk.signIn().byNewPassword(first.session(), AccessBench.PASSWORD, AccessBench.PASSWORD, HERE);

        assertEquals(Next.OPEN, open.next());
        assertNotEquals(first.session(), open.session());
        assertEquals(
                Set.of(Role.ADMIN),
                desk.sessions().find(open.session()).orElseThrow().roles());
        assertEquals(
                Next.GONE,
                desk.signIn()
                        .byNewPassword(first.session(), AccessBench.PASSWORD, AccessBench.PASSWORD, HERE)
                        .next());
        assertEquals(
                Next.WRONG,
                desk.signIn()
                        .byPassword(
                                "zhang.wei",
                                Objects.requireNonNull(added.oneTime()).password(),
                                HERE)
                        .next());
        assertEquals(List.of("access.account.first", "access.password", "access.signIn"), acts());
        assertTrue(ledger.verify().holds());
    }

    @Test
    void letsAOneTimePasswordLapse() {
        Accounts.Added added = desk.accounts().add(AccessBench.machine(), "zhang", "张", AccessBench.grant(Role.ADMIN));
        bench.pass(Duration.ofDays(3));

        assertEquals(
                Next.LAPSED,
                desk.signIn()
                        .byPassword(
                                "zhang", Objects.requireNonNull(added.oneTime()).password(), HERE)
                        .next());
    }

    @Test
    void keepsNoSecretReadable(Redis redis) {
        bench.person("zhang", Role.ADMIN);
        Set<String> recovery = bench.enrol("zhang");
        String typed = desk.secondFactors().offer("zhang").secret().replace(" ", "");
        desk.rights().proposeNewClient(principal("zhang"), "water", "水利", AccessBench.grant(Role.AGENCY));
        String session =
                desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE).session();

        StringBuilder all = new StringBuilder();
        for (String key : redis.connection().sync().keys("*")) {
            all.append(key).append(' ');
            switch (redis.connection().sync().type(key)) {
                case "hash" ->
                    redis.connection().sync().hgetall(key).forEach((field, value) -> all.append(field)
                            .append('=')
                            .append(new String(value, UTF_8))
                            .append('\n'));
                case "string" -> all.append(new String(redis.connection().sync().get(key), UTF_8));
                default -> all.append('\n');
            }
        }
        ledger.read(1, Long.MAX_VALUE, entry -> all.append(entry));

        for (String secret : List.of(
                AccessBench.PASSWORD, typed, session, recovery.iterator().next())) {
            assertFalse(all.toString().contains(secret), secret);
        }
        assertTrue(all.toString().contains("$argon2id$"));
    }

    private Principal principal(String name) {
        return desk.accounts().find(name).orElseThrow().principal();
    }

    @Test
    void asksForTheCodeWhereThereIsASecondFactor() {
        bench.person("zhang", Role.SIGNER);
        bench.enrol("zhang");
        bench.pass(Duration.ofSeconds(30));

        SignInStep step = desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE);
        assertEquals(Next.CODE, step.next());
        assertTrue(desk.sessions().find(step.session()).isEmpty(), "half a sign-in is none");
        assertEquals(
                Next.WRONG, desk.signIn().byCode(step.session(), "000000", HERE).next());
        String code = bench.code("zhang");
        SignInStep open = desk.signIn().byCode(step.session(), code.substring(0, 3) + " " + code.substring(3), HERE);

        assertEquals(Next.OPEN, open.next());
        assertNotEquals(step.session(), open.session());
        assertEquals(Next.GONE, desk.signIn().byCode(step.session(), code, HERE).next());
        assertEquals(
                bench.instant(),
                desk.sessions().freshSecondFactorAt(open.session()).orElseThrow());
    }

    @Test
    void takesACodeOnce() throws Exception {
        bench.person("zhang", Role.SIGNER);
        bench.enrol("zhang");
        assertEquals(SecondFactorAnswer.USED, desk.secondFactors().check("zhang", bench.code("zhang")));
        bench.pass(Duration.ofSeconds(30));
        String code = bench.code("zhang");

        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<SecondFactorAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> desk.secondFactors().check("zhang", code)));
            }
            List<SecondFactorAnswer> all = new ArrayList<>();
            for (Future<SecondFactorAnswer> answer : answers) {
                all.add(answer.get());
            }
            assertEquals(
                    1, all.stream().filter(SecondFactorAnswer.CONFIRMED::equals).count(), all.toString());
            assertEquals(3, all.stream().filter(SecondFactorAnswer.USED::equals).count(), all.toString());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesEachRecoveryCodeOnce() {
        bench.person("zhang", Role.SIGNER);
        Set<String> codes = bench.enrol("zhang");
        String one = codes.iterator().next();

        assertEquals(10, codes.size());
        assertEquals(
                SecondFactorAnswer.CONFIRMED,
                desk.secondFactors().check("zhang", one.toUpperCase(java.util.Locale.ROOT)));
        assertEquals(SecondFactorAnswer.WRONG, desk.secondFactors().check("zhang", one));
        Set<String> renewed = desk.secondFactors().renewRecovery("zhang");
        codes.forEach(old -> assertNotEquals(
                SecondFactorAnswer.CONFIRMED, desk.secondFactors().check("zhang", old)));
        bench.pass(Duration.ofHours(2));
        assertEquals(
                SecondFactorAnswer.CONFIRMED,
                desk.secondFactors().check("zhang", renewed.iterator().next()));
    }

    @Test
    void holdsGuessesOfCodesBackForAMinuteAtMost() {
        bench.person("zhang", Role.SIGNER);
        bench.enrol("zhang");
        bench.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 40; i++) {
            desk.secondFactors().check("zhang", "000000");
        }

        assertEquals(SecondFactorAnswer.HELD, desk.secondFactors().check("zhang", bench.code("zhang")));
        bench.pass(Duration.ofMinutes(1));
        assertEquals(SecondFactorAnswer.CONFIRMED, desk.secondFactors().check("zhang", bench.code("zhang")));
    }

    @Test
    void letsASecondFactorGrowStale() {
        bench.person("zhang", Role.SIGNER);
        bench.enrol("zhang");
        bench.pass(Duration.ofSeconds(30));
        SignInStep step = desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE);
        String session =
                desk.signIn().byCode(step.session(), bench.code("zhang"), HERE).session();

        bench.pass(Duration.ofMinutes(5));
        assertTrue(desk.sessions().freshSecondFactorAt(session).isEmpty());
        assertEquals(SecondFactorAnswer.WRONG, desk.sessions().confirmSecondFactor(session, "123"));
        assertTrue(desk.sessions().freshSecondFactorAt(session).isEmpty());
        assertEquals(SecondFactorAnswer.CONFIRMED, desk.sessions().confirmSecondFactor(session, bench.code("zhang")));
        assertEquals(
                bench.instant(), desk.sessions().freshSecondFactorAt(session).orElseThrow());
        assertEquals(SecondFactorAnswer.NO_SESSION, desk.sessions().confirmSecondFactor("nothing", "123456"));
    }

    @Test
    void answersWrongNamesAndWrongPasswordsAlike() {
        bench.person("zhang", Role.ADMIN);

        assertEquals(
                Next.WRONG, desk.signIn().byPassword("zhang", "wrong", HERE).next());
        assertEquals(
                Next.WRONG, desk.signIn().byPassword("nobody", "wrong", HERE).next());
        assertEquals(
                Next.WRONG,
                desk.signIn()
                        .byPassword("' or 1=1 --", "x".repeat(100_000), HERE)
                        .next());
        assertEquals(Next.WRONG, desk.signIn().byPassword("", "", HERE).next());
    }

    @Test
    void slowsGuessesDownButHoldsTheirOwnerUpForHalfAMinuteAtMost() {
        bench.person("zhang", Role.ADMIN);
        SignInStep before = desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE);
        int looked = 0;
        for (int i = 0; i < 200; i++) {
            looked += desk.signIn().byPassword("zhang", "guess " + i, STRANGER).next() == Next.WRONG ? 1 : 0;
            bench.pass(Duration.ofSeconds(1));
        }
        assertTrue(looked < 20, looked + " guesses in 200 seconds");
        assertTrue(looked >= 5, looked + " guesses in 200 seconds");

        desk.signIn().byPassword("zhang", "one more guess", AccessBench.from("198.51.100.7"));
        SignInStep held = desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE);
        SignInStep known = desk.signIn()
                .byPassword("zhang", AccessBench.PASSWORD, new SignIn.From("192.0.2.1", "", before.device()));
        assertEquals(Next.WAIT, held.next());
        assertTrue(
                held.delay().compareTo(Duration.ofSeconds(30)) <= 0,
                held.delay().toString());
        assertEquals(Next.OPEN, known.next(), "a browser that was here before is not held up");
        SignInStep other = desk.signIn()
                .byPassword(
                        "zhang",
                        AccessBench.PASSWORD,
                        new SignIn.From("192.0.2.1", "", before.device().replaceFirst("!.", "!")));
        assertEquals(Next.WAIT, other.next(), "a mark that was changed is none");
        bench.pass(Duration.ofSeconds(30));
        assertEquals(
                Next.OPEN,
                desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE).next());
    }

    @Test
    void slowsAnAddressDownThatTriesManyNames() {
        Next last = Next.OPEN;
        for (int i = 0; i < 40; i++) {
            last = desk.signIn().byPassword("name" + i, "guess", STRANGER).next();
        }

        assertEquals(Next.WAIT, last);
        bench.person("zhang", Role.ADMIN);
        assertEquals(
                Next.OPEN,
                desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE).next());
    }

    @Test
    void endsALockedAccountsSessionsAtOnce() {
        bench.person("zhang", Role.ADMIN);
        bench.person("li", Role.SIGNER);
        SignInStep open = desk.signIn().byPassword("li", AccessBench.PASSWORD, HERE);
        assertTrue(desk.sessions().find(open.session()).isPresent());

        desk.accounts().lock(principal("zhang"), "li");

        assertTrue(desk.sessions().find(open.session()).isEmpty());
        assertEquals(
                Next.LOCKED,
                desk.signIn().byPassword("li", AccessBench.PASSWORD, HERE).next());
        assertEquals(
                Next.WRONG,
                desk.signIn().byPassword("li", "wrong", HERE).next(),
                "only who has the password learns it");
        desk.accounts().unlock(principal("zhang"), "li");
        assertTrue(desk.sessions().find(open.session()).isEmpty(), "an ended session does not come back");
        assertEquals(
                Next.OPEN,
                desk.signIn().byPassword("li", AccessBench.PASSWORD, HERE).next());
    }

    @Test
    void neverLocksTheLastAdministrator() {
        Principal zhang = bench.person("zhang", Role.ADMIN);

        Refusal last = assertThrows(Refusal.class, () -> desk.accounts().lock(zhang, "zhang"));

        assertEquals(Map.of("roles", "admin.last"), AccessBench.codes(last));
    }

    @Test
    void listsAPersonsSessionsAndEndsThem() {
        bench.person("zhang", Role.ADMIN);
        String one =
                desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE).session();
        bench.pass(Duration.ofMinutes(1));
        String other =
                desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE).session();

        List<Sessions.Listed> listed = desk.sessions().of("zhang", other);
        assertEquals("Firefox, Linux", listed.get(0).from());
        assertTrue(listed.get(0).current());
        assertFalse(listed.get(1).current());
        assertFalse(desk.sessions().end("li", listed.get(1).handle()), "another's session is not theirs to end");
        assertTrue(desk.sessions().end("zhang", listed.get(1).handle()));
        assertTrue(desk.sessions().find(one).isEmpty());
        assertTrue(desk.sessions().find(other).isPresent());
        bench.pass(Duration.ofHours(24));
        assertTrue(desk.sessions().find(other).isEmpty(), "however much it is used, it ends");
    }

    @Test
    void endsAllOtherSessionsWhenThePasswordChanges() {
        bench.person("zhang", Role.ADMIN);
        String one =
                desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE).session();
        String other =
                desk.signIn().byPassword("zhang", AccessBench.PASSWORD, HERE).session();

        Refusal wrong = assertThrows(Refusal.class, () -> desk.signIn()
                .changePassword("zhang", one, "wrong", "nine blue ladders", "nine blue ladders", HERE));
        assertEquals(Map.of("old", "password.old"), AccessBench.codes(wrong));
        desk.signIn()
                .changePassword("zhang", one, AccessBench.PASSWORD, "nine blue ladders", "nine blue ladders", HERE);

        assertTrue(desk.sessions().find(one).isPresent());
        assertTrue(desk.sessions().find(other).isEmpty());
        assertEquals(
                Next.OPEN,
                desk.signIn().byPassword("zhang", "nine blue ladders", HERE).next());
    }

    @Test
    void namesAllThatIsWrongWithANewAccount() {
        bench.person("zhang", Role.ADMIN);

        Refusal refusal = assertThrows(Refusal.class, () -> desk.accounts()
                .add(
                        principal("zhang"),
                        "Li Na",
                        " ",
                        new org.tocsin.gateway.access.Grant(
                                Set.of(Role.AGENCY), Set.of("41142"), Set.of("rain"), Set.of())));

        assertEquals(
                Map.of(
                        "name", "name.form",
                        "displayName", "display.form",
                        "roles", "roles.client",
                        "divisions", "divisions.form",
                        "hazards", "hazards.form"),
                AccessBench.codes(refusal));
        assertEquals(Map.of("name", "name.taken"), AccessBench.codes(assertThrows(Refusal.class, () -> desk.accounts()
                .add(principal("zhang"), "zhang", "张", AccessBench.grant(Role.SIGNER)))));
    }
}
