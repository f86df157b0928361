package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Notice;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

class SmsLinkTest {
    private static final String TEXT = "暴雨红色预警";

    @Test
    void anAcceptedLongMessageNamesTheIdOfEachSegmentAndEachIsReported() throws Exception {
        String text = "暴雨".repeat(80);
        try (OpenLink open = new OpenLink(Map.of(), Map.of("keepTexts", "1000")).awaitUp()) {
            List<Outcome> outcomes = open.send(text, OpenLink.numbers(3));

            Set<String> references = new HashSet<>();
            for (Outcome outcome : outcomes) {
                List<String> own =
                        assertInstanceOf(Outcome.Accepted.class, outcome).references();
                assertEquals(3, own.size());
                assertEquals(own.stream().sorted().toList(), own, "in the order of the segments");
                references.addAll(own);
            }
            assertEquals(9, references.size());
            assertEquals(Set.of(text), Set.copyOf(open.simulator.texts().values()));
            assertEquals(3, open.simulator.messages());
            await().until(() -> open.context.received().size() == 9);
            assertEquals(references, referencesOf(open.context.received()));
        }
    }

    @Test
    void aWindowSmallerThanAMessageStillCarriesIt() throws Exception {
        try (OpenLink open = new OpenLink(Map.of("window", "1"), Map.of()).awaitUp()) {
            List<Outcome> outcomes = open.send("雨".repeat(300), OpenLink.numbers(4));

            outcomes.forEach(outcome -> assertInstanceOf(Outcome.Accepted.class, outcome));
            assertEquals(4, open.simulator.messages());
        }
    }

    @Test
    void aThrottledSubmitIsDeferredWithItsCode() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of(), Map.of("throttled", 1.0)).awaitUp()) {
            List<Outcome> outcomes = open.send(TEXT, OpenLink.numbers(2));

            Outcome throttled = new Outcome.Deferred(Reason.THROTTLED, "0x00000058", Duration.ofSeconds(1));
            assertEquals(List.of(throttled, throttled), outcomes);
        }
    }

    @Test
    void aRefusedSubmitIsRejectedWithTheCarriersCode() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of(), Map.of("refused", 1.0)).awaitUp()) {
            List<Outcome> outcomes = open.send("雨".repeat(100), OpenLink.numbers(2));

            Outcome refused = new Outcome.Rejected(Reason.INVALID_ADDRESS, "0x0000000B");
            assertEquals(List.of(refused, refused), outcomes);
        }
    }

    @Test
    void whatIsInFlightWhenTheConnectionIsLostIsUnansweredAndTheRestIsDeferred() throws Exception {
        try (OpenLink open = new OpenLink(Map.of("window", "10"), Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);
            CompletableFuture<List<Outcome>> sending = open.begin(TEXT, OpenLink.numbers(50));
            await().until(() -> open.simulator.submits() == 10);

            open.simulator.dropConnections();

            List<Outcome> outcomes = sending.get(20, TimeUnit.SECONDS);
            assertEquals(
                    10,
                    outcomes.stream()
                            .filter(o -> reason(o) == Reason.UNANSWERED)
                            .count());
            assertEquals(
                    40,
                    outcomes.stream().filter(o -> reason(o) == Reason.LINK_DOWN).count());
            open.simulator.pauseAnswers(false);
            open.awaitUp();
            assertInstanceOf(
                    Outcome.Accepted.class, open.send(TEXT, OpenLink.numbers(1)).get(0));
        }
    }

    @Test
    void aSubmitThatIsNotAnsweredInTimeIsUnansweredAndALateAnswerHurtsNobody() throws Exception {
        try (OpenLink open = new OpenLink(Map.of("responseMillis", "200", "window", "4"), Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);
            List<Outcome> outcomes = open.send(TEXT, OpenLink.numbers(6));
            outcomes.forEach(outcome -> assertEquals(Reason.UNANSWERED, reason(outcome)));

            open.simulator.pauseAnswers(false);

            assertEquals(LinkState.UP, open.link.state());
            List<Outcome> later = open.send(TEXT, OpenLink.numbers(6));
            later.forEach(outcome -> assertInstanceOf(Outcome.Accepted.class, outcome));
        }
    }

    @Test
    void ofATextThatWasTakenInPartOnlyTheMissingSegmentsAreSentAgain() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of("keepTexts", "10"), Map.of("throttled", 1.0)).awaitUp()) {
            String text = "暴雨".repeat(80);
            Outcome.Deferred first = assertInstanceOf(
                    Outcome.Deferred.class, open.send(text, OpenLink.numbers(1)).get(0));
            assertEquals(Reason.THROTTLED, first.reason());
            assertEquals("", first.taken().get(0));
            assertEquals(3, open.simulator.submits());

            Outcome.Accepted second = assertInstanceOf(
                    Outcome.Accepted.class, open.send(text, OpenLink.numbers(1)).get(0));

            assertEquals(4, open.simulator.submits());
            assertEquals(1, open.simulator.messages());
            assertEquals(first.taken().subList(1, 3), second.references().subList(1, 3));
            assertEquals(3, Set.copyOf(second.references()).size());
        }
    }

    @Test
    void aSubmitThatStaysUnansweredIsRepeatedOnceAndThenGivenUp() throws Exception {
        try (OpenLink open = new OpenLink(Map.of("responseMillis", "200"), Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);
            for (String text : List.of(TEXT, "雨".repeat(100))) {
                assertEquals(
                        Reason.UNANSWERED,
                        reason(open.send(text, OpenLink.numbers(1)).get(0)));

                assertEquals(
                        List.of(new Outcome.Rejected(Reason.UNANSWERED, "")), open.send(text, OpenLink.numbers(1)));
            }
        }
    }

    @Test
    void aLateAnswerToAWholeTextSaysThatTheCarrierHasIt() throws Exception {
        try (OpenLink open = new OpenLink(Map.of("responseMillis", "200"), Map.of()).awaitUp()) {
            open.simulator.holdReports(true);
            open.simulator.pauseAnswers(true);
            open.send(TEXT, OpenLink.numbers(1));

            open.simulator.pauseAnswers(false);

            await().until(() -> open.context.received().size() == 1);
            Receipt late = open.context.received().get(0);
            assertEquals(Evidence.IN_PROGRESS, late.evidence());
            assertEquals(OpenLink.numbers(1).get(0), late.address());
            open.simulator.holdReports(false);
            await().until(() -> open.context.received().size() == 2);
            assertEquals(Set.of(String.valueOf(late.reference())), referencesOf(open.context.received()));
        }
    }

    @Test
    void aSegmentThatWasAnsweredLateIsNotSentAgain() throws Exception {
        try (OpenLink open = new OpenLink(Map.of("responseMillis", "200"), Map.of()).awaitUp()) {
            String text = "暴雨".repeat(80);
            open.simulator.holdReports(true);
            open.simulator.pauseAnswers(true);
            assertEquals(
                    Reason.UNANSWERED,
                    reason(open.send(text, OpenLink.numbers(1)).get(0)));
            open.simulator.pauseAnswers(false);
            open.simulator.holdReports(false);
            await().until(() -> open.simulator.reportsAnswered() == 3);

            Outcome again = open.send(text, OpenLink.numbers(1)).get(0);

            assertEquals(
                    3,
                    assertInstanceOf(Outcome.Accepted.class, again).references().size());
            assertEquals(3, open.simulator.submits());
        }
    }

    @Test
    void aReceiptMayComeBeforeTheAnswerToItsSubmit() throws Exception {
        Map<String, String> carrier = Map.of("answerDelayMillis", "400", "reportDelayMillis", "0");
        try (OpenLink open = new OpenLink(Map.of(), carrier).awaitUp()) {
            CompletableFuture<List<Outcome>> sending = open.begin(TEXT, OpenLink.numbers(20));

            await().until(() -> open.context.received().size() == 20);
            assertTrue(!sending.isDone(), "the answers are still to come");

            Set<String> accepted = new HashSet<>();
            sending.get(20, TimeUnit.SECONDS)
                    .forEach(outcome -> accepted.addAll(
                            assertInstanceOf(Outcome.Accepted.class, outcome).references()));
            assertEquals(accepted, referencesOf(open.context.received()));
        }
    }

    @Test
    void aRepeatedReceiptIsReportedAgainAndAnsweredAgain() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of("reportCopies", "3")).awaitUp()) {
            open.send(TEXT, OpenLink.numbers(5));

            await().until(() -> open.simulator.reportsAnswered() == 15);
            assertEquals(15, open.context.received().size());
            assertEquals(5, referencesOf(open.context.received()).size());
        }
    }

    @Test
    void aReceiptSaysWhatBecameOfWhom() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of(), Map.of("delivered", 0.0)).awaitUp()) {
            open.send(TEXT, OpenLink.numbers(40));

            await().until(() -> open.context.received().size() == 40);
            for (Receipt receipt : open.context.received()) {
                assertEquals(Evidence.FAILED, receipt.evidence());
                boolean expired = receipt.code().equals("EXPIRED/027");
                assertEquals(expired ? Reason.UNREACHABLE : Reason.UNDELIVERABLE, receipt.reason());
                assertTrue(OpenLink.numbers(40).contains(receipt.address()), receipt.toString());
            }
        }
    }

    @Test
    void aReceiptThatCannotBeKeptIsLeftToTheCarrierToRepeat() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of("retryDelayMillis", "50")).awaitUp()) {
            open.context.keep(false);
            open.send(TEXT, OpenLink.numbers(5));
            await().until(() -> open.simulator.reportsDeferred() >= 5);
            assertEquals(0, open.simulator.reportsAnswered());

            open.context.keep(true);

            await().until(() -> open.simulator.reportsAnswered() == 5);
        }
    }

    @Test
    void aCarrierThatAllowsTenUnansweredReceiptsGetsAllAnswered() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of("deliverWindow", "10")).awaitUp()) {
            open.send(TEXT, OpenLink.numbers(256));

            await().until(() -> open.simulator.reportsAnswered() == 256);
            assertEquals(256, open.simulator.reports());
        }
    }

    @Test
    void twoBindsShareTheWorkAndOneIsEnough() throws Exception {
        Map<String, String> carrier = Map.of("answerDelayMillis", "50");
        try (OpenLink open = new OpenLink(Map.of("binds", "2", "window", "8"), carrier).awaitUp()) {
            await().until(() -> open.simulator.connections() == 2);

            List<Outcome> outcomes = open.send(TEXT, OpenLink.numbers(100));

            outcomes.forEach(outcome -> assertInstanceOf(Outcome.Accepted.class, outcome));
            assertEquals(100, open.simulator.submits());
            await().until(() -> open.simulator.reportsAnswered() == 100);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "485454502f312e3120343030", // HTTP/1.1 400
                "ffffffff000000050000000000000001", // longer than any PDU
                "0000000f000000050000000000000001", // shorter than a header
                "00000014000000050000000000000001ffffffff", // a deliver_sm cut short
                "00000010800000000000000300000000", // a generic_nack of nothing
            })
    void whatIsNoSmppDropsTheConnectionAndTheLinkComesBack(String octets) throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);
            CompletableFuture<List<Outcome>> sending = open.begin(TEXT, OpenLink.numbers(3));
            await().until(() -> open.simulator.submits() == 3);

            open.simulator.writeRaw(HexFormat.of().parseHex(octets));

            for (Outcome outcome : sending.get(20, TimeUnit.SECONDS)) {
                assertEquals(Reason.UNANSWERED, reason(outcome));
            }
            open.simulator.pauseAnswers(false);
            open.awaitUp();
            open.send(TEXT, OpenLink.numbers(3)).forEach(outcome -> assertInstanceOf(Outcome.Accepted.class, outcome));
        }
    }

    @Test
    void anAnswerToNothingAndAnUnknownResponseAreIgnored() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of()).awaitUp()) {
            open.simulator.writeRaw(HexFormat.of()
                    .parseHex("00000012800000040000000000ffffff4100" + "00000010800001030000000000000009"));

            open.send(TEXT, OpenLink.numbers(3)).forEach(outcome -> assertInstanceOf(Outcome.Accepted.class, outcome));
        }
    }

    @Test
    void aCarrierThatSaysNothingAnyMoreIsTakenForGone() throws Exception {
        Map<String, String> settings = Map.of("enquireMillis", "100", "responseMillis", "60000");
        try (OpenLink open = new OpenLink(settings, Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);

            List<Outcome> outcomes = open.send(TEXT, OpenLink.numbers(2));

            outcomes.forEach(outcome -> assertEquals(Reason.UNANSWERED, reason(outcome)));
        }
    }

    @Test
    void aRefusedAccountIsSaidToBeRefused() throws Exception {
        try (OpenLink open = new OpenLink(Map.of("password", "wrong"), Map.of())) {
            await().until(() -> open.link.state() == LinkState.REFUSED);

            assertEquals(
                    Reason.LINK_DOWN,
                    reason(open.send(TEXT, OpenLink.numbers(1)).get(0)));
        }
    }

    @Test
    void aNoticeWhoseTimeIsOverIsNotSent() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of()).awaitUp()) {
            Notice fresh = OpenLink.Notices.actual(TEXT);
            Notice over = new Notice(
                    fresh.warning(),
                    fresh.issue(),
                    fresh.alert(),
                    fresh.info(),
                    fresh.level(),
                    fresh.message(),
                    Instant.parse("2020-01-01T00:00:00Z"));

            List<Outcome> outcomes = open.begin(over, OpenLink.numbers(1)).get(20, TimeUnit.SECONDS);

            assertEquals(List.of(new Outcome.Rejected(Reason.EXPIRED, "")), outcomes);
            assertEquals(0, open.simulator.submits());
        }
    }

    @Test
    void closingUnbindsAfterWhatIsInFlight() throws Exception {
        try (OpenLink open = new OpenLink(Map.of(), Map.of("answerDelayMillis", "300")).awaitUp()) {
            CompletableFuture<List<Outcome>> sending = open.begin(TEXT, OpenLink.numbers(20));
            await().until(() -> open.simulator.submits() == 20);

            open.link.close();

            sending.get(1, TimeUnit.SECONDS).forEach(outcome -> assertInstanceOf(Outcome.Accepted.class, outcome));
            await().until(() -> open.simulator.connections() == 0);
        }
    }

    @Test
    void nobodyIsLostWhileConnectionsComeAndGo() throws Exception {
        try (OpenLink open = new OpenLink(Map.of("binds", "2", "window", "16"), Map.of()).awaitUp()) {
            List<CompletableFuture<List<Outcome>>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(open.begin(TEXT, OpenLink.numbers(200)));
                if (i % 8 == 4) {
                    open.simulator.dropConnections();
                }
                if (i % 8 == 7) {
                    open.awaitUp();
                }
            }

            long accepted = 0;
            for (CompletableFuture<List<Outcome>> sending : all) {
                for (Outcome outcome : sending.get(30, TimeUnit.SECONDS)) {
                    accepted += outcome instanceof Outcome.Accepted ? 1 : 0;
                }
            }
            assertTrue(accepted > 0 && accepted <= open.simulator.messages());
            await().until(() -> open.simulator.reportsAnswered() >= open.simulator.messages());
        }
    }

    private static Reason reason(Outcome outcome) {
        return assertInstanceOf(Outcome.Deferred.class, outcome).reason();
    }

    private static Set<String> referencesOf(List<Receipt> receipts) {
        Set<String> references = new HashSet<>();
        receipts.forEach(receipt -> references.add(String.valueOf(receipt.reference())));
        return references;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(20, TimeUnit.SECONDS).pollInterval(5, TimeUnit.MILLISECONDS);
    }
}
