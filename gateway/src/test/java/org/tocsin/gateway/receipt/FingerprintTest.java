package org.tocsin.gateway.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void referencesThatACarrierCountsUpStayNeighbours() {
        assertEquals(1, Fingerprint.of("1000000001") - Fingerprint.of("1000000000"));
        assertEquals(1, Fingerprint.of("5c1e00000000000b") - Fingerprint.of("5c1e00000000000a"));
        assertTrue(Math.abs(Fingerprint.of("0000000000000100") - Fingerprint.of("00000000000000ff")) < 1 << 21);
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
    void aMillionReferencesHaveAFingerprintEach() {
        Set<Long> fingerprints = new HashSet<>();
        for (int at = 0; at < 1_000_000; at++) {
            fingerprints.add(Fingerprint.of(Long.toHexString(at * 0x9e3779b97f4a7c15L)));
        }

        assertEquals(1_000_000, fingerprints.size());
    }

    /** The journal keeps them: these values may never change. */
    @Test
    void theFormatStays() {
        assertEquals(-5636881259626177995L, Fingerprint.of("12345"));
        assertEquals(-6619560412729003597L, Fingerprint.of("a1b2c3"));
        assertEquals(675722214547167617L, Fingerprint.of("码123码"));
    }
}
