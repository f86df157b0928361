package org.tocsin.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void runningNumbersStayNeighbours() {
        assertEquals(32, Fingerprint.of("1000000001") - Fingerprint.of("1000000000"));
    }

    @Test
    void textsThatDifferHaveOthers() {
        List<String> texts = List.of(
                "",
                "0",
                "00",
                "7",
                "07",
                "007",
                "99999999999999999",
                "999999999999999999",
                "5F3A",
                "5f3a",
                "12 ",
                "-1");
        Set<Long> fingerprints = new HashSet<>();
        texts.forEach(text -> fingerprints.add(Fingerprint.of(text)));

        assertEquals(texts.size(), fingerprints.size());
        assertTrue(fingerprints.stream().noneMatch(fingerprint -> fingerprint == 0));
    }

    @Test
    void aNumberNeverMeetsAText() {
        for (int at = 0; at < 100_000; at++) {
            assertNotEquals(Fingerprint.of(Integer.toString(at)), Fingerprint.of("id" + at));
            assertTrue(Fingerprint.of(Integer.toString(at)) > 0 && Fingerprint.of("id" + at) < 0);
        }
    }

    /** The journal keeps them: these values may never change. */
    @Test
    void theFormatStays() {
        assertEquals((12345L << 5) | 5, Fingerprint.of("12345"));
        assertEquals(-2572161262831736518L, Fingerprint.of("a1b2c3"));
    }
}
