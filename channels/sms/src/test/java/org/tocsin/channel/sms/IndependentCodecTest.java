package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.chinamobile.cmos.sms.SMGPSmsDcs;
import com.zx.sms.codec.cmpp.msg.CmppDeliverRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppReportRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitRequestMessage;
import com.zx.sms.codec.sgip12.msg.SgipReportRequestMessage;
import com.zx.sms.codec.sgip12.msg.SgipSubmitRequestMessage;
import com.zx.sms.codec.smgp.msg.SMGPDeliverMessage;
import com.zx.sms.codec.smgp.msg.SMGPSubmitMessage;
import com.zx.sms.common.util.MsgId;
import com.zx.sms.common.util.SequenceNumber;
import com.zx.sms.connect.manager.cmpp.CMPPCodecChannelInitializer;
import com.zx.sms.connect.manager.sgip.SgipCodecChannelInitializer;
import com.zx.sms.connect.manager.smgp.SMGPCodecChannelInitializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.Status;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Receipt;

/**
 * Our PDUs read by an independent codec (SMSGate, {@code com.chinamobile.cmos:sms-core}), and its PDUs read by ours: an
 * error that our channel and our simulator share cannot hide from it.
 */
class IndependentCodecTest {
    private static final Instant NOW = Instant.parse("2026-07-20T00:00:00Z");
    private static final ShortText LONG = ShortText.of("雨".repeat(100), 7, ShortText.Alphabet.COMMON, true);
    private static final String[] NUMBERS = {"13800000001", "13800000002", "13800000003"};

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "2.0"})
    void itReadsOurCmppSubmitToAGroup(String version) {
        CmppProtocol protocol = CmppProtocol.read(settings(Map.of("version", version)));
        for (int segment = 0; segment < 2; segment++) {
            CmppSubmitRequestMessage read = assertInstanceOf(
                    CmppSubmitRequestMessage.class,
                    read(
                            cmpp(version),
                            Jobs.written(protocol.template(LONG, "106900004711", NOW, Duration.ZERO), segment)));

            assertArrayEquals(NUMBERS, read.getDestterminalId());
            assertEquals("106900004711", read.getSrcId());
            assertEquals("tocsin", read.getMsgsrc());
            assertEquals(1, read.getRegisteredDelivery());
            assertEquals(2, read.getPktotal());
            assertEquals(segment + 1, read.getPknumber());
            assertEquals(1, read.getTpudhi());
            assertEquals(24, read.getMsgfmt().getValue());
            assertArrayEquals(LONG.segments().get(segment), read.getMsgContentBytes());
        }
    }

    @Test
    void itReadsOurSmgpSubmitToAGroup() {
        SmgpProtocol protocol = SmgpProtocol.read(settings(Map.of()));
        SMGPSubmitMessage read = assertInstanceOf(
                SMGPSubmitMessage.class,
                read(
                        new SMGPCodecChannelInitializer(0x30),
                        Jobs.written(protocol.template(LONG, "106900004711", NOW, Duration.ZERO), 1)));

        assertArrayEquals(NUMBERS, read.getDestTermIdArray());
        assertEquals("106900004711", read.getSrcTermId());
        assertEquals(6, read.getMsgType());
        assertEquals(true, read.isNeedReport());
        assertEquals(1, read.getTpUdhi());
        assertEquals(2, read.getPkTotal());
        assertEquals(2, read.getPkNumber());
        assertArrayEquals(LONG.segments().get(1), read.getBMsgContent());
    }

    @Test
    void itReadsOurSgipSubmitToAGroup() {
        SgipProtocol protocol = SgipProtocol.read(settings(Map.of(
                "node", "3037012345", "corpId", "12345", "listenPort", "1", "listenName", "n", "listenPassword", "p")));
        SgipSubmitRequestMessage read = assertInstanceOf(
                SgipSubmitRequestMessage.class,
                read(
                        new SgipCodecChannelInitializer(),
                        Jobs.written(protocol.template(LONG, "106900004711", NOW, Duration.ZERO), 0)));

        assertArrayEquals(new String[] {"8613800000001", "8613800000002", "8613800000003"}, read.getUsernumber());
        assertEquals("106900004711", read.getSpnumber());
        assertEquals("12345", read.getCorpid());
        assertEquals(1, read.getReportflag());
        assertEquals(1, read.getTpudhi());
        assertEquals(3_037_012_345L, read.getHeader().getNodeId());
        assertArrayEquals(LONG.segments().get(0), read.getMsgContentBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "2.0"})
    void weReadItsCmppReport(String version) throws MalformedPdu {
        MsgId id = new MsgId("0720080000" + "0001234" + "65535");
        CmppReportRequestMessage report = new CmppReportRequestMessage();
        report.setMsgId(id);
        report.setStat("MA:0054");
        report.setSubmitTime("2607200800");
        report.setDoneTime("2607200801");
        report.setDestterminalId("13800000001");
        CmppDeliverRequestMessage deliver = new CmppDeliverRequestMessage();
        deliver.setMsgId(id);
        deliver.setDestId("10690000");
        deliver.setSrcterminalId("13800000001");
        deliver.setReportRequestMessage(report);

        ByteBuf written = written(cmpp(version), deliver);
        Receipt read = assertInstanceOf(
                Receipt.class, Cmpp.read(written, Cmpp.HEADER, written.writerIndex(), version.equals("3.0"), NOW));

        assertEquals("13800000001", read.address());
        assertEquals("MA:0054", read.code());
        assertEquals(Evidence.FAILED, read.evidence());
        long bits = Long.parseUnsignedLong(String.valueOf(read.reference()));
        assertEquals(65_535, bits & 0xFFFF);
        assertEquals(1_234, (bits >>> 16) & 0x3FFFFF);
        assertEquals(7, (bits >>> 60) & 15);
    }

    @Test
    void weReadItsSmgpReply() throws MalformedPdu {
        SMGPDeliverMessage deliver = new SMGPDeliverMessage();
        deliver.setMsgId(new com.zx.sms.codec.smgp.msg.MsgId(7));
        deliver.setSrcTermId("13800000001");
        deliver.setDestTermId("106900004711");
        deliver.setMsgFmt(new SMGPSmsDcs((byte) 8));
        deliver.setBMsgContent("收到".getBytes(StandardCharsets.UTF_16BE));

        ByteBuf written = written(new SMGPCodecChannelInitializer(0x30), deliver);
        Fragment read =
                assertInstanceOf(Fragment.class, Smgp.read(written, Smgp.HEADER, written.writerIndex(), false, NOW));

        assertEquals("13800000001", read.from());
        assertEquals("106900004711", read.to());
        assertEquals("收到", read.text());
    }

    @Test
    void weReadItsSgipReport() throws MalformedPdu {
        SgipReportRequestMessage report = new SgipReportRequestMessage();
        SequenceNumber sequence = new SequenceNumber(NOW.toEpochMilli(), 3_037_012_345L, 4_711);
        report.setSequenceId(sequence);
        report.setUsernumber("8613800000001");
        report.setState((short) 2);
        report.setErrorcode((short) 25);

        ByteBuf written = written(new SgipCodecChannelInitializer(), report);
        Receipt read = Sgip.report(written, Sgip.HEADER, written.writerIndex(), false, NOW);

        assertEquals("13800000001", read.address());
        assertEquals("2/25", read.code());
        assertEquals("3037012345" + sequence.getTimeString() + "0000004711", read.reference());
    }

    private static ChannelHandler cmpp(String version) {
        return new CMPPCodecChannelInitializer(version.equals("3.0") ? 0x30 : 0x20);
    }

    private static LinkSettings settings(Map<String, String> more) {
        Map<String, String> all =
                new HashMap<>(Map.of("host", "h", "port", "1", "systemId", "tocsin", "password", "p", "group", "50"));
        all.putAll(more);
        return new LinkSettings("l", all);
    }

    /** The codec puts its handlers before itself, which it finds by a name of its own. */
    private static EmbeddedChannel channel(ChannelHandler codec) {
        EmbeddedChannel channel = new EmbeddedChannel();
        String name = codec instanceof CMPPCodecChannelInitializer
                ? CMPPCodecChannelInitializer.pipeName()
                : codec instanceof SMGPCodecChannelInitializer
                        ? SMGPCodecChannelInitializer.pipeName()
                        : SgipCodecChannelInitializer.pipeName();
        channel.pipeline().addLast(name, codec);
        return channel;
    }

    private static Object read(ChannelHandler codec, ByteBuf pdu) {
        EmbeddedChannel channel = channel(codec);
        channel.writeInbound(pdu);
        Object read = channel.readInbound();
        return read == null ? "nothing" : read;
    }

    private static ByteBuf written(ChannelHandler codec, Object message) {
        EmbeddedChannel channel = channel(codec);
        channel.writeOutbound(message);
        ByteBuf whole = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            whole.writeBytes(part);
        }
        return whole;
    }

    /** A batch of three whose submit is written without a connection. */
    private abstract static class Jobs extends ChannelContract {
        static ByteBuf written(SubmitTemplate template, int segment) {
            Batch batch = new Batch(
                    "b",
                    notice(Status.ACTUAL, Map.of("text", "t")),
                    List.of(NUMBERS).stream()
                            .map(number -> new Addressee(number, false))
                            .toList(),
                    (index, outcome) -> {});
            GroupJob job = new GroupJob(batch, template, 50, new Tries());
            assertEquals(0, job.next());
            ByteBuf out = Unpooled.buffer();
            template.write(out, 1, job, segment);
            return out;
        }
    }
}
