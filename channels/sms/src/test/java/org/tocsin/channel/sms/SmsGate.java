package org.tocsin.channel.sms;

import com.chinamobile.cmos.sms.SgipSmsDcs;
import com.zx.sms.codec.cmpp.msg.CmppDeliverRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppDeliverResponseMessage;
import com.zx.sms.codec.cmpp.msg.CmppReportRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitResponseMessage;
import com.zx.sms.codec.sgip12.msg.SgipBindRequestMessage;
import com.zx.sms.codec.sgip12.msg.SgipBindResponseMessage;
import com.zx.sms.codec.sgip12.msg.SgipDeliverRequestMessage;
import com.zx.sms.codec.sgip12.msg.SgipDeliverResponseMessage;
import com.zx.sms.codec.sgip12.msg.SgipReportRequestMessage;
import com.zx.sms.codec.sgip12.msg.SgipReportResponseMessage;
import com.zx.sms.codec.sgip12.msg.SgipSubmitRequestMessage;
import com.zx.sms.codec.sgip12.msg.SgipSubmitResponseMessage;
import com.zx.sms.codec.smgp.msg.SMGPDeliverMessage;
import com.zx.sms.codec.smgp.msg.SMGPDeliverRespMessage;
import com.zx.sms.codec.smgp.msg.SMGPReportData;
import com.zx.sms.codec.smgp.msg.SMGPSubmitMessage;
import com.zx.sms.codec.smgp.msg.SMGPSubmitRespMessage;
import com.zx.sms.common.util.MsgId;
import com.zx.sms.connect.manager.EndpointEntity;
import com.zx.sms.connect.manager.EndpointManager;
import com.zx.sms.connect.manager.EventLoopGroupFactory;
import com.zx.sms.connect.manager.cmpp.CMPPServerChildEndpointEntity;
import com.zx.sms.connect.manager.cmpp.CMPPServerEndpointEntity;
import com.zx.sms.connect.manager.sgip.SgipCodecChannelInitializer;
import com.zx.sms.connect.manager.sgip.SgipServerChildEndpointEntity;
import com.zx.sms.connect.manager.sgip.SgipServerEndpointEntity;
import com.zx.sms.connect.manager.smgp.SMGPServerChildEndpointEntity;
import com.zx.sms.connect.manager.smgp.SMGPServerEndpointEntity;
import com.zx.sms.handler.api.AbstractBusinessHandler;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A carrier's gateway by SMSGate ({@code com.chinamobile.cmos:sms-core}), over a socket: its own login, sessions, codec
 * and putting together of segments. It answers each segment and delivers a report for each number of it.
 */
final class SmsGate implements AutoCloseable {
    static final String NAME = "tocsin";
    static final String SECRET = "judged";
    static final long NODE = 3_037_012_345L;
    private static final AtomicInteger COUNT = new AtomicInteger();

    final int port = freePort();
    /** The whole text by number. */
    final Map<String, String> texts = new ConcurrentHashMap<>();
    /** Where SGIP's reports are brought; 0 for the connection itself. */
    private final int listenPort;

    /** How many reports and replies were answered as taken. */
    final AtomicInteger taken = new AtomicInteger();

    private final AtomicInteger ids = new AtomicInteger(65_530);
    private final EndpointEntity server;
    private @Nullable Channel bringer;
    private volatile @Nullable ChannelHandlerContext last;

    SmsGate(String protocol, int listenPort) {
        this.listenPort = listenPort;
        this.server = server(protocol);
        server.setId("server-" + COUNT.incrementAndGet());
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.setPort(port);
        server.setValid(true);
        EndpointManager.INS.openEndpoint(server);
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    private EndpointEntity server(String protocol) {
        switch (protocol) {
            case "smgp" -> {
                SMGPServerChildEndpointEntity child = new SMGPServerChildEndpointEntity();
                child.setClientID(NAME);
                child.setPassword(SECRET);
                child.setClientVersion((byte) 0x30);
                SMGPServerEndpointEntity whole = new SMGPServerEndpointEntity();
                whole.addchild(complete(child));
                return whole;
            }
            case "sgip" -> {
                SgipServerChildEndpointEntity child = new SgipServerChildEndpointEntity();
                child.setLoginName(NAME);
                child.setLoginPassowrd(SECRET);
                child.setNodeId(NODE);
                SgipServerEndpointEntity whole = new SgipServerEndpointEntity();
                whole.addchild(complete(child));
                return whole;
            }
            default -> {
                CMPPServerChildEndpointEntity child = new CMPPServerChildEndpointEntity();
                child.setUserName(NAME);
                child.setPassword(SECRET);
                child.setVersion((short) (protocol.equals("cmpp2") ? 0x20 : 0x30));
                child.setChartset(StandardCharsets.UTF_8);
                CMPPServerEndpointEntity whole = new CMPPServerEndpointEntity();
                whole.addchild(complete(child));
                return whole;
            }
        }
    }

    private EndpointEntity complete(EndpointEntity child) {
        child.setId("child-" + COUNT.incrementAndGet());
        child.setValid(true);
        child.setChannelType(EndpointEntity.ChannelType.DUPLEX);
        child.setSupportLongmsg(EndpointEntity.SupportLongMessage.BOTH);
        child.setMaxChannels((short) 4);
        child.setReSendFailMsg(false);
        child.setBusinessHandlerSet(List.of(new Taking()));
        return child;
    }

    /** A person writes to a number. */
    void say(String from, String to, String text) {
        ChannelHandlerContext open = last;
        if (open == null) {
            throw new IllegalStateException("nobody has sent yet");
        }
        if (server instanceof SMGPServerEndpointEntity) {
            SMGPDeliverMessage message = new SMGPDeliverMessage();
            message.setSrcTermId(from);
            message.setDestTermId(to);
            message.setMsgContent(text);
            send(open.channel(), message);
        } else if (server instanceof SgipServerEndpointEntity) {
            SgipDeliverRequestMessage message = new SgipDeliverRequestMessage();
            message.setUsernumber(from);
            message.setSpnumber(to);
            byte[] octets = text.getBytes(StandardCharsets.UTF_16BE);
            message.setMsgfmt(new SgipSmsDcs((byte) 8));
            message.setMsgContentBytes(octets);
            message.setMessagelength(octets.length);
            bring(message);
        } else {
            CmppDeliverRequestMessage message = new CmppDeliverRequestMessage();
            message.setSrcterminalId(from);
            message.setDestId(to);
            message.setMsgContent(text);
            send(open.channel(), message);
        }
    }

    /**
     * Brings something to the other side's end, as SGIP's gateway does. SMSGate's own client says in its login that it
     * is a client of the gateway (type 1), so that only its codec is used here.
     */
    private synchronized void bring(Object message) {
        Channel open = bringer;
        if (open == null) {
            CountDownLatch in = new CountDownLatch(1);
            open = new Bootstrap()
                    .group(EventLoopGroupFactory.INS.getWorker())
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel connected) {
                            connected
                                    .pipeline()
                                    .addLast(SgipCodecChannelInitializer.pipeName(), new SgipCodecChannelInitializer());
                            connected.pipeline().addLast(new Bringing(in));
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), listenPort)
                    .syncUninterruptibly()
                    .channel();
            bringer = open;
            try {
                if (!in.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("not let in");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        send(open, message);
    }

    private static void put(Channel to, Object message) {
        ChannelFuture unused = to.write(message);
    }

    static void send(Channel to, Object message) {
        ChannelFuture unused = to.writeAndFlush(message);
    }

    @Override
    public void close() {
        Channel client = bringer;
        if (client != null) {
            client.close().syncUninterruptibly();
        }
        EndpointManager.INS.close(server);
        EndpointManager.INS.remove(server.getId());
    }

    /** Logs in as a gateway and counts what is answered. */
    private final class Bringing extends ChannelInboundHandlerAdapter {
        private final CountDownLatch in;

        Bringing(CountDownLatch in) {
            this.in = in;
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            SgipBindRequestMessage bind = new SgipBindRequestMessage();
            bind.setLoginType((short) 2);
            bind.setLoginName(NAME);
            bind.setLoginPassowrd(SECRET);
            bind.getHeader().setNodeId(NODE);
            send(active.channel(), bind);
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object came) {
            if (came instanceof SgipBindResponseMessage answer && answer.getResult() == 0) {
                in.countDown();
            } else if (came instanceof SgipReportResponseMessage answer && answer.getResult() == 0) {
                taken.incrementAndGet();
            } else if (came instanceof SgipDeliverResponseMessage answer && answer.getResult() == 0) {
                taken.incrementAndGet();
            }
        }
    }

    @ChannelHandler.Sharable
    private final class Taking extends AbstractBusinessHandler {
        @Override
        public String name() {
            return "taking";
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object came) throws Exception {
            last = from;
            if (came instanceof CmppSubmitRequestMessage submit) {
                keep(submit.getDestterminalId(), submit.getMsgContent());
                for (CmppSubmitRequestMessage part : parts(submit, submit.getFragments())) {
                    answer(from, part);
                }
            } else if (came instanceof SMGPSubmitMessage submit) {
                keep(submit.getDestTermIdArray(), submit.getMsgContent());
                for (SMGPSubmitMessage part : parts(submit, submit.getFragments())) {
                    answer(from, part);
                }
            } else if (came instanceof SgipSubmitRequestMessage submit) {
                keep(submit.getUsernumber(), submit.getMsgContent());
                for (SgipSubmitRequestMessage part : parts(submit, submit.getFragments())) {
                    answer(from, part);
                }
            } else if (came instanceof CmppDeliverResponseMessage answer) {
                taken.addAndGet(answer.getResult() == 0 ? 1 : 0);
            } else if (came instanceof SMGPDeliverRespMessage answer) {
                taken.addAndGet(answer.getStatus() == 0 ? 1 : 0);
            } else {
                super.channelRead(from, came);
            }
        }

        private <T> List<T> parts(T whole, @Nullable List<T> fragments) {
            List<T> all = new ArrayList<>(fragments == null ? List.of() : fragments);
            all.add(whole);
            return all;
        }

        private void keep(String[] numbers, String text) {
            for (String number : numbers) {
                texts.put(number, text);
            }
        }

        private void answer(ChannelHandlerContext to, CmppSubmitRequestMessage submit) {
            int first = ids.getAndAdd(submit.getDestterminalId().length);
            CmppSubmitResponseMessage answer =
                    new CmppSubmitResponseMessage(submit.getHeader().getSequenceId());
            answer.setMsgId(id(first));
            answer.setResult(0);
            put(to.channel(), answer);
            for (int index = 0; index < submit.getDestterminalId().length; index++) {
                CmppReportRequestMessage report = new CmppReportRequestMessage();
                report.setMsgId(id(first + index));
                report.setStat("DELIVRD");
                report.setSubmitTime("2607200800");
                report.setDoneTime("2607200801");
                report.setDestterminalId(submit.getDestterminalId()[index]);
                CmppDeliverRequestMessage deliver = new CmppDeliverRequestMessage();
                deliver.setDestId(submit.getSrcId());
                deliver.setSrcterminalId(submit.getDestterminalId()[index]);
                deliver.setReportRequestMessage(report);
                put(to.channel(), deliver);
            }
            to.channel().flush();
        }

        /** The sequence part of an id has sixteen bits and wraps. */
        private MsgId id(int sequence) {
            MsgId id = new MsgId("0720080000" + "0001234" + "00000");
            id.setSequenceId(sequence & 0xFFFF);
            return id;
        }

        private void answer(ChannelHandlerContext to, SMGPSubmitMessage submit) {
            com.zx.sms.codec.smgp.msg.MsgId id = new com.zx.sms.codec.smgp.msg.MsgId(ids.incrementAndGet());
            SMGPSubmitRespMessage answer = new SMGPSubmitRespMessage();
            answer.setSequenceNo(submit.getSequenceNo());
            answer.setMsgId(id);
            answer.setStatus(0);
            put(to.channel(), answer);
            for (String number : submit.getDestTermIdArray()) {
                SMGPReportData report = new SMGPReportData();
                report.setMsgId(id);
                report.setStat("DELIVRD");
                report.setErr("000");
                report.setSub("001");
                report.setDlvrd("001");
                report.setSubTime("2607200800");
                report.setDoneTime("2607200801");
                report.setTxt("");
                SMGPDeliverMessage deliver = new SMGPDeliverMessage();
                deliver.setSrcTermId(number);
                deliver.setDestTermId(submit.getSrcTermId());
                deliver.setReport(report);
                put(to.channel(), deliver);
            }
            to.channel().flush();
        }

        private void answer(ChannelHandlerContext to, SgipSubmitRequestMessage submit) {
            SgipSubmitResponseMessage answer = new SgipSubmitResponseMessage(submit.getHeader());
            answer.setTimestamp(submit.getTimestamp());
            answer.setResult((short) 0);
            send(to.channel(), answer);
            Thread reporting = new Thread(() -> {
                for (String number : submit.getUsernumber()) {
                    SgipReportRequestMessage report = new SgipReportRequestMessage();
                    report.setSequenceId(submit.getSequenceNumber());
                    report.setUsernumber(number);
                    report.setState((short) 0);
                    bring(report);
                }
            });
            reporting.setDaemon(true);
            reporting.start();
        }
    }
}
