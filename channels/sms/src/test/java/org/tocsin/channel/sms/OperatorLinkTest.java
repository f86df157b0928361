package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkState;
import org.tocsin.channel.Manner;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.channel.Reply;

/** What a link of each operators' protocol does with an operator's quirks. */
class OperatorLinkTest {
    private static final String TEXT = "暴雨红色预警";

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "cmpp2", "smgp", "sgip"})
    void aLongMessageIsPutTogetherAndEachSegmentReported(String protocol) throws Exception {
        String text = "暴雨".repeat(80);
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of("keepTexts", "99")).awaitUp()) {
            List<Outcome> outcomes = open.send(text, OpenLink.numbers(3));

            Set<String> references = new HashSet<>();
            outcomes.forEach(outcome -> references.addAll(references(outcome, 3)));
            assertEquals(9, references.size());
            assertEquals(Set.copyOf(OpenLink.numbers(3)), open.simulator.texts().keySet());
            assertEquals(Set.of(text), Set.copyOf(open.simulator.texts().values()));
            await().until(() -> open.simulator.reportsAnswered() == 9);
            assertEquals(references, referencesOf(open.context.received()));
            for (Receipt receipt : open.context.received()) {
                assertEquals(Evidence.DELIVERED, receipt.evidence());
                assertTrue(OpenLink.numbers(3).contains(receipt.address()), receipt.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cmpp,暴雨,true,24",
        "cmpp,rain,true,16",
        "cmpp,暴雨,false,8",
        "cmpp2,rain,false,0",
        "smgp,暴雨,true,24",
        "sgip,暴雨,true,24",
        "cmpp,$ or @,false,8"
    })
    void aFlashMessageIsOfClassZeroAndTheAlphabetFits(String protocol, String text, boolean flash, int coding)
            throws Exception {
        Manner manner = new Manner(flash, Manner.Encoding.FITTING, "");
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of("keepTexts", "9")).awaitUp()) {
            open.begin(text, manner, OpenLink.numbers(1)).get(20, TimeUnit.SECONDS);

            assertEquals(List.of(coding), List.copyOf(open.simulator.codings().values()));
            assertEquals(List.of(text), List.copyOf(open.simulator.texts().values()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp", "sgip"})
    void theSignatureStandsBeforeTheTextAndTheExtensionBehindTheNumber(String protocol) throws Exception {
        Manner manner = new Manner(false, Manner.Encoding.FITTING, "4711");
        Map<String, String> link = Map.of("signature", "夏邑应急");
        try (OpenOperator open = new OpenOperator(protocol, link, Map.of("keepTexts", "9")).awaitUp()) {
            open.begin(TEXT, manner, OpenLink.numbers(1)).get(20, TimeUnit.SECONDS);

            assertEquals(
                    List.of("【夏邑应急】" + TEXT), List.copyOf(open.simulator.texts().values()));
            assertEquals(
                    List.of("106900004711"),
                    List.copyOf(open.simulator.sources().values()));
        }
    }

    @ParameterizedTest
    @CsvSource({"cmpp,99", "cmpp2,60", "smgp,100", "sgip,100"})
    void groupsShareTheirSubmitsAndEachPersonHasReferencesAndReportsOfTheirOwn(String protocol, int group)
            throws Exception {
        Map<String, String> carrier = Map.of("firstSequence", "65530", "keepTexts", "999");
        try (OpenOperator open = new OpenOperator(protocol, Map.of("group", "" + group), carrier).awaitUp()) {
            List<Outcome> outcomes = open.send("暴雨".repeat(50), OpenLink.numbers(250));

            Set<String> references = new HashSet<>();
            outcomes.forEach(outcome -> references.addAll(references(outcome, 2)));
            assertEquals(500, references.size());
            assertEquals(2L * ((250 + group - 1) / group), open.simulator.submits());
            assertEquals(250, open.simulator.messages());
            await().until(() -> open.simulator.reportsAnswered() == 500);
            assertEquals(references, referencesOf(open.context.received()));
        }
    }

    @ParameterizedTest
    @CsvSource({"cmpp,13,1", "cmpp,13,2", "smgp,47,1", "sgip,6,2"})
    void oneIllegalNumberDoesNotSinkItsGroup(String protocol, String code, int segments) throws Exception {
        Map<String, String> carrier = Map.of("keepTexts", "999");
        Map<String, Double> shares = Map.of("refused", 0.03);
        String text = "雨".repeat(segments == 1 ? 5 : 100);
        try (OpenOperator open = new OpenOperator(protocol, Map.of("group", "90"), carrier, shares).awaitUp()) {
            List<Outcome> outcomes = open.send(text, OpenLink.numbers(250));

            Outcome illegal = new Outcome.Rejected(Reason.INVALID_ADDRESS, code);
            long refused = outcomes.stream().filter(illegal::equals).count();
            assertTrue(refused > 1 && refused < 20, refused + " refused");
            outcomes.stream().filter(outcome -> !outcome.equals(illegal)).forEach(o -> references(o, segments));
            assertEquals(250 - refused, open.simulator.messages(), "nobody twice");
            assertTrue(open.simulator.submits() <= 2L * segments * 250, open.simulator.submits() + " submits");
            await().until(() -> open.simulator.reportsAnswered() == (250 - refused) * segments);
        }
    }

    @ParameterizedTest
    @CsvSource({"cmpp,8", "cmpp2,8", "smgp,1", "sgip,11"})
    void aThrottledSubmitIsDeferredWithItsCode(String protocol, String code) throws Exception {
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of(), Map.of("throttled", 1.0)).awaitUp()) {
            List<Outcome> outcomes = open.send(TEXT, OpenLink.numbers(2));

            Outcome throttled = new Outcome.Deferred(Reason.THROTTLED, code, Duration.ofSeconds(1));
            assertEquals(List.of(throttled, throttled), outcomes);
            open.send(TEXT, OpenLink.numbers(2)).forEach(outcome -> references(outcome, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"cmpp,1", "cmpp,10", "cmpp2,10", "smgp,1", "smgp,10", "sgip,1", "sgip,10"})
    void ofATextThatWasTakenInPartOnlyTheMissingSegmentsAreSentAgain(String protocol, int group) throws Exception {
        Map<String, String> link = Map.of("group", "" + group);
        try (OpenOperator open = new OpenOperator(protocol, link, Map.of(), Map.of("throttled", 0.1)).awaitUp()) {
            List<String> left = OpenLink.numbers(40);
            Set<String> references = new HashSet<>();
            for (int round = 0; !left.isEmpty(); round++) {
                assertTrue(round < 50, left.size() + " are still not settled");
                List<String> again = new ArrayList<>();
                List<Outcome> outcomes = open.send("暴雨".repeat(50), left);
                for (int at = 0; at < outcomes.size(); at++) {
                    if (outcomes.get(at) instanceof Outcome.Accepted) {
                        references.addAll(references(outcomes.get(at), 2));
                    } else {
                        again.add(left.get(at));
                    }
                }
                left = again;
            }

            assertEquals(80, references.size());
            assertEquals(40, open.simulator.messages(), "each is put together once");
            await().until(() -> open.simulator.reportsAnswered() == 80);
            assertEquals(references, referencesOf(open.context.received()), "no segment went out twice");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp", "sgip"})
    void whatIsInFlightWhenTheConnectionIsLostIsUnansweredAndTheRestIsDeferred(String protocol) throws Exception {
        try (OpenOperator open = new OpenOperator(protocol, Map.of("window", "10"), Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);
            CompletableFuture<List<Outcome>> sending = open.begin(TEXT, Manner.PLAIN, OpenLink.numbers(50));
            await().until(() -> open.simulator.submits() == 10);
            await().until(() -> open.link.health().inFlight() == 10);
            assertEquals(50, open.link.health().waiting());

            open.simulator.dropConnections();

            List<Outcome> outcomes = sending.get(20, TimeUnit.SECONDS);
            assertEquals(10, count(outcomes, Reason.UNANSWERED));
            assertEquals(40, count(outcomes, Reason.LINK_DOWN));
            open.simulator.pauseAnswers(false);
            open.awaitUp();
            references(open.send(TEXT, OpenLink.numbers(1)).get(0), 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp", "sgip"})
    void aCarrierThatCutsTheConnectionNowAndThenLosesNobody(String protocol) throws Exception {
        Map<String, String> link = Map.of("group", "10", "binds", "2");
        try (OpenOperator open = new OpenOperator(protocol, link, Map.of("dropEvery", "7")).awaitUp()) {
            List<CompletableFuture<List<Outcome>>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(open.begin("雨".repeat(100), Manner.PLAIN, OpenLink.numbers(100)));
                open.awaitUp();
            }

            long accepted = 0;
            for (CompletableFuture<List<Outcome>> sending : all) {
                for (Outcome outcome : sending.get(30, TimeUnit.SECONDS)) {
                    accepted += outcome instanceof Outcome.Accepted ? 1 : 0;
                }
            }
            assertTrue(accepted > 0 && accepted <= open.simulator.messages());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp", "sgip"})
    void aReportMayComeBeforeTheAnswerToItsSubmitAndOutOfOrderAndTwice(String protocol) throws Exception {
        Map<String, String> carrier =
                Map.of("answerDelayMillis", "300", "reportDelayMillis", "0", "reorder", "1", "reportCopies", "2");
        try (OpenOperator open = new OpenOperator(protocol, Map.of("window", "50"), carrier).awaitUp()) {
            CompletableFuture<List<Outcome>> sending = open.begin(TEXT, Manner.PLAIN, OpenLink.numbers(20));

            await().until(() -> open.context.received().size() == 40);
            assertTrue(!sending.isDone(), "the answers are still to come");

            Set<String> accepted = new HashSet<>();
            sending.get(20, TimeUnit.SECONDS).forEach(outcome -> accepted.addAll(references(outcome, 1)));
            assertEquals(accepted, referencesOf(open.context.received()));
        }
    }

    @ParameterizedTest
    @CsvSource({"cmpp", "smgp", "sgip"})
    void aReportOfAnUnknownIdNamesItsNumberAndIsKeptAndAnswered(String protocol) throws Exception {
        Map<String, Double> shares = Map.of("wrongIds", 1.0);
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of(), shares).awaitUp()) {
            String known =
                    references(open.send(TEXT, OpenLink.numbers(1)).get(0), 1).get(0);

            await().until(() -> open.simulator.reportsAnswered() == 1);
            Receipt receipt = open.context.received().get(0);
            assertTrue(!known.equals(receipt.reference()));
            assertEquals(OpenLink.numbers(1).get(0), receipt.address());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cmpp,EXPIRED REJECTD UNDELIV MA:0054",
        "smgp,EXPIRED/006 REJECTD/006 UNDELIV/006 MA:0054/006",
        "sgip,2/25"
    })
    void aNegativeReportKeepsTheCarriersWordAndHasAReason(String protocol, String words) throws Exception {
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of(), Map.of("delivered", 0.0)).awaitUp()) {
            open.send(TEXT, OpenLink.numbers(60));

            await().until(() -> open.context.received().size() == 60);
            Set<String> codes = new HashSet<>();
            for (Receipt receipt : open.context.received()) {
                assertEquals(Evidence.FAILED, receipt.evidence());
                assertTrue(receipt.reason() != null);
                codes.add(receipt.code());
            }
            assertEquals(Set.of(words.split(" ")), codes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "cmpp2", "smgp", "sgip"})
    void whatAPersonWritesIsAnsweredOnlyWhenItIsKept(String protocol) throws Exception {
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of("retryDelayMillis", "20")).awaitUp()) {
            open.context.keep(false);
            open.simulator.say("13800000001", "106900004711", "1 收到");
            await().until(() -> open.simulator.reportsDeferred() > 0);
            assertEquals(0, open.simulator.repliesAnswered());

            open.context.keep(true);

            await().until(() -> open.simulator.repliesAnswered() == 1);
            Reply reply = open.context.replied().get(0);
            assertEquals("13800000001", reply.from());
            assertEquals("106900004711", reply.to());
            assertEquals("4711", reply.extension());
            assertEquals("1 收到", reply.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp", "sgip"})
    void aReportThatCannotBeKeptIsLeftToTheCarrierToRepeat(String protocol) throws Exception {
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of("retryDelayMillis", "20")).awaitUp()) {
            open.context.keep(false);
            open.send(TEXT, OpenLink.numbers(5));
            await().until(() -> open.simulator.reportsDeferred() >= 5);
            assertEquals(0, open.simulator.reportsAnswered());

            open.context.keep(true);

            await().until(() -> open.simulator.reportsAnswered() == 5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cmpp,485454502f312e3120343030",
        "cmpp,ffffffff0000000500000001",
        "cmpp,0000000b0000000500000001",
        "cmpp,000000140000000500000001ffffffffffffffff",
        "cmpp,00000010800000040000000100000000",
        "smgp,000000140000000300000001ffffffffffffffff",
        "smgp,7fffffff0000000300000001",
        "sgip,485454502f312e3120343030",
        "sgip,0000001480000003000000000000000000000001"
    })
    void whatIsNotTheProtocolDropsTheConnectionAndTheLinkComesBack(String protocol, String octets) throws Exception {
        try (OpenOperator open = new OpenOperator(protocol, Map.of(), Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);
            CompletableFuture<List<Outcome>> sending = open.begin(TEXT, Manner.PLAIN, OpenLink.numbers(3));
            await().until(() -> open.simulator.submits() == 3);

            open.simulator.writeRaw(HexFormat.of().parseHex(octets));

            assertEquals(3, count(sending.get(20, TimeUnit.SECONDS), Reason.UNANSWERED));
            open.simulator.pauseAnswers(false);
            open.awaitUp();
            open.send(TEXT, OpenLink.numbers(3)).forEach(outcome -> references(outcome, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp"})
    void aCarrierThatAnswersNoQuestionIsTakenForGoneAfterSomeTries(String protocol) throws Exception {
        Map<String, String> settings = Map.of("enquireMillis", "60", "responseMillis", "60000", "enquireTries", "3");
        try (OpenOperator open = new OpenOperator(protocol, settings, Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);

            List<Outcome> outcomes = open.send(TEXT, OpenLink.numbers(2));

            assertEquals(2, count(outcomes, Reason.UNANSWERED));
        }
    }

    @Test
    void anSgipCarrierThatAnswersNoSubmitIsTakenForGone() throws Exception {
        try (OpenOperator open = new OpenOperator("sgip", Map.of("responseMillis", "200"), Map.of()).awaitUp()) {
            open.simulator.pauseAnswers(true);
            assertEquals(2, count(open.send(TEXT, OpenLink.numbers(2)), Reason.UNANSWERED));

            open.simulator.pauseAnswers(false);

            open.awaitUp();
            await().until(() -> open.send(TEXT, OpenLink.numbers(1)).get(0) instanceof Outcome.Accepted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "cmpp2", "smgp", "sgip"})
    void aRefusedAccountIsSaidToBeRefused(String protocol) throws Exception {
        try (OpenOperator open = new OpenOperator(protocol, Map.of("password", "wrong"), Map.of())) {
            await().until(() -> open.link.state() == LinkState.REFUSED);

            assertEquals(1, count(open.send(TEXT, OpenLink.numbers(1)), Reason.LINK_DOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "smgp", "sgip"})
    void closingSaysGoodbyeAfterWhatIsInFlight(String protocol) throws Exception {
        try (OpenOperator open =
                new OpenOperator(protocol, Map.of("window", "50"), Map.of("answerDelayMillis", "200")).awaitUp()) {
            CompletableFuture<List<Outcome>> sending = open.begin(TEXT, Manner.PLAIN, OpenLink.numbers(20));
            await().until(() -> open.simulator.submits() == 20);

            open.link.close();

            sending.get(1, TimeUnit.SECONDS).forEach(outcome -> references(outcome, 1));
            await().until(() -> open.simulator.connections() == 0);
        }
    }

    private static List<String> references(Outcome outcome, int segments) {
        List<String> references =
                assertInstanceOf(Outcome.Accepted.class, outcome).references();
        assertEquals(segments, references.size());
        return references;
    }

    private static long count(List<Outcome> outcomes, Reason reason) {
        return outcomes.stream()
                .filter(outcome -> outcome instanceof Outcome.Deferred deferred && deferred.reason() == reason)
                .count();
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
