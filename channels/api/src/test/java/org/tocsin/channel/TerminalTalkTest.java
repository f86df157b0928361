package org.tocsin.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Status;

class TerminalTalkTest {
    private static final Instant NOW = Instant.parse("2026-07-20T00:00:00Z");
    private static final Duration RETRY = Duration.ofSeconds(7);

    private final ScriptedTerminals terminals = new ScriptedTerminals();
    private final PlainDialect dialect = new PlainDialect();
    private final FakeChannelContext context = new FakeChannelContext("talk-test", Map.of()) {
        @Override
        public TerminalLink terminals() {
            return terminals;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(now);
        }
    };
    private final Map<Integer, Outcome> outcomes = new TreeMap<>();
    private Instant now = NOW;
    private TerminalTalk talk = begin();

    @BeforeEach
    void listen() {
        talk = begin();
    }

    @AfterEach
    void close() {
        context.close();
    }

    private TerminalTalk begin() {
        return TerminalTalk.begin(context, new TerminalSettings(Duration.ofSeconds(3), RETRY, "1"), dialect);
    }

    private void tell(String... codes) {
        List<Addressee> addressees = new ArrayList<>();
        for (String code : codes) {
            addressees.add(new Addressee(code, false));
        }
        Batch batch =
                new Batch("b", ChannelContract.notice(Status.ACTUAL, Map.of("text", "t")), addressees, outcomes::put);
        talk.processor().submit(batch);
    }

    private @Nullable Boolean report(String topic, String payload) {
        List<Boolean> kept = new ArrayList<>();
        terminals.reports.report(new TerminalLink.Report("t1", topic, payload.getBytes(UTF_8)), kept::add);
        return kept.isEmpty() ? null : kept.get(0);
    }

    @Test
    void tellsEachTerminalOnItsTopicAndSettlesWhatItAnswers() {
        terminals.answers.put("b", TerminalLink.Answer.OFFLINE);
        terminals.answers.put("c", TerminalLink.Answer.UNANSWERED);

        tell("a", "b", "c");

        assertEquals(List.of("to/a", "to/b", "to/c"), terminals.topics);
        assertEquals(Duration.ofSeconds(3), terminals.timeout);
        assertEquals(new Outcome.Accepted("w1.1/a"), outcomes.get(0));
        assertEquals(new Outcome.Deferred(Reason.UNREACHABLE, "", RETRY), outcomes.get(1));
        assertEquals(new Outcome.Deferred(Reason.UNANSWERED, "", RETRY), outcomes.get(2));
    }

    @Test
    void refusesACodeThatWouldBeAnotherTopicAndTellsTheOthers() {
        tell("a/b", "good", "#", "+", "a b", "", "x".repeat(65));

        assertEquals(List.of("to/good"), terminals.topics);
        assertEquals(new Outcome.Accepted("w1.1/good"), outcomes.get(1));
        for (int index : new int[] {0, 2, 3, 4, 5, 6}) {
            assertEquals(new Outcome.Rejected(Reason.INVALID_ADDRESS, ""), outcomes.get(index));
        }
    }

    @Test
    void tellsNothingThatHasExpired() {
        now = Instant.parse("2036-01-01T00:00:00Z");

        tell("a");

        assertEquals(new Outcome.Rejected(Reason.EXPIRED, ""), outcomes.get(0));
        assertEquals(List.of(), terminals.topics);
    }

    @Test
    void tellsNothingThatIsTooLongForATerminal() {
        dialect.payload = new byte[60 * 1024 + 1];
        tell("a");
        assertEquals(new Outcome.Rejected(Reason.TOO_LONG, ""), outcomes.get(0));

        outcomes.clear();
        dialect.payload = new byte[60 * 1024];
        tell("a");
        assertEquals(new Outcome.Accepted("w1.1/a"), outcomes.get(0));
    }

    @Test
    void leavesOutWhoIsSettledAlready() {
        Batch batch = new Batch(
                "b",
                ChannelContract.notice(Status.ACTUAL, Map.of("text", "t")),
                List.of(new Addressee("a", false), new Addressee("b", false)),
                outcomes::put);
        batch.settle(0, new Outcome.Rejected(Reason.NOT_A_PROBE, ""));

        talk.processor().submit(batch);

        assertEquals(List.of("to/b"), terminals.topics);
        assertEquals(new Outcome.Accepted("w1.1/b"), outcomes.get(1));
    }

    @Test
    void turnsAReportIntoAReceiptAndSaysWhetherItWasKept() {
        assertEquals(true, report("from/t1", "finished"));
        context.keep(false);
        assertEquals(false, report("from/t1", "finished"));

        assertEquals(
                new Receipt("w1.1/t1", "t1", Evidence.DELIVERED, null, "finished", NOW),
                context.received().get(0));
    }

    @Test
    void acknowledgesAndKeepsOutWhatIsNoReport() {
        assertEquals(true, report("from/t1", "rubbish"));
        assertEquals(true, report("from/another", "finished"));

        assertEquals(List.of(), context.received());
        assertEquals(List.of(1L, 2L), dialect.unreadable);
    }

    @Test
    void isUpUntilItIsClosedAndThenTellsAndTakesNothing() {
        assertEquals(LinkState.UP, talk.state());

        talk.close();
        talk.close();
        tell("a");

        assertEquals(LinkState.CLOSED, talk.state());
        assertEquals(new Outcome.Deferred(Reason.LINK_DOWN, "", RETRY), outcomes.get(0));
        assertEquals(false, report("from/t1", "finished"));
        assertEquals(List.of(), context.received());
    }

    @Test
    void hasNoCallbacks() {
        assertEquals(404, talk.callback().toCompletableFuture().join().status());
    }

    @Test
    void readsItsSettingsWithTheirRules() {
        TerminalSettings plain = TerminalSettings.read(new LinkSettings("l", Map.of("retryMillis", "7")));

        assertEquals(Duration.ofSeconds(10), plain.ack());
        assertEquals(Duration.ofMillis(7), plain.retry());
        assertTrue(plain.platform().matches("[0-9]{23}"));
        LinkSettings wrong = new LinkSettings("l", Map.of("platform", "12"));
        assertFalse(TerminalSettings.read(wrong).platform().isEmpty());
        assertTrue(org.junit.jupiter.api.Assertions.assertThrows(InvalidSettings.class, wrong::check)
                .toString()
                .contains("l.platform: must be 23 digits"));
    }

    private static final class PlainDialect implements TerminalDialect {
        private byte[] payload = new byte[1];
        private final List<Long> unreadable = new ArrayList<>();

        @Override
        public String reports() {
            return "from/+";
        }

        @Override
        public String commandTopic(String code) {
            return "to/" + code;
        }

        @Override
        public String reportTopic(String code) {
            return "from/" + code;
        }

        @Override
        public byte[] command(Notice notice) {
            return payload;
        }

        @Override
        public @Nullable TerminalReport report(byte[] bytes) {
            String state = new String(bytes, UTF_8);
            return state.equals("finished") ? new TerminalReport("w1.1", Evidence.DELIVERED, null, state, null) : null;
        }

        @Override
        public void unreadable(TerminalLink.Report came, long soFar) {
            unreadable.add(soFar);
        }
    }

    private static final class ScriptedTerminals implements TerminalLink {
        private final Map<String, Answer> answers = new TreeMap<>();
        private final List<String> topics = new ArrayList<>();
        private Duration timeout = Duration.ZERO;
        private Reports reports = (report, kept) -> {};

        @Override
        public void send(List<String> codes, UnaryOperator<String> topic, byte[] payload, Duration wait, Answers told) {
            timeout = wait;
            for (int index = 0; index < codes.size(); index++) {
                topics.add(topic.apply(codes.get(index)));
                told.answer(index, answers.getOrDefault(codes.get(index), Answer.ACKNOWLEDGED));
            }
        }

        @Override
        public void listen(String topicFilter, Reports listener) {
            assertEquals("from/+", topicFilter);
            reports = listener;
        }
    }
}
