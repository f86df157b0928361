package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

class DeliveryReceiptTest {
    private static final Instant CAME = Instant.parse("2026-07-20T00:01:02Z");
    private static final int RECEIPT = 0x04;

    /** A whole deliver_sm as SMPP 3.4 writes it: header, text form, receipted_message_id and message_state. */
    private static final String WHOLE = "0000009c" + "00000005" + "00000000" + "00000007"
            + "00" + "0101" + "3139393030303030303031" + "00" + "0001" + "3130363930303030" + "00"
            + "04" + "00" + "00" + "00" + "00" + "00" + "00" + "00" + "00"
            + "56"
            + "69643a3641314632423343207375623a30303120646c7672643a30303120" // id:6A1F2B3C sub:001 dlvrd:001
            + "646f6e6520646174653a3236303732303038303120" // done date:2607200801
            + "737461743a44454c49565244206572723a30303020746578743a" // stat:DELIVRD err:000 text:
            + "7261696e2121212121" // rain!!!!!
            + "001e0009" + "3641314632423343" + "00"
            + "04270001" + "02";

    @Test
    void readsAWholeReceiptAsItStandsOnTheWire() throws MalformedPdu {
        byte[] octets = HexFormat.of().parseHex(WHOLE);
        ByteBuf in = Unpooled.wrappedBuffer(octets);

        assertEquals(octets.length, Smpp.frame(in));
        assertEquals(
                new Receipt("6A1F2B3C", "19900000001", Evidence.DELIVERED, null, "DELIVRD", CAME),
                DeliveryReceipt.read(in, Smpp.HEADER, octets.length, CAME));
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVRD,000,DELIVERED,,DELIVRD",
        "EXPIRED,027,FAILED,UNREACHABLE,EXPIRED/027",
        "UNDELIV,001,FAILED,UNDELIVERABLE,UNDELIV/001",
        "REJECTD,069,FAILED,UNDELIVERABLE,REJECTD/069",
        "DELETED,000,FAILED,UNDELIVERABLE,DELETED",
        "ENROUTE,000,IN_PROGRESS,,ENROUTE",
        "ACCEPTD,000,IN_PROGRESS,,ACCEPTD",
        "UNKNOWN,000,UNKNOWN,,UNKNOWN",
        "MA:0054,005,FAILED,CARRIER_ERROR,MA:0054/005",
        "IB:0001,000,FAILED,CARRIER_ERROR,IB:0001",
        "MC:0001,000,UNKNOWN,,MC:0001",
        "delivrd,000,UNKNOWN,,delivrd",
    })
    void mapsTheWordsOfTheTextForm(String stat, String error, Evidence evidence, @Nullable Reason reason, String code)
            throws MalformedPdu {
        String text = "id:0012 sub:001 dlvrd:001 submit date:2607200800 done date:2607200801 stat:" + stat + " err:"
                + error + " text:id:9 stat:DELIVRD";

        assertEquals(new Receipt("0012", "199", evidence, reason, code, CAME), read("199", RECEIPT, text, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "01,IN_PROGRESS,",
        "02,DELIVERED,",
        "03,FAILED,UNREACHABLE",
        "04,FAILED,UNDELIVERABLE",
        "05,FAILED,UNDELIVERABLE",
        "06,IN_PROGRESS,",
        "07,UNKNOWN,",
        "08,FAILED,UNDELIVERABLE",
        "63,UNKNOWN,"
    })
    void mapsTheStatesOfTheTlv(String state, Evidence evidence, @Nullable Reason reason) throws MalformedPdu {
        Receipt receipt = read("199", RECEIPT, "", "001e0003414200" + "04270001" + state);

        int number = Integer.parseInt(state, 16);
        assertEquals(new Receipt("AB", "199", evidence, reason, "message_state=" + number, CAME), receipt);
    }

    @Test
    void theTlvsCountWhereTheTextSaysOtherwise() throws MalformedPdu {
        assertEquals(
                new Receipt("AB", "199", Evidence.FAILED, Reason.UNDELIVERABLE, "DELIVRD", CAME),
                read("199", RECEIPT, "id:CD stat:DELIVRD err:000", "001e0003414200" + "0427000105"));
    }

    @Test
    void readsTheTextFromThePayloadWhereTheMessageIsEmpty() throws MalformedPdu {
        String text = "id:77 stat:UNDELIV err:013 text:";
        String payload = HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));

        Receipt receipt = read("199", RECEIPT, "", "0424" + "%04x".formatted(text.length()) + payload);

        assertEquals(new Receipt("77", "199", Evidence.FAILED, Reason.UNDELIVERABLE, "UNDELIV/013", CAME), receipt);
    }

    @Test
    void anIntermediateNotificationIsNoFailure() throws MalformedPdu {
        assertEquals(
                new Receipt("7", "199", Evidence.IN_PROGRESS, null, "UNDELIV", CAME),
                read("199", 0x20, "id:7 stat:UNDELIV", ""));
    }

    @Test
    void aReceiptWithoutAnyStateProvesNothing() throws MalformedPdu {
        assertEquals(new Receipt("7", "199", Evidence.UNKNOWN, null, "", CAME), read("199", RECEIPT, "id:7", ""));
    }

    @Test
    void aReceiptWithoutAnIdNamesTheNumber() throws MalformedPdu {
        assertEquals(
                new Receipt(null, "199", Evidence.DELIVERED, null, "DELIVRD", CAME),
                read("199", RECEIPT, "stat:DELIVRD", ""));
    }

    @Test
    void aPersonsMessageIsNoReceipt() throws MalformedPdu {
        assertNull(read("199", 0, "id:7 stat:DELIVRD", ""));
    }

    @Test
    void aReceiptOfNobodyIsNone() throws MalformedPdu {
        assertNull(read("", RECEIPT, "stat:DELIVRD", ""));
    }

    @Test
    void codesAreLimitedAndPrintable() throws MalformedPdu {
        Receipt receipt = read("199", RECEIPT, "id:7 stat:\u0001\n" + "X".repeat(90), "");

        assertEquals("??" + "X".repeat(30), receipt == null ? "" : receipt.code());
    }

    @Test
    void refusesEachTruncationOfTheBodyOrReadsLess() {
        byte[] octets = HexFormat.of().parseHex(WHOLE);
        int malformed = 0;
        for (int end = Smpp.HEADER; end < octets.length; end++) {
            try {
                DeliveryReceipt.read(Unpooled.wrappedBuffer(octets), Smpp.HEADER, end, CAME);
            } catch (MalformedPdu expected) {
                malformed++;
            }
        }
        // Only two cuts leave a whole PDU: before the first TLV and between the two.
        assertEquals(octets.length - Smpp.HEADER - 2, malformed);
    }

    @Test
    void refusesLengthsThatCannotBeTrue() {
        for (String length : new String[] {"00000000", "0000000f", "7fffffff", "ffffffff", "80000010", "00010401"}) {
            assertThrows(
                    MalformedPdu.class,
                    () -> Smpp.frame(Unpooled.wrappedBuffer(HexFormat.of().parseHex(length))),
                    length);
        }
    }

    @Test
    void waitsForTheRestOfAPdu() throws MalformedPdu {
        byte[] octets = HexFormat.of().parseHex(WHOLE);
        for (int length = 0; length < octets.length; length++) {
            assertEquals(0, Smpp.frame(Unpooled.wrappedBuffer(octets, 0, length)));
        }
    }

    private static @Nullable Receipt read(String address, int esmClass, String text, String tlvs) throws MalformedPdu {
        ByteBuf body = Unpooled.buffer();
        body.writeZero(3);
        Smpp.text(body, address);
        body.writeShort(1);
        Smpp.text(body, "10690000");
        body.writeByte(esmClass).writeZero(8).writeByte(text.length());
        body.writeCharSequence(text, StandardCharsets.US_ASCII);
        body.writeBytes(HexFormat.of().parseHex(tlvs));
        return DeliveryReceipt.read(body, 0, body.writerIndex(), CAME);
    }
}
