package org.tocsin.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.channel.CallbackAnswer;
import org.tocsin.channel.CallbackRequest;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Reply;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.dispatch.Issue;
import org.tocsin.gateway.dispatch.LinkHealth;
import org.tocsin.gateway.dispatch.Recipient;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisWarningStore;
import org.tocsin.gateway.targeting.MeasuredArea;

/** The flow over real Redis and a real sign-off; the dispatcher writes down what it is told and can be away. */
@ExtendWith(RedisExtension.class)
class WarningFlowTest {
    private static final Principal ISSUER = person("issuer", Role.ISSUER);
    private static final Principal REVIEWER = person("reviewer", Role.REVIEWER);
    private static final Principal SIGNER = person("signer", Role.SIGNER);

    private final Told dispatcher = new Told();

    @Test
    void aStopAndAResumeDuringAnOutageDoNotChangePlaces(Redis redis) {
        try (Desk desk = new Desk(redis)) {
            Warning warning = desk.signed("A1");
            await().until(() -> dispatcher.told.contains("begin " + warning.id()));

            dispatcher.away = true;
            desk.act(Act.STOP, warning);
            await().until(() -> dispatcher.refused.contains("stop"));
            desk.act(Act.RESUME, warning);
            dispatcher.away = false;

            await().until(() -> dispatcher.gates.containsKey(warning.id()));
            assertEquals("open", dispatcher.gates.get(warning.id()));
            assertEquals(
                    List.of(),
                    dispatcher.told.stream()
                            .filter(told -> told.startsWith("stop"))
                            .toList());
        }
    }

    @Test
    void aStopWaitsForNoPlanOfAnotherWarning(Redis redis) {
        try (Desk desk = new Desk(redis)) {
            Warning sent = desk.signed("A1");
            await().until(() -> dispatcher.told.contains("begin " + sent.id()));
            CountDownLatch planning = new CountDownLatch(1);
            dispatcher.planning = planning;
            Warning large = desk.signed("A2");
            await().until(() -> dispatcher.told.contains("planning " + large.id()));

            desk.act(Act.STOP, sent);

            await().until(() -> "stopped".equals(dispatcher.gates.get(sent.id())));
            planning.countDown();
        }
    }

    @Test
    void aStartGoesOnWithWhatWasSignedAndShutsWhatWasStoppedBeforeItBegins(Redis redis) {
        Warning signed;
        Warning stopped;
        try (Desk before = new Desk(redis)) {
            signed = before.signed("A1");
            stopped = before.signed("A2");
            before.act(Act.STOP, stopped);
        }
        dispatcher.told.clear();
        dispatcher.gates.clear();

        try (Desk after = new Desk(redis)) {
            await().until(() -> dispatcher.told.contains("begin " + signed.id()));
            await().until(() -> dispatcher.told.contains("begin " + stopped.id()));

            assertEquals("stopped", dispatcher.gates.get(stopped.id()));
            List<String> told = dispatcher.told.stream()
                    .filter(line -> line.endsWith(" " + stopped.id()))
                    .toList();
            assertEquals(List.of("stop " + stopped.id(), "begin " + stopped.id()), told.subList(0, 2));
            assertEquals(
                    WarningState.DISPATCHING,
                    after.store.find(signed.id()).orElseThrow().state());
        }
    }

    @Test
    void aClosedWarningIsDroppedWhateverTheDispatcherMissed(Redis redis) {
        try (Desk desk = new Desk(redis)) {
            Warning warning = desk.signed("A1");
            await().until(() -> dispatcher.told.contains("begin " + warning.id()));
            desk.act(Act.STOP, warning);
            dispatcher.away = true;
            desk.act(Act.CLOSE, warning);
            await().until(() -> dispatcher.refused.contains("drop"));
            dispatcher.away = false;

            await().until(() -> "dropped".equals(dispatcher.gates.get(warning.id())));
        }
    }

    @Test
    void aStopWhoseAnswerWasLostIsFoundAndHeld(Redis redis) {
        try (Desk desk = new Desk(redis)) {
            Warning warning = desk.signed("A1");
            await().until(() -> dispatcher.told.contains("begin " + warning.id()));

            desk.actUntold(Act.STOP, warning);

            await().until(() -> "stopped".equals(dispatcher.gates.get(warning.id())));
        }
    }

    @Test
    void aSignatureWhoseAnswerWasLostIsFoundAndSent(Redis redis) {
        try (Desk desk = new Desk(redis)) {
            Warning signed = desk.signedUntold("A1");
            assertEquals(List.of(), dispatcher.told);

            await().atMost(Duration.ofSeconds(20)).until(() -> dispatcher.told.contains("begin " + signed.id()));
        }
    }

    private static Principal person(String id, Role role) {
        return new Principal(id, id, Principal.Kind.PERSON, Set.of(role), Set.of(), Set.of());
    }

    private final class Desk implements AutoCloseable {
        final RedisWarningStore store;
        private final WarningFlow flow;
        private final SignOff signOff;

        Desk(Redis redis) {
            store = new RedisWarningStore(redis, new RedisLedger(redis));
            flow = new WarningFlow(store, dispatcher, Set.of("sms"));
            signOff = signOff(flow::signed);
            flow.start(signOff);
        }

        private SignOff signOff(Consumer<Warning> listener) {
            return new SignOff(
                    store,
                    ApprovalMatrix.standard(),
                    AlertFacts.byCodes(Set.of(), Set.of(), area -> Set.of()),
                    alert -> alert.identifier().getBytes(UTF_8),
                    () -> Instant.parse("2026-07-20T00:00:00.500Z"),
                    new Random(7),
                    listener);
        }

        Warning signed(String identifier) {
            return signed(signOff, identifier);
        }

        /** Signs where nobody tells the flow, as when the store's answer is lost. */
        Warning signedUntold(String identifier) {
            return signed(signOff(warning -> {}), identifier);
        }

        private static Warning signed(SignOff signOff, String identifier) {
            Warning posted = done(signOff.post(ISSUER, Sample.alert(identifier).posting(), false));
            Warning reviewed =
                    done(signOff.act(REVIEWER, posted.id(), Act.APPROVE, new Details(posted.version(), null, true)));
            return done(signOff.act(SIGNER, posted.id(), Act.APPROVE, new Details(reviewed.version(), null, true)));
        }

        /** Acts where nobody tells the flow, as when the store's answer is lost. */
        void actUntold(Act act, Warning warning) {
            done(signOff(unused -> {}).act(SIGNER, warning.id(), act, new Details(null, "because")));
        }

        void act(Act act, Warning warning) {
            done(signOff.act(SIGNER, warning.id(), act, new Details(null, "because")));
        }

        private static Warning done(Decision decision) {
            return assertInstanceOf(Decision.Done.class, decision).warning();
        }

        @Override
        public void close() {
            flow.close();
        }
    }

    private static final class Told implements Dispatcher {
        @Override
        public CompletionStage<Optional<Recipient>> whose(String link, String address, Reply reply) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> acknowledged(
                String link, String address, Recipient whom, String code, Instant at) {
            throw new UnsupportedOperationException();
        }

        final List<String> told = new CopyOnWriteArrayList<>();
        final Set<String> refused = ConcurrentHashMap.newKeySet();
        final ConcurrentHashMap<String, String> gates = new ConcurrentHashMap<>();
        volatile boolean away;
        volatile CountDownLatch planning = new CountDownLatch(0);

        @Override
        public Optional<org.tocsin.gateway.dispatch.Replayed> replay(
                String issue, org.tocsin.gateway.receipt.IssueReplay.Listener listener) {
            return Optional.empty();
        }

        @Override
        public int begin(Issue issue) {
            told.add("planning " + issue.id());
            try {
                planning.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            reach("begin", issue.id());
            told.remove("planning " + issue.id());
            return 1;
        }

        @Override
        public void stop(String issue) {
            reach("stop", issue);
            gates.put(issue, "stopped");
        }

        @Override
        public void resume(String issue) {
            reach("resume", issue);
            gates.put(issue, "open");
        }

        @Override
        public void drop(String issue, Reason reason) {
            reach("drop", issue);
            gates.put(issue, "dropped");
        }

        private void reach(String act, String issue) {
            if (away) {
                refused.add(act);
                throw new UncheckedIOException(new IOException("the store is away"));
            }
            told.add(act + " " + issue);
        }

        @Override
        public Optional<IssueEvidence> evidence(String issue) {
            return Optional.empty();
        }

        @Override
        public Set<String> ended() {
            return Set.of();
        }

        @Override
        public void sealed(String issue) {
            // Nothing is sealed here.
        }

        @Override
        public Optional<MeasuredArea> area(String issue) {
            return Optional.empty();
        }

        @Override
        public void onChange(Consumer<String> listener) {
            // Nothing changes here.
        }

        @Override
        public List<LinkHealth> links() {
            return List.of();
        }

        @Override
        public CompletionStage<CallbackAnswer> callback(String channel, String provider, CallbackRequest request) {
            return CompletableFuture.failedStage(new IllegalStateException("nobody calls back"));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
