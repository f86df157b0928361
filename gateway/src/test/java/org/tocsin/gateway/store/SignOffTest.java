package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tocsin.gateway.store.SignOffDesk.ALL_ROLES;
import static org.tocsin.gateway.store.SignOffDesk.ISSUER;
import static org.tocsin.gateway.store.SignOffDesk.OTHER_ISSUER;
import static org.tocsin.gateway.store.SignOffDesk.OTHER_SIGNER;
import static org.tocsin.gateway.store.SignOffDesk.REVIEWER;
import static org.tocsin.gateway.store.SignOffDesk.SIGNER;
import static org.tocsin.gateway.store.SignOffDesk.denied;
import static org.tocsin.gateway.store.SignOffDesk.done;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.alert.Level;
import org.tocsin.alert.MsgType;
import org.tocsin.alert.Status;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Approval;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore.Page;
import org.tocsin.gateway.approval.WarningStore.Query;
import org.tocsin.gateway.ledger.LedgerEntry;

@ExtendWith(RedisExtension.class)
class SignOffTest {
    @Test
    void goesFromPostToSignedByReviewerAndSigner(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());

        Warning posted = desk.post(Sample.alert("A1").posting());
        assertEquals(WarningState.IN_REVIEW, posted.state());
        assertEquals(1, posted.version());
        Warning reviewed = desk.signedBy(REVIEWER, posted);
        assertEquals(WarningState.AWAITING_SIGNATURE, reviewed.state());
        assertTrue(desk.signed.isEmpty());
        Warning signed = desk.signedBy(SIGNER, reviewed);

        assertEquals(WarningState.SIGNED, signed.state());
        assertEquals(List.of(signed), desk.signed);
        assertEquals(
                List.of(Role.REVIEWER, Role.SIGNER),
                signed.approvals().stream().map(Approval::role).toList());
        Warning kept = desk.now(signed);
        assertEquals(signed, kept);
        assertEquals(signed.alert(), kept.alert());
        assertEquals(signed.history(), kept.history());
        assertEquals(signed.steps(), kept.steps());
        assertArrayEquals(signed.source(), kept.source());
        assertNotNull(kept.signed());
        assertEquals(
                List.of(
                        "issuer warning.create",
                        "issuer warning.submit",
                        "reviewer warning.approve",
                        "signer warning.approve"),
                entries(desk));
        assertTrue(desk.ledger.verify().holds());
    }

    @ParameterizedTest
    @CsvSource({"I,inReview", "II,inReview", "III,awaitingSignature", "IV,awaitingSignature"})
    void waitsForWhomTheMatrixNames(Level level, String state, Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());

        Warning posted = desk.post(Sample.alert("A1").level(level).posting());

        assertEquals(state, posted.state().word());
    }

    @Test
    void takesTheSameAlertOnce(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        Warning posted = desk.post(Sample.alert("A1").posting());

        Decision again = desk.signOff.post(ISSUER, Sample.alert("A1").posting(), false);
        Decision other =
                desk.signOff.post(ISSUER, Sample.alert("A1").event("11B04").posting(), false);

        assertEquals(posted, assertInstanceOf(Decision.Known.class, again).warning());
        assertEquals("CONFLICT identity.taken", denied(other));
        assertEquals(2, entries(desk).size());
    }

    @Test
    void keepsOneOfManyEqualPostsAtOnce(Redis redis) throws Exception {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        List<Callable<Decision>> posts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            posts.add(() -> desk.signOff.post(ISSUER, Sample.alert("A1").posting(), false));
        }

        List<Decision> decisions = atOnce(posts);

        assertEquals(
                1, decisions.stream().filter(Decision.Done.class::isInstance).count());
        assertEquals(
                7, decisions.stream().filter(Decision.Known.class::isInstance).count());
        assertEquals(
                1,
                desk.store.list(new Query(Set.of(), null, null, 10)).warnings().size());
    }

    @Test
    void letsOneOfTwoSignersWinAndTellsTheOther(Redis redis) throws Exception {
        for (int round = 0; round < 10; round++) {
            SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
            Warning posted = desk.post(Sample.alert("A" + round).posting());

            List<Decision> decisions =
                    atOnce(List.of(() -> desk.approve(SIGNER, posted), () -> desk.approve(OTHER_SIGNER, posted)));

            Decision.Denied loser = decisions.stream()
                    .filter(Decision.Denied.class::isInstance)
                    .map(Decision.Denied.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    1,
                    decisions.stream().filter(Decision.Done.class::isInstance).count());
            assertEquals(Decision.Why.STALE, loser.why());
            assertNotNull(loser.current());
            assertEquals(WarningState.SIGNED, loser.current().state());
            assertEquals(
                    1, desk.store.find(posted.id()).orElseThrow().approvals().size());
            assertEquals(1, desk.signed.size());
            redis.connection().sync().flushall();
        }
    }

    @Test
    void refusesWhoeverActedBeforeInTheSameSignOff(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        Warning own = done(desk.signOff.post(ALL_ROLES, Sample.alert("A1").posting(), false));
        Warning others = desk.post(Sample.alert("A2").posting());
        Warning reviewed = desk.signedBy(ALL_ROLES, others);

        assertEquals("FORBIDDEN approval.own", denied(desk.approve(ALL_ROLES, own)));
        assertEquals("FORBIDDEN approval.own", denied(desk.act(ALL_ROLES, own, Act.RETURN)));
        assertEquals("FORBIDDEN approval.twice", denied(desk.approve(ALL_ROLES, reviewed)));
        assertEquals("FORBIDDEN approval.twice", denied(desk.act(ALL_ROLES, reviewed, Act.REJECT)));
        assertEquals("FORBIDDEN role", denied(desk.approve(SIGNER, others.equals(reviewed) ? reviewed : own)));
        assertEquals(WarningState.SIGNED, desk.signedBy(SIGNER, reviewed).state());
    }

    @Test
    void refusesAnEditorOrSubmitterAsSigner(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning draft = desk.draft(Sample.alert("A1").posting());
        Warning submitted = done(desk.act(ALL_ROLES, draft, Act.SUBMIT));

        assertEquals(List.of("issuer", "chief"), submitted.authors());
        assertEquals("FORBIDDEN approval.own", denied(desk.approve(ALL_ROLES, submitted)));
    }

    @Test
    void signsLevelsOneAndTwoOnlyForAPersonWithAFreshSecondFactor(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        for (Level level : new Level[] {Level.I, Level.II}) {
            Warning posted = desk.post(Sample.alert("A" + level).level(level).posting());
            Details bare = new Details(posted.version(), null);

            assertTrue(desk.signOff.needsProof(SIGNER, posted));
            assertEquals(
                    "FORBIDDEN approval.unproven", denied(desk.signOff.act(SIGNER, posted.id(), Act.APPROVE, bare)));
            assertEquals(posted, desk.store.find(posted.id()).orElseThrow());
            assertEquals(
                    WarningState.SIGNED,
                    done(desk.signOff.act(SIGNER, posted.id(), Act.APPROVE, bare.proven(true)))
                            .state());
        }
        Warning yellow = desk.post(Sample.alert("A3").level(Level.III).posting());
        assertFalse(desk.signOff.needsProof(SIGNER, yellow));
        assertEquals(
                WarningState.SIGNED,
                done(desk.signOff.act(SIGNER, yellow.id(), Act.APPROVE, new Details(yellow.version(), null)))
                        .state());
    }

    @Test
    void keepsAWarningAsItWasWhenItWasLastReturned(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning posted = desk.post(Sample.alert("A1").headline("一").posting());
        assertTrue(desk.signOff.returned(posted.id()).isEmpty());

        desk.act(SIGNER, posted, Act.RETURN);
        Warning returned = desk.store.find(posted.id()).orElseThrow();
        Decision edited = desk.signOff.edit(
                ISSUER,
                posted.id(),
                returned.version(),
                Sample.alert("A1").headline("二").posting());

        assertEquals("二", done(edited).alert().infos().get(0).headline());
        Warning kept = desk.signOff.returned(posted.id()).orElseThrow();
        assertEquals(returned, kept);
        assertEquals("一", kept.alert().infos().get(0).headline());
    }

    @Test
    void refusesWhoReturnedAWarningAsItsEditor(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning posted = desk.post(Sample.alert("A1").posting());
        Warning returned = done(desk.act(ALL_ROLES, posted, Act.RETURN));

        Decision edit = desk.signOff.edit(
                ALL_ROLES,
                returned.id(),
                returned.version(),
                Sample.alert("A1").event("11B04").posting());

        assertEquals(WarningState.RETURNED, returned.state());
        assertEquals(
                "because", returned.history().get(returned.history().size() - 1).reason());
        assertEquals("FORBIDDEN approval.twice", denied(edit));
    }

    @Test
    void takesAReturnedWarningBackAfterItsEdit(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        Warning posted = desk.post(Sample.alert("A1").posting());
        Warning reviewed = desk.signedBy(REVIEWER, posted);
        Warning returned = done(desk.act(SIGNER, reviewed, Act.RETURN));
        assertTrue(returned.approvals().isEmpty());

        Warning edited = done(desk.signOff.edit(
                ISSUER,
                returned.id(),
                returned.version(),
                Sample.alert("A1").level(Level.III).posting()));
        Warning submitted = done(desk.act(ISSUER, edited, Act.SUBMIT));

        assertEquals(WarningState.AWAITING_SIGNATURE, submitted.state());
        assertEquals(Level.III, submitted.level());
        assertArrayEquals(
                Sample.alert("A1").level(Level.III).posting().source(),
                desk.now(submitted).source());
        assertEquals(WarningState.SIGNED, desk.signedBy(SIGNER, submitted).state());
        assertTrue(desk.ledger.verify().holds());
    }

    @Test
    void editsOnlyTheVersionThatWasSeen(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        Warning draft = desk.draft(Sample.alert("A1").posting());
        Warning edited = done(desk.signOff.edit(
                ISSUER, draft.id(), 1, Sample.alert("A1").event("11B04").posting()));

        Decision stale = desk.signOff.edit(
                OTHER_ISSUER, draft.id(), 1, Sample.alert("A1").event("11B05").posting());

        assertEquals(2, edited.version());
        assertEquals("STALE version.stale", denied(stale));
        assertEquals(
                "CONFLICT state",
                denied(desk.signOff.edit(
                        ISSUER,
                        desk.post(Sample.alert("A2").posting()).id(),
                        1,
                        Sample.alert("A2").posting())));
    }

    @Test
    void movesTheIdentityWithAnEdit(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        Warning taken = desk.post(Sample.alert("A1").posting());
        Warning draft = desk.draft(Sample.alert("A2").posting());

        Decision clash =
                desk.signOff.edit(ISSUER, draft.id(), 1, Sample.alert("A1").posting());
        Warning edited =
                done(desk.signOff.edit(ISSUER, draft.id(), 1, Sample.alert("A3").posting()));

        assertEquals("CONFLICT identity.taken", denied(clash));
        assertEquals(List.of(), desk.store.findByIdentifier("A2"));
        assertEquals(List.of(edited), desk.store.findByIdentifier("A3"));
        assertEquals(List.of(taken), desk.store.findByIdentifier("A1"));
        assertTrue(desk.store.findByIdentity("411426@xiayi", "A2", Sample.SENT).isEmpty());
    }

    @Test
    void asksForAReasonAndAVersion(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning posted = desk.post(Sample.alert("A1").posting());

        assertEquals(
                "INVALID reason.missing",
                denied(desk.signOff.act(SIGNER, posted.id(), Act.REJECT, new Details(null, " "))));
        assertEquals("INVALID reason.missing", denied(desk.signOff.act(SIGNER, posted.id(), Act.RETURN, Details.NONE)));
        assertEquals(
                "INVALID version.missing", denied(desk.signOff.act(SIGNER, posted.id(), Act.APPROVE, Details.NONE)));
        assertEquals(
                "STALE version.stale",
                denied(desk.signOff.act(SIGNER, posted.id(), Act.APPROVE, new Details(9L, null))));
        assertEquals(
                "INVALID reason.long",
                denied(desk.signOff.act(SIGNER, posted.id(), Act.RETURN, new Details(null, "x".repeat(2001)))));
        assertEquals("UNKNOWN warning.unknown", denied(desk.signOff.act(SIGNER, "none", Act.STOP, Details.NONE)));
        assertEquals("INVALID act.unknown", denied(desk.signOff.act(SIGNER, posted.id(), Act.EXPIRE, Details.NONE)));
    }

    @Test
    void letsMachinesApproveOnlyWhereTheMatrixSays(Redis redis) {
        Principal machine =
                new Principal("robot", "robot", Principal.Kind.CLIENT, Set.of(Role.SIGNER), Set.of(), Set.of());
        SignOffDesk strict = new SignOffDesk(redis, ApprovalMatrix.standard());
        Warning posted = strict.post(Sample.alert("A1").level(Level.IV).posting());

        assertEquals("FORBIDDEN approval.machine", denied(strict.approve(machine, posted)));

        SignOffDesk demo = new SignOffDesk(redis, ApprovalMatrix.demo());
        assertEquals(WarningState.SIGNED, demo.signedBy(machine, posted).state());
    }

    @ParameterizedTest
    @CsvSource({
        "411426,,411426101000,11B03,false,",
        "411426,,411481000000,11B03,false,scope.division",
        "411426,,'411426101000,411481000000',11B03,false,scope.division",
        "411426,,411426101000,11B03,true,scope.division",
        ",,411426101000,11B03,true,",
        "411426,11B00,411426101000,11B03,false,",
        "411426,11A00,411426101000,11B03,false,scope.hazard",
    })
    void sendsOnlyWithinItsDivisionsAndHazards(
            String division, String hazard, String area, String event, boolean drawn, String refusal, Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Principal issuer = new Principal(
                "town",
                "town",
                Principal.Kind.CLIENT,
                Set.of(Role.AGENCY),
                division == null ? Set.of() : Set.of(division),
                hazard == null ? Set.of() : Set.of(hazard));
        Sample sample = Sample.alert("A1").geocode(area).event(event);

        Decision decision = desk.signOff.post(issuer, (drawn ? sample.withCircle() : sample).posting(), false);

        if (refusal == null) {
            assertEquals(WarningState.AWAITING_SIGNATURE, done(decision).state());
        } else {
            assertEquals("FORBIDDEN " + refusal, denied(decision));
            assertTrue(entries(desk).isEmpty());
        }
    }

    @Test
    void refusesASignerFromElsewhere(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Principal neighbour = new Principal(
                "neighbour", "neighbour", Principal.Kind.PERSON, Set.of(Role.SIGNER), Set.of("411481"), Set.of());
        Warning posted = desk.post(Sample.alert("A1").posting());

        assertEquals("FORBIDDEN scope.division", denied(desk.approve(neighbour, posted)));
        assertFalse(desk.signOff.mayRead(neighbour, posted));
        assertEquals(Set.of(), desk.signOff.possible(neighbour, posted));
        assertEquals(Set.of(Act.APPROVE, Act.RETURN, Act.REJECT), desk.signOff.possible(SIGNER, posted));
    }

    @ParameterizedTest
    @CsvSource({"UPDATE,superseded", "CANCEL,cancelled"})
    void endsThePredecessorWhenTheSuccessorIsSigned(MsgType msgType, String ended, Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning first = desk.signedBy(SIGNER, desk.post(Sample.alert("A1").posting()));
        Warning next = desk.post(Sample.following(msgType, "A2", "A1").posting());
        assertEquals(first.id(), next.root());
        assertEquals(WarningState.SIGNED, desk.state(first));

        Warning signed = desk.signedBy(SIGNER, next);

        assertEquals(WarningState.SIGNED, signed.state());
        assertEquals(first.id(), signed.predecessor());
        assertEquals(ended, desk.state(first).word());
        assertNotNull(desk.now(first).closed());
        assertEquals(
                List.of(first.id(), next.id()),
                desk.store.issues(first.id()).stream().map(Warning::id).toList());
        assertTrue(desk.ledger.verify().holds());
    }

    @Test
    void chainsUpdatesByTheFirstIdentifier(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning first = desk.signedBy(SIGNER, desk.post(Sample.alert("A1").posting()));
        Warning two = desk.post(Sample.following(MsgType.UPDATE, "A2", "A1").posting());
        Warning three = desk.post(Sample.following(MsgType.UPDATE, "A3", "A1").posting());

        desk.signedBy(SIGNER, two);
        Warning last = desk.signedBy(SIGNER, three);

        assertEquals(two.id(), last.predecessor());
        assertEquals(WarningState.SUPERSEDED, desk.state(first));
        assertEquals(WarningState.SUPERSEDED, desk.state(two));
        Warning cancel = desk.post(Sample.following(MsgType.CANCEL, "A4", "A1").posting());
        Warning late = desk.post(Sample.following(MsgType.UPDATE, "A5", "A1").posting());
        desk.signedBy(SIGNER, cancel);
        assertEquals(WarningState.CANCELLED, desk.state(three));
        assertEquals("CONFLICT references.ended", denied(desk.approve(SIGNER, late)));
        assertEquals(
                "UNACCEPTABLE references.ended",
                denied(desk.signOff.post(
                        ISSUER, Sample.following(MsgType.UPDATE, "A6", "A1").posting(), false)));
    }

    @Test
    void refusesReferencesToNothing(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        desk.post(Sample.alert("unsigned").posting());

        assertEquals(
                "UNACCEPTABLE references.unknown",
                denied(desk.signOff.post(
                        ISSUER,
                        Sample.following(MsgType.CANCEL, "C1", "nothing").posting(),
                        false)));
        assertEquals(
                "UNACCEPTABLE references.ended",
                denied(desk.signOff.post(
                        ISSUER,
                        Sample.following(MsgType.CANCEL, "C1", "unsigned").posting(),
                        false)));
    }

    /** An Exercise's Cancel once ended a real warning, and nobody was told. */
    @ParameterizedTest
    @CsvSource({"ACTUAL, EXERCISE", "ACTUAL, TEST", "EXERCISE, ACTUAL", "EXERCISE, TEST", "TEST, ACTUAL"})
    void neitherADrillEndsARealWarningNorTheOtherWayRound(Status first, Status second, Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning warning = desk.signedBy(SIGNER, desk.post(Sample.alert("A1").posting(first)));

        for (MsgType follower : List.of(MsgType.CANCEL, MsgType.UPDATE)) {
            assertEquals(
                    "UNACCEPTABLE references.status",
                    denied(desk.signOff.post(
                            ISSUER, Sample.following(follower, "A2", "A1").posting(second), false)));
        }

        assertEquals(WarningState.SIGNED, desk.state(warning));
        desk.signedBy(
                SIGNER, desk.post(Sample.following(MsgType.CANCEL, "A3", "A1").posting(first)));
        assertEquals(WarningState.CANCELLED, desk.state(warning));
    }

    @Test
    void wordsACancelThatSaysNothing(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        desk.signedBy(SIGNER, desk.post(Sample.alert("A1").posting()));

        Warning cancel = desk.post(
                Sample.following(MsgType.CANCEL, "C1", "A1").withoutInfos().posting());

        assertEquals(Level.I, cancel.level());
        assertEquals("解除：夏邑县气象台发布暴雨红色预警", cancel.alert().infos().get(0).headline());
    }

    @Test
    void cancelsByActThroughASignOffOfItsOwn(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning first = desk.signedBy(SIGNER, desk.post(Sample.alert("A1").posting()));

        Decision asked = desk.act(SIGNER, first, Act.CANCEL);
        Decision again = desk.act(ISSUER, first, Act.CANCEL);

        Warning cancel = done(asked);
        assertEquals(cancel, assertInstanceOf(Decision.Known.class, again).warning());
        assertEquals(WarningState.AWAITING_SIGNATURE, cancel.state());
        assertEquals(MsgType.CANCEL, cancel.alert().msgType());
        assertEquals("A1", cancel.alert().references().get(0).identifier());
        assertEquals(0, cancel.alert().sent().getNano(), "CAP has no fractions: it must be known again by its CAP");
        assertEquals(WarningState.SIGNED, desk.state(first));
        assertEquals("FORBIDDEN approval.own", denied(desk.approve(SIGNER, cancel)));
        desk.signedBy(OTHER_SIGNER, cancel);
        assertEquals(WarningState.CANCELLED, desk.state(first));
        assertEquals("CONFLICT cancel.cancel", denied(desk.act(SIGNER, cancel, Act.CANCEL)));
    }

    @Test
    void expiresWhatIsOver(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        OffsetDateTime expires = Sample.SENT.plusHours(1);
        Warning pending = desk.post(Sample.alert("A1").expires(expires).posting());
        Warning open = desk.signedBy(
                SIGNER, desk.post(Sample.alert("A2").expires(expires).posting()));
        Warning endless = desk.post(Sample.alert("A3").posting());
        assertTrue(desk.signOff.expireDue().isEmpty());

        desk.now = expires.toInstant();

        assertEquals("CONFLICT warning.expired", denied(desk.approve(SIGNER, pending)));
        assertEquals(2, desk.signOff.expireDue().size());
        assertEquals(WarningState.EXPIRED, desk.state(pending));
        assertEquals(WarningState.EXPIRED, desk.state(open));
        assertEquals(WarningState.AWAITING_SIGNATURE, desk.state(endless));
        Warning cancel = desk.post(Sample.following(MsgType.CANCEL, "C", "A2").posting());
        assertEquals(WarningState.SIGNED, desk.signedBy(SIGNER, cancel).state());
        assertEquals(WarningState.CANCELLED, desk.state(open));
    }

    @Test
    void movesByTheGatewayOnlyWhereTheTableAllows(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        Warning posted = desk.post(Sample.alert("A1").posting());
        assertTrue(desk.signOff.move(posted.id(), Act.DISPATCH).isEmpty());
        desk.signedBy(SIGNER, posted);

        assertEquals(
                WarningState.DISPATCHING,
                desk.signOff.move(posted.id(), Act.DISPATCH).orElseThrow().state());
        done(desk.act(ISSUER, posted, Act.STOP));
        assertTrue(desk.signOff.move(posted.id(), Act.ACTIVATE).isEmpty());
        assertEquals("FORBIDDEN role", denied(desk.act(ISSUER, posted, Act.RESUME)));
        done(desk.act(SIGNER, posted, Act.RESUME));
        assertEquals(
                WarningState.ACTIVE,
                desk.signOff.move(posted.id(), Act.ACTIVATE).orElseThrow().state());
        assertTrue(desk.signOff.move("none", Act.CLOSE).isEmpty());
    }

    @Test
    void tellsWatchersOfEachChangeAndSurvivesTheirFailure(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        List<String> seen = new ArrayList<>();
        desk.signOff.watch(change -> {
            throw new IllegalStateException("a watcher that fails");
        });
        desk.signOff.watch(change -> seen.add(change.warning().state().word()));

        desk.signedBy(SIGNER, desk.post(Sample.alert("A1").posting()));

        assertEquals(List.of("awaitingSignature", "signed"), seen);
    }

    @Test
    void listsTheLatestFirstInPages(Redis redis) {
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.demo());
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            desk.now = desk.now.plusMillis(i % 5 == 0 ? 10 : 0);
            made.add(desk.post(Sample.alert("A" + i).posting()).id());
        }
        desk.signedBy(SIGNER, desk.now(desk.store.find(made.get(3)).orElseThrow()));

        List<String> all = listed(desk, Set.of(), 4);
        List<String> two = listed(desk, Set.of(WarningState.AWAITING_SIGNATURE, WarningState.SIGNED), 7);
        List<String> signed = listed(desk, Set.of(WarningState.SIGNED), 7);

        assertEquals(25, Set.copyOf(all).size());
        assertEquals(25, all.size());
        assertEquals(all, two);
        assertEquals(List.of(made.get(3)), signed);
        assertTrue(made.indexOf(all.get(0)) >= 20);
        Page since = desk.store.list(new Query(Set.of(), desk.now, null, 100));
        assertEquals(5, since.warnings().size());
        assertNull(since.cursor());
    }

    private static List<String> listed(SignOffDesk desk, Set<WarningState> states, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page page = desk.store.list(new Query(states, null, cursor, limit));
            page.warnings().forEach(warning -> ids.add(warning.id()));
            cursor = page.cursor();
        } while (cursor != null);
        return ids;
    }

    private static List<String> entries(SignOffDesk desk) {
        List<LedgerEntry> entries = new ArrayList<>();
        desk.ledger.read(1, entries::add);
        return entries.stream().map(entry -> entry.actor() + " " + entry.act()).toList();
    }

    private static List<Decision> atOnce(List<Callable<Decision>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Decision> decisions = new ArrayList<>();
            for (Future<Decision> one : threads.invokeAll(calls)) {
                decisions.add(one.get());
            }
            return decisions;
        } finally {
            threads.shutdownNow();
        }
    }
}
