package org.tocsin.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good messages spoilt at random, by seed: the reader always answers, and always with a reason. */
@Timeout(60)
class ReaderFuzzTest {
    private static final int ROUNDS = 1_500;
    private static final List<String> SPLINTERS = List.of(
            "<",
            ">",
            "</",
            "/>",
            "&",
            "&#",
            "&#0;",
            "&lt;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "<!DOCTYPE a>",
            "\"",
            "'",
            "=",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "-",
            "e9",
            "\\u",
            "\\ud800",
            "\uFEFF",
            "\u0000",
            "<alert>",
            "</alert>",
            "<info>",
            "</info>",
            "<area>",
            "xmlns='x'",
            "<Signature/>",
            "\uD83D",
            "9".repeat(400));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void spoiltMessagesAreAnswered(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            boolean json = random.nextInt(3) == 0;
            String name =
                    json ? "rainstorm-red.json" : random.nextBoolean() ? "rainstorm-red.xml" : "bulletin-12379.xml";
            byte[] body = spoil(Samples.text(name), random);
            check(Samples.read(json ? Samples.JSON : Samples.XML, body), seed, round);
            check(Samples.read(json ? Samples.XML : Samples.JSON, body), seed, round);
        }
    }

    private static void check(Reading reading, long seed, int round) {
        if (reading instanceof Reading.Faulty faulty) {
            assertFalse(faulty.problems().isEmpty(), () -> "seed " + seed + ", round " + round);
            assertTrue(faulty.status() == 400 || faulty.status() == 422, faulty::toString);
            faulty.problems().forEach(problem -> assertTrue(problem.code().matches("[a-z0-9]+(-[a-z0-9]+)*")));
        } else {
            Samples.sound(Samples.XML, CapWriter.write(Samples.sound(reading).alert()));
        }
    }

    private static byte[] spoil(String good, Random random) {
        StringBuilder text = new StringBuilder(good);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(60));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 -> text.setCharAt(at, (char) random.nextInt(0x10000));
                default -> text.replace(at, end, SPLINTERS.get(random.nextInt(SPLINTERS.size())));
            }
        }
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 && random.nextInt(4) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }
}
