package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.alert.Status;
import org.tocsin.channel.Addressee;
import org.tocsin.channel.Batch;
import org.tocsin.channel.ChannelContract;
import org.tocsin.channel.LinkSettings;
import org.tocsin.channel.Reply;

/** What SMPP carries of a text either way. */
class SmppTextTest {
    private static final SmppAccount ACCOUNT =
            SmppAccount.read(new LinkSettings("l", Map.of("systemId", "s", "password", "p", "longText", "payload")));

    @Test
    void aPayloadStandsInItsTlvAndTheShortMessageIsEmpty() {
        ShortText text =
                ShortText.of("雨".repeat(140), 1, ShortText.Alphabet.GSM, true).asPayload();
        ByteBuf out = Unpooled.buffer();

        Batches.job(new SmppTemplate(ACCOUNT, "1069", text, Duration.ZERO), out);

        int tlv = out.writerIndex() - 284;
        assertEquals(out.writerIndex(), out.getInt(0));
        assertEquals(Smpp.TAG_MESSAGE_PAYLOAD, out.getUnsignedShort(tlv));
        assertEquals(280, out.getUnsignedShort(tlv + 2));
        assertEquals(0, out.getUnsignedByte(tlv - 1), "sm_length");
        assertEquals(24, out.getUnsignedByte(tlv - 3), "data_coding of class 0");
    }

    @Test
    void segmentsOfAPersonsMessageArePutTogetherWhateverTheirOrder() throws MalformedPdu {
        List<Reply> replies = new ArrayList<>();
        List<Boolean> answered = new ArrayList<>();
        Inbox inbox = new Inbox(
                (reply, kept) -> {
                    replies.add(reply);
                    kept.settled(true);
                },
                "1069");

        inbox.take(fragment(2, "转移"), answered::add, 0);
        assertEquals(List.of(), answered, "the first is still to come");
        inbox.take(fragment(1, "需要"), answered::add, 0);

        assertEquals(List.of(true, true), answered);
        assertEquals("需要转移", replies.get(0).text());
        assertEquals("4711", replies.get(0).extension());
    }

    @Test
    void halfAMessageIsHandedOnAfterAWhile() throws MalformedPdu {
        List<Reply> replies = new ArrayList<>();
        Inbox inbox = new Inbox((reply, kept) -> replies.add(reply), "1069");
        inbox.take(fragment(2, "转移"), durable -> {}, 5);

        inbox.handOnBefore(5);
        assertEquals(0, replies.size());
        inbox.handOnBefore(6);

        assertEquals("[…]转移", replies.get(0).text());
    }

    private static Fragment fragment(int number, String text) throws MalformedPdu {
        ByteBuf body = Unpooled.buffer();
        body.writeByte(0).writeShort(0x0101);
        Smpp.text(body, "13800000001");
        body.writeShort(0x0001);
        Smpp.text(body, "10694711");
        body.writeByte(0x40).writeShort(0).writeByte(0).writeByte(0).writeShort(0);
        byte[] octets = text.getBytes(StandardCharsets.UTF_16BE);
        body.writeByte(8).writeByte(0).writeByte(6 + octets.length);
        body.writeBytes(new byte[] {5, 0, 3, 9, 2, (byte) number}).writeBytes(octets);
        Fragment fragment = SmppMessage.read(body, 0, body.writerIndex(), Instant.EPOCH);
        assertNotNull(fragment);
        return fragment;
    }

    private abstract static class Batches extends ChannelContract {
        static void job(SubmitTemplate template, ByteBuf out) {
            Batch batch = new Batch(
                    "b",
                    notice(Status.ACTUAL, Map.of("text", "t")),
                    List.of(new Addressee("19900000001", false)),
                    (index, outcome) -> {});
            template.write(out, 1, Job.of(batch, template, 1, new Tries()), 0);
        }
    }
}
