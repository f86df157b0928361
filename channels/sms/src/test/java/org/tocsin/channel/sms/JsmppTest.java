package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tocsin.channel.Outcome;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.SmppSimulator;

/** SMPP judged by others: jSMPP as the carrier of our link, and as the client of our simulator. */
class JsmppTest {
    private static final String LONG = "暴雨红色预警：请立即转移。".repeat(12);

    @Test
    void itLetsUsInReadsOurTextsAndItsReceiptsAndRepliesReachUs() throws Exception {
        try (Carrier carrier = new Carrier();
                RoutedLink link = new RoutedLink(carrier.settings())) {
            link.awaitUp();

            List<Outcome> outcomes = link.send(LONG, OpenLink.numbers(3));

            Set<String> references = new HashSet<>();
            for (Outcome outcome : outcomes) {
                references.addAll(
                        assertInstanceOf(Outcome.Accepted.class, outcome).references());
            }
            assertEquals(9, references.size());
            for (String number : OpenLink.numbers(3)) {
                assertEquals(LONG, carrier.text(number));
            }
            await(() -> link.context.received().size() == 9);
            Set<String> reported = new HashSet<>();
            for (Receipt receipt : link.context.received()) {
                reported.add(String.valueOf(receipt.reference()));
                assertEquals("DELIVRD", receipt.code());
            }
            assertEquals(references, reported);

            carrier.say("8613800000001", "106900004711", "1 收到");
            await(() -> link.context.replied().size() == 1);
            assertEquals("4711", link.context.replied().get(0).extension());
            assertEquals("1 收到", link.context.replied().get(0).text());
            await(() -> carrier.taken.get() == 10);
        }
    }

    @Test
    void whatItRefusesIsRejectedAndWhatIsTooFastIsDeferred() throws Exception {
        try (Carrier carrier = new Carrier();
                RoutedLink link = new RoutedLink(carrier.settings())) {
            link.awaitUp();
            carrier.status = 0x0B;
            assertEquals(
                    List.of(new Outcome.Rejected(Reason.INVALID_ADDRESS, "0x0000000B")),
                    link.send("rain", OpenLink.numbers(1)));

            carrier.status = 0x58;

            assertEquals(
                    List.of(new Outcome.Deferred(Reason.THROTTLED, "0x00000058", Duration.ofSeconds(1))),
                    link.send("rain", OpenLink.numbers(1)));
        }
    }

    @Test
    void itsClientIsLetInByOurSimulatorWhoseReceiptsItReads() throws Exception {
        List<DeliveryReceipt> receipts = Collections.synchronizedList(new ArrayList<>());
        try (SmppSimulator simulator = new SmppSimulator()) {
            Map<String, String> settings = simulator.start(new SimulatorContext(
                    "sms", 1, Map.of("delivered", 1.0, "silent", 0.0), Map.of("keepTexts", "9"), null));
            SMPPSession client = new SMPPSession();
            client.setMessageReceiverListener(new Receipts(receipts));
            int port = Integer.parseInt(settings.getOrDefault("port", "0"));
            client.connectAndBind(settings.get("host"), port, parameter(settings, "simulate"));
            try {
                SubmitSmResult answer = submit(client, "8613800000001", "rain");

                await(() -> receipts.size() == 1);
                assertEquals(answer.getMessageId(), receipts.get(0).getId());
                assertEquals("DELIVRD", receipts.get(0).getFinalStatus().name());
                assertEquals(Map.of("8613800000001", "rain"), simulator.texts());
                await(() -> simulator.reportsAnswered() == 1);
            } finally {
                client.unbindAndClose();
            }
            await(() -> simulator.connections() == 0);

            SMPPSession stranger = new SMPPSession();
            Exception refused = assertThrows(
                    java.io.IOException.class,
                    () -> stranger.connectAndBind(settings.get("host"), port, parameter(settings, "wrong")));
            assertEquals(
                    0x0E,
                    assertInstanceOf(NegativeResponseException.class, refused.getCause())
                            .getCommandStatus());
        }
    }

    private static BindParameter parameter(Map<String, String> settings, String password) {
        return new BindParameter(
                BindType.BIND_TRX,
                settings.get("systemId"),
                password,
                "",
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                "");
    }

    private static SubmitSmResult submit(SMPPSession client, String number, String text) throws Exception {
        return client.submitShortMessage(
                "",
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                "10690000",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                number,
                new ESMClass(),
                (byte) 0,
                (byte) 1,
                null,
                null,
                new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
                (byte) 0,
                DataCodings.ZERO,
                (byte) 0,
                text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    private record Receipts(List<DeliveryReceipt> receipts) implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(DeliverSm deliver) {
            try {
                receipts.add(deliver.getShortMessageAsDeliveryReceipt());
            } catch (org.jsmpp.util.InvalidDeliveryReceiptException unread) {
                throw new IllegalStateException(unread);
            }
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification alert) {
            // Nobody sends them.
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm data, Session from) throws ProcessRequestException {
            throw new ProcessRequestException("no data_sm", 3);
        }
    }

    /** A carrier by jSMPP's server session: takes one bind, answers each submit_sm and reports it. */
    private static final class Carrier implements AutoCloseable, ServerMessageReceiverListener {
        final AtomicInteger taken = new AtomicInteger();
        volatile int status;
        private final int port = SmsGate.freePort();
        private final SMPPServerSessionListener listener = new SMPPServerSessionListener(port);
        private final Map<String, TreeMap<Integer, byte[]>> parts = new ConcurrentHashMap<>();
        private final AtomicInteger ids = new AtomicInteger();
        private final Thread accepting = new Thread(this::accept, "jsmpp-carrier");
        private volatile @Nullable SMPPServerSession session;

        Carrier() throws java.io.IOException {
            accepting.setDaemon(true);
            accepting.start();
        }

        Map<String, String> settings() {
            return Map.of(
                    "host", "127.0.0.1",
                    "port", Integer.toString(port),
                    "systemId", "tocsin",
                    "password", "judged",
                    "sourceAddress", "10690000",
                    "reconnectMillis", "50");
        }

        private void accept() {
            try {
                SMPPServerSession accepted = listener.accept();
                accepted.setMessageReceiverListener(this);
                session = accepted;
                BindRequest bind = accepted.waitForBind(5_000);
                boolean known = bind.getBindType() == BindType.BIND_TRX
                        && bind.getSystemId().equals("tocsin")
                        && bind.getPassword().equals("judged");
                if (known) {
                    bind.accept("jsmpp");
                } else {
                    bind.reject(0x0E);
                }
            } catch (java.io.IOException | org.jsmpp.PDUStringException | java.util.concurrent.TimeoutException over) {
                // The test is over, or waits in vain and says so.
                session = null;
            }
        }

        /** The text of all segments that came for a number. */
        String text(String number) {
            StringBuilder text = new StringBuilder();
            parts.getOrDefault(number, new TreeMap<>())
                    .values()
                    .forEach(octets -> text.append(new String(octets, StandardCharsets.UTF_16BE)));
            return text.toString();
        }

        @Override
        public SubmitSmResult onAcceptSubmitSm(SubmitSm submit, SMPPServerSession from) throws ProcessRequestException {
            if (status != 0) {
                throw new ProcessRequestException("refused", status);
            }
            byte[] octets = submit.getShortMessage();
            boolean headed = submit.isUdhi();
            int header = headed ? octets[0] + 1 : 0;
            byte[] content = java.util.Arrays.copyOfRange(octets, header, octets.length);
            TreeMap<Integer, byte[]> own =
                    parts.computeIfAbsent(national(submit.getDestAddress()), unknown -> new TreeMap<>());
            synchronized (own) {
                own.put(headed ? (int) octets[5] : 1, content);
            }
            String id = String.format("%08x", ids.incrementAndGet());
            Thread reporting = new Thread(() -> report(from, submit, id));
            reporting.setDaemon(true);
            reporting.start();
            try {
                return new SubmitSmResult(new MessageId(id), new org.jsmpp.bean.OptionalParameter[0]);
            } catch (org.jsmpp.PDUStringException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private static String national(String number) {
            return number.startsWith("86") && number.length() == 13 ? number.substring(2) : number;
        }

        private void report(SMPPServerSession to, SubmitSm submit, String id) {
            String text = "id:" + id
                    + " sub:001 dlvrd:001 submit date:2607200800 done date:2607200801 stat:DELIVRD err:000 text:";
            deliver(
                    to,
                    submit.getDestAddress(),
                    submit.getSourceAddr(),
                    new ESMClass(4),
                    DataCodings.ZERO,
                    text.getBytes(StandardCharsets.US_ASCII));
        }

        /** A person writes to a number. */
        void say(String from, String to, String text) {
            deliver(
                    Objects.requireNonNull(session),
                    from,
                    to,
                    new ESMClass(),
                    DataCodings.newInstance((byte) 8),
                    text.getBytes(StandardCharsets.UTF_16BE));
        }

        private void deliver(
                SMPPServerSession by,
                String from,
                String to,
                ESMClass kind,
                org.jsmpp.bean.DataCoding coding,
                byte[] octets) {
            try {
                by.deliverShortMessage(
                        "",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        from,
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        to,
                        kind,
                        (byte) 0,
                        (byte) 0,
                        new RegisteredDelivery(),
                        coding,
                        octets);
                taken.incrementAndGet();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void close() throws java.io.IOException {
            SMPPServerSession open = session;
            if (open != null) {
                open.close();
            }
            listener.close();
        }

        @Override
        public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti multi, SMPPServerSession from)
                throws ProcessRequestException {
            throw none();
        }

        @Override
        public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession from) throws ProcessRequestException {
            throw none();
        }

        @Override
        public void onAcceptReplaceSm(ReplaceSm replace, SMPPServerSession from) throws ProcessRequestException {
            throw none();
        }

        @Override
        public void onAcceptCancelSm(CancelSm cancel, SMPPServerSession from) throws ProcessRequestException {
            throw none();
        }

        @Override
        public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm broadcast, SMPPServerSession from)
                throws ProcessRequestException {
            throw none();
        }

        @Override
        public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancel, SMPPServerSession from)
                throws ProcessRequestException {
            throw none();
        }

        @Override
        public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm query, SMPPServerSession from)
                throws ProcessRequestException {
            throw none();
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm data, Session from) throws ProcessRequestException {
            throw none();
        }

        private static ProcessRequestException none() {
            return new ProcessRequestException("not here", 3);
        }
    }
}
