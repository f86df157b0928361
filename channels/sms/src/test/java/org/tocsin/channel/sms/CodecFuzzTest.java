package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever comes, the reading ends in a value or in {@link MalformedPdu}. */
class CodecFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final byte[] SEED = HexFormat.of()
            .parseHex("00010131393930303030303030310000013130363930303030000400000000000000001a"
                    + "69643a31207374" + "61743a44454c49565244206572723a30303000"
                    + "001e0003414200" + "0427000102" + "042400027878");

    @Test
    void noiseIsReadOrRefusedAndNothingElse() {
        SplittableRandom random = new SplittableRandom(20260720);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = new byte[random.nextInt(80)];
            random.nextBytes(octets);
            refused += tryAll(octets);
        }
        assertTrue(refused > 0);
    }

    @Test
    void receiptsWithErrorsAreReadOrRefusedAndNothingElse() {
        SplittableRandom random = new SplittableRandom(20260721);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = SEED.clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            refused += tryAll(java.util.Arrays.copyOf(octets, random.nextInt(octets.length + 1)));
        }
        assertTrue(refused > 0);
    }

    private static int tryAll(byte[] octets) {
        ByteBuf in = Unpooled.wrappedBuffer(octets);
        int refused = 0;
        try {
            Smpp.frame(in);
        } catch (MalformedPdu expected) {
            refused++;
        }
        try {
            DeliveryReceipt.read(in, 0, octets.length, Instant.EPOCH);
        } catch (MalformedPdu expected) {
            refused++;
        }
        try {
            Smpp.endOfText(in, 0, octets.length, Smpp.LONGEST_ID);
        } catch (MalformedPdu expected) {
            refused++;
        }
        return refused;
    }
}
