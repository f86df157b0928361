package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.tocsin.gateway.access.AccessBench;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Account;
import org.tocsin.gateway.access.Accounts;
import org.tocsin.gateway.access.OneTime;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Proposal;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.RightsDesk;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.SignInStep.Next;

/** One administrator alone does not become a second person, whichever account they open. */
@ExtendWith(RedisExtension.class)
class OpeningTest {
    private AccessBench bench;
    private AccessDesk desk;
    private RedisLedger ledger;
    private Principal zhang;
    private Principal li;

    @BeforeEach
    void open(Redis redis) {
        ledger = new RedisLedger(redis);
        bench = new AccessBench(AccountsTest.stores(redis, ledger), Instant.now());
        desk = bench.desk;
        zhang = bench.person("zhang", Role.ADMIN);
        li = bench.person("li", Role.ADMIN);
        bench.enrol("zhang");
    }

    private static void refused(String code, Executable act) {
        Refusal refusal = assertThrows(Refusal.class, act);
        assertEquals(code, refusal.faults().get(0).code());
    }

    private Account account(String name) {
        return desk.accounts().find(name).orElseThrow();
    }

    private Next signIn(String name, String password) {
        return desk.signIn()
                .byPassword(name, password, AccessBench.from("192.0.2.7"))
                .next();
    }

    private static String whole(Accounts.Added added) {
        return Objects.requireNonNull(added.oneTime()).password();
    }

    private static OneTime second(RightsDesk.Confirmed confirmed) {
        return Objects.requireNonNull(confirmed.secondHalf());
    }

    private List<String> acts(String subject) {
        List<String> acts = new ArrayList<>();
        ledger.read(1, Long.MAX_VALUE, entry -> {
            if (entry.subject().equals(subject)) {
                acts.add(entry.actor() + " " + entry.act());
            }
        });
        return acts;
    }

    @Test
    void noAdministratorTakesAnotherOverByAResetAndConfirmsTheirOwnProposal() {
        // The way of the finding: propose for oneself, reset a colleague who has no second factor, confirm as them.
        desk.rights().proposeAccount(zhang, "zhang", AccessBench.grant(Role.ADMIN, Role.SIGNER));

        refused("account.two", () -> desk.accounts().reset(zhang, "li"));

        assertEquals(Next.OPEN, signIn("li", AccessBench.PASSWORD), "nothing has changed");
        bench.personByAPerson("wu", Role.SIGNER);
        bench.personByAPerson("sun", Role.REVIEWER);
        refused("account.two", () -> desk.accounts().reset(zhang, "wu"));
        refused("account.two", () -> desk.accounts().reset(zhang, "sun"));
        Principal key = new Principal(
                "admin",
                "admin",
                Principal.Kind.CLIENT,
                java.util.Set.of(Role.ADMIN),
                zhang.divisions(),
                zhang.hazards());
        refused("account.two", () -> desk.accounts().reset(key, "wu"));
        refused("rights.person", () -> desk.rights().proposePassword(key, "wu"));
    }

    @Test
    void tellsEachOfTwoOneHalfOfAOneTimePasswordAndEndsWhatWasBefore() {
        bench.personByAPerson("wu", Role.SIGNER);
        bench.enrol("li");
        String open = desk.signIn()
                .byPassword("wu", AccessBench.PASSWORD, AccessBench.from("192.0.2.7"))
                .session();
        Proposal waiting = desk.rights().proposePassword(zhang, "wu");
        String first = desk.rights().firstHalf(zhang, waiting).orElseThrow();
        assertTrue(desk.rights().firstHalf(li, waiting).isEmpty(), "the other's is not theirs to see");
        refused("rights.own", () -> desk.rights().confirm(zhang, waiting.id()));
        assertTrue(desk.sessions().find(open).isPresent(), "until it is confirmed nothing changes");

        RightsDesk.Confirmed confirmed = desk.rights().confirm(li, waiting.id());

        String second = second(confirmed).password();
        assertTrue(desk.rights().firstHalf(zhang, confirmed.proposal()).isEmpty());
        assertNull(confirmed.proposal().firstHalf());
        assertTrue(desk.sessions().find(open).isEmpty());
        for (String wrong : List.of(AccessBench.PASSWORD, first, second, second + first)) {
            assertEquals(Next.WRONG, signIn("wu", wrong));
        }
        assertEquals(
                Next.NEW_PASSWORD, signIn("wu", (first + " " + second).toUpperCase(java.util.Locale.ROOT)), "as heard");
        assertEquals(
                List.of("li access.account.reset"),
                acts("wu").subList(acts("wu").size() - 1, acts("wu").size()));
    }

    @Test
    void nobodySignsInByAPasswordAsANewSignerBeforeASecondPersonHasAgreed() {
        bench.enrol("li");
        Accounts.Added added = desk.accounts().add(zhang, "wu", "吴", AccessBench.grant(Role.SIGNER));
        Proposal waiting = Objects.requireNonNull(added.waiting());
        String first = desk.rights().firstHalf(zhang, waiting).orElseThrow();

        assertNull(added.oneTime());
        assertEquals(Next.WRONG, signIn("wu", first));
        assertEquals(Next.WRONG, signIn("wu", ""));
        String second = second(desk.rights().confirm(li, waiting.id())).password();
        assertEquals(Next.NEW_PASSWORD, signIn("wu", first + second));
    }

    @Test
    void whoOpenedAnAccountAloneHasItNoMoreWhenItBecomesASigners() {
        bench.enrol("li");
        Accounts.Added added = desk.accounts().add(zhang, "wu", "吴", AccessBench.grant(Role.AUDITOR));
        desk.rights().confirm(li, Objects.requireNonNull(added.waiting()).id());
        // Zhang signs in before Wu does, and sets a second factor of their own up.
        String zhangs = bench.replace("wu", whole(added));
        bench.enrol("wu");

        Proposal waiting = desk.rights().proposeAccount(zhang, "wu", AccessBench.grant(Role.SIGNER));
        String first = desk.rights().firstHalf(zhang, waiting).orElseThrow();
        String second = second(desk.rights().confirm(li, waiting.id())).password();

        assertTrue(desk.sessions().find(zhangs).isEmpty());
        assertEquals(Next.WRONG, signIn("wu", AccessBench.PASSWORD));
        assertFalse(account("wu").hasSecondFactor(), "it may be Zhang's");
        assertEquals(Next.NEW_PASSWORD, signIn("wu", first + second));
        bench.replace("wu", first + second);
        Proposal more = desk.rights().proposeAccount(zhang, "wu", AccessBench.grant(Role.SIGNER, Role.REVIEWER));
        assertFalse(more.opens(), "once two have opened it, it stays as it is");
    }

    @Test
    void aResetBetweenProposalAndConfirmationOpensNoSignersAccount() {
        bench.enrol("li");
        bench.personByAPerson("wu", Role.AUDITOR);
        desk.accounts().reset(AccessBench.machine(), "wu");
        Proposal waiting = desk.rights().proposeAccount(zhang, "wu", AccessBench.grant(Role.SIGNER));
        assertFalse(waiting.opens());
        desk.accounts().reset(zhang, "wu");

        refused("rights.stale", () -> desk.rights().confirm(li, waiting.id()));
    }

    @Test
    void oneAdministratorResetsWhoIsNobodysSecondPerson() {
        bench.personByAPerson("wang", Role.ISSUER);

        OneTime told = desk.accounts().reset(zhang, "wang");

        assertEquals(Next.NEW_PASSWORD, signIn("wang", told.password()));
    }

    @Test
    void whoSignsDoesNotOpenAnIssuersAccountAlone() {
        bench.personByAPerson("wang", Role.ISSUER);
        bench.give("zhang", AccessBench.grant(Role.ADMIN, Role.SIGNER));
        Principal signer = account("zhang").principal();

        refused("account.two", () -> desk.accounts().reset(signer, "wang"));
        assertNull(desk.accounts()
                .add(signer, "zhao", "赵", AccessBench.grant(Role.ISSUER))
                .oneTime());
    }

    @Test
    void countsNobodyAsSecondPersonWhoseAccountOneAloneHasOpened() {
        Accounts.Added added = desk.accounts().add(zhang, "wu", "吴", AccessBench.grant(Role.AUDITOR));
        bench.replace("wu", whole(added));
        bench.enrol("wu");
        bench.give("wu", AccessBench.grant(Role.ADMIN));
        Proposal waiting = desk.rights().proposeMatrix(zhang, "machineSignOff: I");

        refused("rights.opened", () -> desk.rights().confirm(account("wu").principal(), waiting.id()));
    }

    @Test
    void theMachineIsTheWayOutWhereNobodyIsLeftWhoCouldConfirm() {
        bench.enrol("li");

        OneTime told = desk.accounts().reset(AccessBench.machine(), "li");
        assertTrue(account("li").hasSecondFactor());
        assertEquals(Next.NEW_PASSWORD, signIn("li", told.password()));
        OneTime all = desk.accounts().resetAll("li");

        assertFalse(account("li").hasSecondFactor());
        assertEquals(Next.NEW_PASSWORD, signIn("li", all.password()));
        assertTrue(acts("li").containsAll(List.of("machine access.account.reset", "machine access.account.resetAll")));
    }
}
