package org.tocsin.channel.sms;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.channel.LinkSettings;

/** Whatever comes, the reading of each protocol ends in a value or in {@link MalformedPdu}. */
class OperatorCodecFuzzer {
    private static final int ROUNDS = 20_000;

    /** A decoder, and a body that it reads. */
    private enum Decoder {
        CMPP_3("0000000000000001" + zeros(21) + zeros(10) + "000100" + ascii("13800000001", 32) + "00" + "01" + "47"
                + "7ad0000100010001" + ascii("DELIVRD", 7) + ascii("26072008002607200801", 20)
                + ascii("13800000001", 32) + "00000001" + zeros(20)) {
            @Override
            void read(ByteBuf in) throws MalformedPdu {
                Object unused = Cmpp.read(in, 0, in.writerIndex(), true, Instant.EPOCH);
            }
        },
        CMPP_2_REPLY("0000000000000001" + ascii("10690000", 21) + zeros(10) + "000108" + ascii("13800000001", 21) + "00"
                + "0a" + "0500030102016536" + "5230" + zeros(8)) {
            @Override
            void read(ByteBuf in) throws MalformedPdu {
                Object unused = Cmpp.read(in, 0, in.writerIndex(), false, Instant.EPOCH);
            }
        },
        SMGP("01020304050607080910" + "01" + "00" + ascii("20260720080100", 14) + ascii("13800000001", 21)
                + ascii("10690000", 21) + "30" + ascii("id:", 3) + "01020304050607080910"
                + ascii(" sub:001 stat:DELIVRD err:000 text:", 35) + zeros(8) + "0002000101") {
            @Override
            void read(ByteBuf in) throws MalformedPdu {
                Object unused = Smgp.read(in, 0, in.writerIndex(), true, Instant.EPOCH);
            }
        },
        SGIP_REPORT("b50000012ae8944000000001" + "00" + ascii("8613800000001", 21) + "00" + "00" + zeros(8)) {
            @Override
            void read(ByteBuf in) throws MalformedPdu {
                Object unused = Sgip.report(in, 0, in.writerIndex(), true, Instant.EPOCH);
            }
        },
        SGIP_REPLY(zeros(20) + ascii("8613800000001", 21) + ascii("10690000", 21) + "000108" + "0000000a"
                + "0500030102016536" + "5230" + zeros(8)) {
            @Override
            void read(ByteBuf in) throws MalformedPdu {
                Object unused = Sgip.message(in, 0, in.writerIndex(), Instant.EPOCH);
            }
        },
        SMPP_REPLY("00" + "0101" + ascii("13800000001", 12) + "0001" + ascii("10690000", 9) + "40" + "0000" + "00"
                + "00" + "0000" + "08" + "00" + "0a" + "0500030102016536" + "5230" + "020c00020001" + "020e000102") {
            @Override
            void read(ByteBuf in) throws MalformedPdu {
                Object unused = SmppMessage.read(in, 0, in.writerIndex(), Instant.EPOCH);
            }
        };

        private final String hex;

        Decoder(String hex) {
            this.hex = hex;
        }

        byte[] whole() {
            return HexFormat.of().parseHex(hex);
        }

        abstract void read(ByteBuf in) throws MalformedPdu;
    }

    @ParameterizedTest
    @EnumSource(Decoder.class)
    void whatIsWholeIsRead(Decoder decoder) throws MalformedPdu {
        decoder.read(Unpooled.wrappedBuffer(decoder.whole()));
    }

    @ParameterizedTest
    @EnumSource(Decoder.class)
    void noiseIsReadOrRefusedAndNothingElse(Decoder decoder) {
        SplittableRandom random = new SplittableRandom(20260720);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = new byte[random.nextInt(160)];
            random.nextBytes(octets);
            refused += tried(decoder, octets);
        }
        assertTrue(refused > 0);
    }

    @ParameterizedTest
    @EnumSource(Decoder.class)
    void whatIsDamagedOrCutIsReadOrRefusedAndNothingElse(Decoder decoder) {
        SplittableRandom random = new SplittableRandom(20260721);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = decoder.whole();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            refused += tried(decoder, Arrays.copyOf(octets, random.nextInt(octets.length + 1)));
        }
        assertTrue(refused > 0);
    }

    private static int tried(Decoder decoder, byte[] octets) {
        try {
            decoder.read(Unpooled.wrappedBuffer(octets));
            return 0;
        } catch (MalformedPdu expected) {
            return 1;
        }
    }

    @Test
    void callbacksOfPlatformsAreReadOrRefusedAndNothingElse() {
        Map<String, String> settings = Map.of(
                "key",
                "k",
                "secret",
                "s",
                "template",
                "t",
                "application",
                "a",
                "signature",
                "夏邑",
                "callbackToken",
                "0123456789abcdef");
        HttpAccount account = TencentPlatform.account(new LinkSettings("l", settings));
        List<HttpPlatform> platforms =
                List.of(new TencentPlatform(account), new AliyunPlatform(account, new Random(1)));
        String report =
                "[{\"phone_number\":\"13800000001\",\"mobile\":\"13800000001\",\"success\":true,\"biz_id\":\"1\","
                        + "\"sid\":\"2\",\"err_code\":\"DELIVERED\",\"report_status\":\"FAIL\",\"report_time\":\"2026-07-20 "
                        + "08:00:00\",\"errmsg\":\"x\",\"content\":\"T\",\"Response\":{\"SendStatusSet\":[{\"Code\":\"Ok\"}]}}]";
        SplittableRandom random = new SplittableRandom(20260722);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = report.getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) (32 + random.nextInt(95));
            }
            JsonNode read = Json.read(octets);
            for (HttpPlatform platform : platforms) {
                List<?> outcomes = platform.read(read.path(0), List.of("13800000001"));
                assertTrue(outcomes.size() <= 1);
                try {
                    List<Object> unused = platform.callback(read, Instant.EPOCH);
                } catch (MalformedPdu expected) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 0);
    }

    private static String zeros(int octets) {
        return "00".repeat(octets);
    }

    private static String ascii(String text, int width) {
        return HexFormat.of().formatHex(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), width));
    }
}
