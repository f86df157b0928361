package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.zx.sms.BaseMessage;
import com.zx.sms.codec.cmpp.msg.CmppDeliverRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppDeliverResponseMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitResponseMessage;
import com.zx.sms.codec.sgip12.msg.SgipReportRequestMessage;
import com.zx.sms.codec.sgip12.msg.SgipReportResponseMessage;
import com.zx.sms.codec.sgip12.msg.SgipSubmitRequestMessage;
import com.zx.sms.codec.sgip12.msg.SgipSubmitResponseMessage;
import com.zx.sms.codec.smgp.msg.SMGPDeliverMessage;
import com.zx.sms.codec.smgp.msg.SMGPDeliverRespMessage;
import com.zx.sms.codec.smgp.msg.SMGPReportData;
import com.zx.sms.codec.smgp.msg.SMGPSubmitMessage;
import com.zx.sms.codec.smgp.msg.SMGPSubmitRespMessage;
import com.zx.sms.common.util.ChannelUtil;
import com.zx.sms.connect.manager.EndpointEntity;
import com.zx.sms.connect.manager.EndpointManager;
import com.zx.sms.connect.manager.cmpp.CMPPClientEndpointEntity;
import com.zx.sms.connect.manager.sgip.SgipClientEndpointEntity;
import com.zx.sms.connect.manager.sgip.SgipServerChildEndpointEntity;
import com.zx.sms.connect.manager.sgip.SgipServerEndpointEntity;
import com.zx.sms.connect.manager.smgp.SMGPClientEndpointEntity;
import com.zx.sms.handler.api.AbstractBusinessHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.simulator.SimulatorContext;
import org.tocsin.simulator.sms.OperatorSimulator;

/** Our simulators as carriers of a client that others wrote: SMSGate's for CMPP, SMGP and SGIP. */
class IndependentClientTest {
    private static final String LONG = "暴雨红色预警：请立即转移。".repeat(12);
    private static final String NUMBER = "13800000001";

    private final List<String> delivered = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"cmpp", "cmpp2", "smgp", "sgip"})
    void itIsLetInItsTextArrivesWholeAndItReadsTheReports(String protocol) throws Exception {
        try (OperatorSimulator simulator = OpenOperator.simulator(protocol)) {
            Map<String, String> settings = new HashMap<>(simulator.start(new SimulatorContext(
                    "sms",
                    1,
                    Map.of("delivered", 1.0, "silent", 0.0),
                    Map.of("keepTexts", "9", "retryDelayMillis", "50"),
                    null)));
            EndpointEntity client = client(protocol, settings);
            EndpointEntity listener = protocol.equals("sgip") ? listener(settings) : null;
            try {
                EndpointManager.INS.openEndpoint(client);
                await(() -> client.getSingletonConnector().getConnectionNum() == 1);

                List<? extends Promise<? extends BaseMessage>> answers =
                        ChannelUtil.syncWriteLongMsgToEntity(client.getId(), submit(protocol));

                assertNotNull(answers);
                for (Promise<? extends BaseMessage> answer : answers) {
                    assertEquals(0, result(answer.get(10, TimeUnit.SECONDS)));
                }
                assertEquals(3, answers.size());
                assertEquals(LONG, simulator.texts().get(NUMBER));
                await(() -> simulator.reportsAnswered() == 3);
                synchronized (delivered) {
                    assertEquals(3, delivered.size());
                    assertEquals(List.of(protocol.equals("sgip") ? "0" : "DELIVRD"), List.of(delivered.get(0)));
                }
            } finally {
                end(client);
                if (listener != null) {
                    end(listener);
                }
            }
        }
    }

    private static void end(EndpointEntity endpoint) {
        EndpointManager.INS.close(endpoint);
        EndpointManager.INS.remove(endpoint.getId());
    }

    private EndpointEntity client(String protocol, Map<String, String> settings) {
        String name = settings.getOrDefault("systemId", "");
        String secret = settings.getOrDefault("password", "");
        EndpointEntity made;
        switch (protocol) {
            case "smgp" -> {
                SMGPClientEndpointEntity client = new SMGPClientEndpointEntity();
                client.setClientID(name);
                client.setPassword(secret);
                client.setClientVersion((byte) 0x30);
                made = client;
            }
            case "sgip" -> {
                SgipClientEndpointEntity client = new SgipClientEndpointEntity();
                client.setLoginName(name);
                client.setLoginPassowrd(secret);
                client.setNodeId(SmsGate.NODE);
                made = client;
            }
            default -> {
                CMPPClientEndpointEntity client = new CMPPClientEndpointEntity();
                client.setUserName(name);
                client.setPassword(secret);
                client.setVersion((short) (protocol.equals("cmpp2") ? 0x20 : 0x30));
                client.setChartset(StandardCharsets.UTF_8);
                made = client;
            }
        }
        made.setId("client-" + protocol);
        made.setHost(settings.getOrDefault("host", ""));
        made.setPort(Integer.valueOf(settings.getOrDefault("port", "0")));
        return complete(made);
    }

    /** The end at which SGIP's gateway brings reports. */
    private EndpointEntity listener(Map<String, String> settings) {
        SgipServerChildEndpointEntity child = new SgipServerChildEndpointEntity();
        child.setId("listener-child");
        child.setLoginName(settings.get("listenName"));
        child.setLoginPassowrd(settings.get("listenPassword"));
        child.setNodeId(SmsGate.NODE);
        complete(child);
        SgipServerEndpointEntity server = new SgipServerEndpointEntity();
        server.setId("listener");
        server.setHost("127.0.0.1");
        server.setPort(Integer.valueOf(settings.getOrDefault("listenPort", "0")));
        server.setValid(true);
        server.addchild(child);
        EndpointManager.INS.openEndpoint(server);
        return server;
    }

    private EndpointEntity complete(EndpointEntity endpoint) {
        endpoint.setValid(true);
        endpoint.setChannelType(EndpointEntity.ChannelType.DUPLEX);
        endpoint.setMaxChannels((short) 1);
        endpoint.setReSendFailMsg(false);
        endpoint.setSupportLongmsg(EndpointEntity.SupportLongMessage.BOTH);
        endpoint.setBusinessHandlerSet(List.of(new Taking()));
        return endpoint;
    }

    private static BaseMessage submit(String protocol) {
        switch (protocol) {
            case "smgp" -> {
                SMGPSubmitMessage submit = new SMGPSubmitMessage();
                submit.setDestTermIdArray(NUMBER);
                submit.setSrcTermId("10690000");
                submit.setNeedReport(true);
                submit.setMsgContent(LONG);
                return submit;
            }
            case "sgip" -> {
                SgipSubmitRequestMessage submit = new SgipSubmitRequestMessage();
                submit.setUsernumber(NUMBER);
                submit.setSpnumber("10690000");
                submit.setReportflag((short) 1);
                submit.setMsgContent(LONG);
                return submit;
            }
            default -> {
                CmppSubmitRequestMessage submit = CmppSubmitRequestMessage.create(NUMBER, "10690000", LONG);
                submit.setRegisteredDelivery((short) 1);
                return submit;
            }
        }
    }

    private static long result(BaseMessage answer) {
        if (answer instanceof CmppSubmitResponseMessage cmpp) {
            return cmpp.getResult();
        }
        if (answer instanceof SMGPSubmitRespMessage smgp) {
            return smgp.getStatus();
        }
        return assertInstanceOf(SgipSubmitResponseMessage.class, answer).getResult();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    @ChannelHandler.Sharable
    private final class Taking extends AbstractBusinessHandler {
        @Override
        public String name() {
            return "taking";
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object came) throws Exception {
            if (came instanceof CmppDeliverRequestMessage report) {
                keep(report.getReportRequestMessage().getStat());
                CmppDeliverResponseMessage answer =
                        new CmppDeliverResponseMessage(report.getHeader().getSequenceId());
                answer.setMsgId(report.getMsgId());
                answer.setResult(0);
                SmsGate.send(from.channel(), answer);
            } else if (came instanceof SMGPDeliverMessage report) {
                keep(assertInstanceOf(SMGPReportData.class, report.getReport()).getStat());
                SMGPDeliverRespMessage answer = new SMGPDeliverRespMessage();
                answer.setSequenceNo(report.getSequenceNo());
                answer.setMsgId(report.getMsgId());
                answer.setStatus(0);
                SmsGate.send(from.channel(), answer);
            } else if (came instanceof SgipReportRequestMessage report) {
                keep(Integer.toString(report.getState()));
                SgipReportResponseMessage answer = new SgipReportResponseMessage(report.getHeader());
                answer.setTimestamp(report.getTimestamp());
                answer.setResult((short) 0);
                SmsGate.send(from.channel(), answer);
            } else {
                super.channelRead(from, came);
            }
        }

        private void keep(String word) {
            synchronized (delivered) {
                delivered.add(word);
            }
        }
    }
}
