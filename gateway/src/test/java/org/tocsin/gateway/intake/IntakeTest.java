package org.tocsin.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisWarningStore;
import org.tocsin.gateway.validation.AlertRules;
import org.tocsin.gateway.validation.AreaKnowledge;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.gateway.validation.Problem;
import org.tocsin.gateway.validation.ValidationSettings;

/** What a sender is answered, stage by stage, with a real store. */
@ExtendWith(RedisExtension.class)
class IntakeTest {
    private static final Instant NOW = Instant.parse("2026-07-20T00:01:00Z");
    private static final Principal AGENCY = new Principal(
            "agency", "agency", Principal.Kind.CLIENT, Set.of(Role.AGENCY), Set.of("411426"), Set.of("11B"));
    private static final Principal ISSUER =
            new Principal("issuer", "issuer", Principal.Kind.PERSON, Set.of(Role.ISSUER), Set.of(), Set.of());

    private final WarningStore store;
    private final SignOff signOff;
    private final Intake intake;

    IntakeTest(Redis redis) {
        store = new RedisWarningStore(redis, new RedisLedger(redis));
        InstantSource clock = InstantSource.fixed(NOW);
        EventTypes events = EventTypes.standard();
        KnownWarnings issues = new KnownWarnings(store);
        AreaKnowledge places = alert -> alert.infos().get(0).areas().get(0).geocodes().stream()
                        .anyMatch(code -> code.value().startsWith("4114"))
                ? List.of()
                : List.of(new Problem(
                        AreaKnowledge.place(alert, 0, 0), AreaKnowledge.UNKNOWN_DIVISION, "no such division here"));
        signOff = new SignOff(
                store,
                ApprovalMatrix.standard(),
                AlertFacts.byCodes(List.of(), List.of(), area -> Set.of("411426101000")),
                alert -> CapWriter.write(alert).getBytes(UTF_8),
                clock,
                new Random(1),
                warning -> {});
        intake = new Intake(
                new AlertReader(events),
                new AlertRules(ValidationSettings.STANDARD, events, places, issues),
                issues,
                Set.of("sms", "app"),
                signOff,
                clock);
    }

    private Received post(String body) {
        return intake.receive(AGENCY, Samples.XML, body.getBytes(UTF_8), false);
    }

    private Warning created(String body) {
        return assertInstanceOf(Received.Created.class, post(body)).warning();
    }

    private static void assertRefused(int status, String told, Received received) {
        Received.Refused refused = assertInstanceOf(Received.Refused.class, received);
        assertEquals(List.of(told), Samples.told(refused.problems()));
        assertEquals(status, refused.status());
    }

    @Test
    void aGoodWarningIsKeptAndSubmitted() {
        Warning warning = created(Samples.small());
        assertEquals(WarningState.IN_REVIEW, warning.state());
        assertEquals(warning, store.find(warning.id()).orElseThrow());
        assertEquals("residents", warning.audience());
        assertEquals(Set.of(), warning.channels());
    }

    @Test
    void aDraftStaysOne() {
        Received received =
                intake.receive(ISSUER, Samples.JSON, Samples.smallJson().getBytes(UTF_8), true);
        assertEquals(
                WarningState.DRAFT,
                assertInstanceOf(Received.Created.class, received).warning().state());
    }

    @Test
    void audienceAndChannelsAreParameters() {
        Warning warning = created(Samples.small()
                .replace(
                        "<resource>",
                        "<parameter><valueName>tocsin.audience</valueName><value>schools</value></parameter>"
                                + "<parameter><valueName>tocsin.channels</valueName><value>sms, app</value></parameter>"
                                + "<resource>"));
        assertEquals("schools", warning.audience());
        assertEquals(Set.of("sms", "app"), warning.channels());
    }

    /** A channel that nobody knows was once taken, signed and active, and went to nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"SMS", "pigeon", "sms,pigeon", ",", "screen", "sms;app"})
    void aChannelThatIsNotThereIsRefused(String channels) {
        assertRefused(
                422,
                "unknown-channel /alert/info",
                post(Samples.small()
                        .replace(
                                "<resource>",
                                "<parameter><valueName>tocsin.channels</valueName><value>" + channels
                                        + "</value></parameter><resource>")));
    }

    @Test
    void theSameAgainIsKnownWhateverItsForm() {
        Warning first = created(Samples.small());
        for (Received again : List.of(
                post(Samples.small()),
                post("<!-- again -->" + Samples.small().replace("\n", "\r\n  ")),
                intake.receive(AGENCY, Samples.JSON, Samples.smallJson().getBytes(UTF_8), false))) {
            assertEquals(
                    first.id(),
                    assertInstanceOf(Received.Known.class, again).warning().id());
        }
    }

    @Test
    void theSameNameWithOtherContentIsAConflict() {
        Warning first = created(Samples.small());
        Received.Conflict conflict =
                assertInstanceOf(Received.Conflict.class, post(Samples.small().replace("夏邑县", "夏邑")));
        assertEquals(first.id(), conflict.warning().id());
        assertEquals("identity-taken", conflict.problem().code());
    }

    @Test
    void whatIsKnownIsToldBeforeItIsJudgedAgain() {
        created(Samples.small());
        assertInstanceOf(Received.Conflict.class, post(Samples.small().replace(">Extreme<", ">Unknown<")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"REVIEWER", "SIGNER", "AUDITOR", "ADMIN"})
    void otherRolesMayNotSend(Role role) {
        Principal other = new Principal("x", "x", Principal.Kind.CLIENT, Set.of(role), Set.of(), Set.of());
        assertRefused(403, "role ", intake.receive(other, "text/plain", new byte[Intake.MAX_BODY + 1], false));
    }

    @Test
    void sizeIsJudgedBeforeMediaTypeAndMediaTypeBeforeForm() {
        assertRefused(413, "too-large ", intake.receive(AGENCY, "text/plain", new byte[Intake.MAX_BODY + 1], false));
        assertRefused(415, "media-type ", intake.receive(AGENCY, "text/plain", new byte[1], false));
        assertRefused(400, "not-well-formed ", post("<"));
    }

    @Test
    void theLargestBodyIsRead() {
        String small = Samples.small();
        String padding = "<!--" + "x".repeat(Intake.MAX_BODY - small.getBytes(UTF_8).length - 7) + "-->";
        assertEquals(Intake.MAX_BODY, (small + padding).getBytes(UTF_8).length);
        created(small + padding);
    }

    @Test
    void aRefusedWarningIsNotRemembered() {
        assertRefused(
                422,
                "unknown-division /alert/info[1]/area[1]",
                post(Samples.small().replace("411426000000", "110000000000")));
        assertTrue(store.findByIdentifier("a-1").isEmpty());
        created(Samples.small());
    }

    @Test
    void problemsOfJsonHaveJsonPointers() {
        String json =
                Samples.smallJson().replace("411426000000", "110000000000").replace("11B03", "99X99");
        Received.Refused refused = assertInstanceOf(
                Received.Refused.class,
                intake.receive(AGENCY, "application/json; charset=utf-8", json.getBytes(UTF_8), false));
        assertEquals(
                List.of("unknown-event /info/0/eventCode", "unknown-division /info/0/area/0"),
                Samples.told(refused.problems()));
    }

    @Test
    void othersAreasAndHazardsAreForbidden() {
        assertEquals(
                403,
                assertInstanceOf(Received.Refused.class, post(Samples.small().replace("411426000000", "411425000000")))
                        .status());
        assertEquals(
                403,
                assertInstanceOf(Received.Refused.class, post(Samples.small().replace("11B03", "11C02")))
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Update", "Cancel"})
    void followersOfNothingAreRefused(String msgType) {
        String follower = Samples.small().replace("<msgType>Alert", "<msgType>" + msgType);
        assertRefused(422, "references-missing /alert/references", post(follower));
        assertRefused(
                422,
                "references-unknown /alert/references",
                post(follower.replace("<info>", "<references>s,i,2026-07-20T08:00:00+08:00</references><info>")));
        assertRefused(
                400,
                "reference /alert/references",
                post(follower.replace("<info>", "<references>nonsense</references><info>")));
    }

    @Test
    void aFollowerOfWhatIsNotInForceIsRefused() {
        created(Samples.small());
        assertRefused(
                422,
                "references-ended ",
                post(Samples.small()
                        .replace(">a-1<", ">a-2<")
                        .replace("<msgType>Alert", "<msgType>Update")
                        .replace("<info>", "<references>a-1</references><info>")));
    }

    /** Whoever had a key once ended another's warning. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Update | a-1",
                "Cancel | a-1",
                "Update | s@example.cn,a-1,2026-07-20T08:00:00+08:00",
                "Cancel | s@example.cn,a-1,2026-07-20T08:00:00+08:00",
                "Cancel | other@example.cn,b-1,2026-07-20T08:00:00+08:00 s@example.cn,a-1,2026-07-20T08:00:00+08:00",
            })
    void aFollowerComesFromTheSenderOfWhatItFollows(String msgType, String references) {
        created(Samples.small());
        created(Samples.small().replace("s@example.cn", "other@example.cn").replace(">a-1<", ">b-1<"));
        String others = follower(msgType, references).replace("<sender>s@example.cn<", "<sender>other@example.cn<");

        Received refused = post(others);

        assertRefused(422, "references-sender /alert/references", refused);
        String message = ((Received.Refused) refused).problems().get(0).message();
        assertTrue(message.contains("s@example.cn") && message.contains("other@example.cn"), message);
        assertTrue(message.contains("/cancel"), message);
        assertEquals(
                List.of("references-sender /alert/references"),
                Samples.told(
                        assertInstanceOf(Examined.Refused.class, intake.examine(Samples.XML, others.getBytes(UTF_8)))
                                .problems()),
                "nor may a draft become one");
    }

    @Test
    void aFollowersSenderIsToldByAPointerInJson() {
        created(Samples.small());
        String json = Samples.smallJson()
                .replace("\"identifier\":\"a-1\"", "\"identifier\":\"a-2\"")
                .replace("\"sender\":\"s@example.cn\"", "\"sender\":\"other@example.cn\"")
                .replace("\"msgType\":\"Alert\"", "\"msgType\":\"Cancel\",\"references\":\"a-1\"");
        assertRefused(
                422,
                "references-sender /references",
                intake.receive(AGENCY, Samples.JSON, json.getBytes(UTF_8), false));
    }

    @Test
    void aBulletinsFollowerComesFromItsSenderToo() {
        String first = Samples.text("bulletin-12379.xml");
        assertInstanceOf(Received.Created.class, intake.receive(ISSUER, Samples.XML, first.getBytes(UTF_8), false));
        String identifier = first.replaceAll("(?s).*<identifier>(.*)</identifier>.*", "$1");
        String next = first.replace("<identifier>", "<identifier>2-")
                .replace("<msgType>Alert", "<msgType>Update")
                .replace("<references/>", "<references>" + identifier + "</references>");

        assertRefused(
                422,
                "references-sender /alert/references",
                intake.receive(
                        ISSUER,
                        Samples.XML,
                        next.replace(">夏邑县气象台</sender>", ">商丘市气象台</sender>").getBytes(UTF_8),
                        false));
        assertRefused(422, "references-ended ", intake.receive(ISSUER, Samples.XML, next.getBytes(UTF_8), false));
    }

    /** An identifier is unique for its sender only: another's use of it must not stand in an Update's way. */
    @Test
    void anIdentifierAloneMeansTheSendersOwnWarning() {
        signed(created(Samples.small()));
        signed(created(Samples.small().replace("s@example.cn", "other@example.cn")));

        Warning next = created(follower("Update", "a-1"));

        assertEquals(
                "s@example.cn", store.find(next.root()).orElseThrow().alert().sender());
    }

    @Test
    void aSignerCancelsAnotherSendersWarningByAct() {
        Warning warning = signed(created(Samples.small()));

        Decision cancelled = signOff.act(signer("first"), warning.id(), Act.CANCEL, Details.NONE);

        Warning cancel = assertInstanceOf(Decision.Done.class, cancelled).warning();
        assertEquals("s@example.cn", cancel.alert().sender());
        assertEquals(warning.id(), cancel.predecessor());
    }

    private static String follower(String msgType, String references) {
        return Samples.small()
                .replace(">a-1<", ">a-2<")
                .replace("<msgType>Alert", "<msgType>" + msgType)
                .replace("<info>", "<references>" + references + "</references><info>");
    }

    private Warning signed(Warning posted) {
        Warning warning = posted;
        for (int step = 0; warning.state() != WarningState.SIGNED; step++) {
            Decision decision = signOff.act(
                    signer("s" + step), warning.id(), Act.APPROVE, new Details(warning.version(), null, true));
            warning = assertInstanceOf(Decision.Done.class, decision).warning();
        }
        return warning;
    }

    private static Principal signer(String id) {
        return new Principal(id, id, Principal.Kind.PERSON, Set.of(Role.REVIEWER, Role.SIGNER), Set.of(), Set.of());
    }

    @Test
    void aSignedAlertIsMarked() {
        Warning warning = created(
                Samples.small().replace("</info>", "</info><Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>"));
        assertTrue(warning.signatureUnverified());
    }

    @Test
    void aBulletinIsTaken() {
        Received received = intake.receive(
                ISSUER, Samples.XML, Samples.text("bulletin-12379.xml").getBytes(UTF_8), false);
        Warning warning = assertInstanceOf(Received.Created.class, received).warning();
        assertEquals("夏邑县气象台", warning.alert().sender());
    }

    @Test
    void examiningKeepsNothing() {
        assertInstanceOf(
                Examined.Acceptable.class,
                intake.examine(Samples.XML, Samples.small().getBytes(UTF_8)));
        assertEquals(
                422,
                assertInstanceOf(
                                Examined.Refused.class,
                                intake.examine(
                                        Samples.XML,
                                        Samples.small()
                                                .replace("11B03", "99X99")
                                                .getBytes(UTF_8)))
                        .status());
        assertTrue(store.findByIdentifier("a-1").isEmpty());
    }
}
