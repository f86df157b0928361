package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.tocsin.gateway.access.AccessBench;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Accounts;
import org.tocsin.gateway.access.Grant;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Proposal;
import org.tocsin.gateway.access.Proposal.State;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.SignInStep.Next;

@ExtendWith(RedisExtension.class)
class RightsDeskTest {
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
        bench.enrol("li");
    }

    private static void refused(Refusal.Kind kind, String code, Executable act) {
        Refusal refusal = assertThrows(Refusal.class, act);
        assertEquals(kind, refusal.kind());
        assertEquals(code, refusal.faults().get(0).code());
    }

    private List<String> rightsActs() {
        List<String> acts = new ArrayList<>();
        ledger.read(1, Long.MAX_VALUE, entry -> {
            if (entry.act().startsWith("access.rights.")) {
                acts.add(entry.actor() + " " + entry.act());
            }
        });
        return acts;
    }

    @Test
    void givesNewRightsOnlyWhenASecondPersonConfirms(Redis redis) {
        Accounts.Added added = desk.accounts().add(zhang, "wang", "王", AccessBench.grant(Role.SIGNER));
        Proposal waiting = java.util.Objects.requireNonNull(added.waiting());
        assertEquals(Grant.NONE, desk.accounts().find("wang").orElseThrow().grant());
        assertEquals(
                "roles", waiting.before().differences(waiting.after()).get(0).part());

        refused(Refusal.Kind.FORBIDDEN, "rights.own", () -> desk.rights().confirm(zhang, waiting.id()));
        // A restart: all of it is made anew over the same store.
        AccessDesk restarted = new AccessBench(AccountsTest.stores(redis, ledger), bench.instant()).desk;
        restarted.rights().confirm(li, waiting.id());

        assertEquals(
                Set.of(Role.SIGNER),
                desk.accounts().find("wang").orElseThrow().grant().roles());
        refused(Refusal.Kind.CONFLICT, "rights.decided", () -> desk.rights().confirm(li, waiting.id()));
        assertEquals(
                List.of("machine access.rights.propose", "zhang access.rights.propose", "li access.rights.confirm"),
                rightsActs());
        assertTrue(ledger.verify().holds());
    }

    @Test
    void letsNobodyButAnotherAdministratorInPersonConfirm() {
        Proposal waiting = desk.rights().proposeAccount(zhang, "li", AccessBench.grant(Role.ADMIN, Role.SIGNER));
        Principal robot =
                new Principal("robot", "robot", Principal.Kind.CLIENT, Set.of(Role.ADMIN), Set.of(), Set.of());
        Principal signer = new Principal("wu", "wu", Principal.Kind.PERSON, Set.of(Role.SIGNER), Set.of(), Set.of());

        refused(Refusal.Kind.FORBIDDEN, "rights.own", () -> desk.rights().confirm(zhang, waiting.id()));
        refused(Refusal.Kind.FORBIDDEN, "rights.self", () -> desk.rights().confirm(li, waiting.id()));
        refused(Refusal.Kind.FORBIDDEN, "rights.person", () -> desk.rights().confirm(robot, waiting.id()));
        refused(Refusal.Kind.FORBIDDEN, "rights.person", () -> desk.rights().confirm(signer, waiting.id()));
        refused(Refusal.Kind.FORBIDDEN, "rights.person", () -> desk.rights().refuse(signer, waiting.id(), "no"));
        assertFalse(desk.accounts().find("li").orElseThrow().grant().roles().contains(Role.SIGNER));
    }

    @Test
    void letsNobodyConfirmWithoutASecondFactor() {
        Principal wu = bench.personByAPerson("wu", Role.ADMIN);
        Proposal waiting = desk.rights().proposeMatrix(zhang, "machineSignOff: I");

        refused(Refusal.Kind.FORBIDDEN, "rights.factor", () -> desk.rights().confirm(wu, waiting.id()));
        bench.enrol("wu");
        assertEquals(
                State.CONFIRMED,
                desk.rights().confirm(wu, waiting.id()).proposal().state());
    }

    @Test
    void takesNoMachinesProposalWhenOneOfTwoAdministratorsIsLocked() {
        desk.accounts().lock(zhang, "li");

        refused(Refusal.Kind.FORBIDDEN, "rights.proposer", () -> desk.accounts()
                .add(AccessBench.machine(), "wang", "王", AccessBench.grant(Role.SIGNER)));
    }

    @Test
    void givesNoPersonTheNameOfABootstrapClient() {
        refused(Refusal.Kind.INVALID, "name.taken", () -> desk.accounts()
                .add(zhang, "signer", "某", AccessBench.grant(Role.SIGNER)));
    }

    @Test
    void takesProposalsOfMachinesOnlyUntilThereAreTwoAdministrators() {
        refused(Refusal.Kind.FORBIDDEN, "rights.proposer", () -> desk.accounts()
                .add(AccessBench.machine(), "wang", "王", AccessBench.grant(Role.SIGNER)));
    }

    @Test
    void refusesWithAReasonAndTakesBack() {
        bench.personByAPerson("wang", Role.SIGNER);
        Proposal one = desk.rights().proposeAccount(zhang, "wang", AccessBench.grant(Role.REVIEWER));

        refused(Refusal.Kind.CONFLICT, "rights.twice", () -> desk.rights()
                .proposeAccount(li, "wang", AccessBench.grant(Role.ADMIN)));
        refused(Refusal.Kind.INVALID, "rights.reason", () -> desk.rights().refuse(li, one.id(), " "));
        assertEquals(
                State.REFUSED, desk.rights().refuse(li, one.id(), "not needed").state());
        Proposal two = desk.rights().proposeAccount(zhang, "wang", AccessBench.grant(Role.REVIEWER));
        refused(Refusal.Kind.FORBIDDEN, "rights.notOwn", () -> desk.rights().withdraw(li, two.id()));
        assertEquals(State.WITHDRAWN, desk.rights().withdraw(zhang, two.id()).state());
        assertEquals(
                Set.of(Role.SIGNER),
                desk.accounts().find("wang").orElseThrow().grant().roles());
    }

    @Test
    void letsAProposalRunOut() {
        Proposal waiting = desk.rights().proposeMatrix(zhang, "machineSignOff: I");

        bench.pass(Duration.ofDays(7));

        refused(Refusal.Kind.CONFLICT, "rights.decided", () -> desk.rights().confirm(li, waiting.id()));
        assertTrue(desk.rights().list().stream()
                .anyMatch(one -> one.id().equals(waiting.id()) && one.state() == State.EXPIRED));
        assertTrue(rightsActs().contains("gateway access.rights.expire"));
        assertEquals("machineSignOff: none", desk.rights().matrix());
    }

    @Test
    void replacesTheSettingsMatrixByTheConfirmedOne() {
        refused(Refusal.Kind.INVALID, "matrix.form", () -> desk.rights().proposeMatrix(zhang, "bad: matrix"));
        refused(Refusal.Kind.INVALID, "rights.same", () -> desk.rights().proposeMatrix(zhang, "machineSignOff: none"));
        assertFalse(desk.rights().isMatrixEdited());
        Proposal one = desk.rights().proposeMatrix(zhang, "machineSignOff: IV");

        desk.rights().confirm(li, one.id());

        assertTrue(desk.rights().isMatrixEdited());
        assertEquals("machineSignOff: IV", desk.rights().matrix());
        Proposal two = desk.rights().proposeMatrix(li, "machineSignOff: III");
        desk.rights().confirm(zhang, two.id());
        assertEquals("machineSignOff: III", desk.rights().matrix());
    }

    @Test
    void refusesWhatHasChangedSince() {
        bench.personByAPerson("wang", Role.SIGNER);
        Proposal waiting = desk.rights().proposeAccount(zhang, "wang", AccessBench.grant(Role.REVIEWER));
        bench.give("wang", AccessBench.grant(Role.ISSUER));

        refused(Refusal.Kind.CONFLICT, "rights.stale", () -> desk.rights().confirm(li, waiting.id()));
    }

    @Test
    void neverTakesTheLastAdministratorAway() {
        Principal wu = bench.personByAPerson("wu", Role.ADMIN);
        bench.enrol("wu");
        Proposal waiting = desk.rights().proposeAccount(li, "zhang", AccessBench.grant(Role.SIGNER));
        // Both others are locked in the moment in which one of them confirms.
        desk.accounts().lock(zhang, "li");
        desk.accounts().lock(zhang, "wu");

        refused(Refusal.Kind.CONFLICT, "admin.last", () -> desk.rights().confirm(wu, waiting.id()));
    }

    @Test
    void makesAClientByTwoPeopleAndItsKeyOnce() {
        Grant grant = new Grant(Set.of(Role.AGENCY), Set.of("411426"), Set.of("11B00"), Set.of("water@xiayi.gov.cn"));
        Proposal waiting = desk.rights().proposeNewClient(zhang, "water", "水利局", grant);
        refused(Refusal.Kind.INVALID, "name.taken", () -> desk.rights().proposeNewClient(zhang, "zhang", "张", grant));
        refused(Refusal.Kind.UNKNOWN, "client.unknown", () -> desk.clients().rotate(zhang, "water"));
        desk.rights().confirm(li, waiting.id());

        String key = desk.clients().rotate(zhang, "water");
        Principal water = desk.access().authenticate(key).orElseThrow();
        assertTrue(water.maySendAs("water@xiayi.gov.cn"));
        assertFalse(water.maySendAs("fire@xiayi.gov.cn"));
        assertEquals(Principal.Kind.CLIENT, water.kind());
        String session = desk.sessions().open(key, "").orElseThrow();

        refused(Refusal.Kind.FORBIDDEN, "client.key", () -> desk.clients().rotate(zhang, "water"));
        Proposal anew = desk.rights().proposeKey(zhang, "water");
        refused(Refusal.Kind.FORBIDDEN, "rights.own", () -> desk.rights().confirm(zhang, anew.id()));
        assertTrue(desk.access().authenticate(key).isPresent(), "it counts until there is another");
        desk.rights().confirm(li, anew.id());
        refused(Refusal.Kind.CONFLICT, "client.key.free", () -> desk.rights().proposeKey(zhang, "water"));

        String other = desk.clients().rotate(zhang, "water");
        refused(Refusal.Kind.FORBIDDEN, "client.key", () -> desk.clients().rotate(zhang, "water"));
        assertTrue(desk.access().authenticate(key).isEmpty());
        assertTrue(desk.sessions().find(session).isEmpty());
        assertTrue(desk.access().authenticate(other).isPresent());
        desk.clients().lock(zhang, "water");
        assertTrue(desk.access().authenticate(other).isEmpty());
        desk.clients().unlock(zhang, "water");
        assertTrue(desk.access().authenticate(other).isPresent());
    }

    @Test
    void takesASecondFactorAwayByTwoPeople() {
        bench.personByAPerson("wang", Role.SIGNER);
        bench.enrol("wang");
        Proposal waiting = desk.rights().proposeWithoutSecondFactor(zhang, "wang");

        desk.accounts().reset(AccessBench.machine(), "wang");
        assertTrue(desk.accounts().find("wang").orElseThrow().hasSecondFactor(), "a reset leaves it");
        desk.rights().confirm(li, waiting.id());

        assertFalse(desk.accounts().find("wang").orElseThrow().hasSecondFactor());
        refused(Refusal.Kind.CONFLICT, "code.none", () -> desk.rights().proposeWithoutSecondFactor(zhang, "wang"));
    }

    @Test
    void signsInWhomTheProviderNamesAndNobodyElse() {
        bench.personByAPerson("wang", Role.SIGNER);

        assertEquals(
                Next.OPEN,
                desk.signIn().byProvider("Wang", AccessBench.from("192.0.2.1")).next());
        assertEquals(
                Next.NOBODY,
                desk.signIn()
                        .byProvider("stranger", AccessBench.from("192.0.2.1"))
                        .next());
        assertEquals(
                Next.NOBODY,
                desk.signIn()
                        .byProvider("../wang", AccessBench.from("192.0.2.1"))
                        .next());
        desk.accounts().lock(zhang, "wang");
        assertEquals(
                Next.LOCKED,
                desk.signIn().byProvider("wang", AccessBench.from("192.0.2.1")).next());
    }
}
