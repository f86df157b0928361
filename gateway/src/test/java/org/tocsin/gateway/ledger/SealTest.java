package org.tocsin.gateway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final LocalDate DAY = LocalDate.of(2026, 7, 20);
    private static final Instant AT = Instant.parse("2026-07-20T16:00:00.123456Z");
    private static final LedgerHead HEAD = new LedgerHead(7, "ab".repeat(32));

    @Test
    void signsWhatAThirdPartyCanWriteByHand() {
        Seal seal = Seal.after(null, HEAD, DAY, AT, TestKeys.COUNTY);

        String said = new String(seal.canonicalBytes(), StandardCharsets.UTF_8);
        assertEquals(
                "20:tocsin ledger seal 1,10:2026-07-20,13:1784563200123,1:7,64:" + HEAD.hash() + ",1:7,64:"
                        + LedgerEntry.GENESIS + ",60:" + seal.publicKey() + ",",
                said);
        assertEquals(ContentHash.of(said + "88:" + seal.signature() + ","), seal.hash());
        assertTrue(seal.isTrue());
        assertEquals(TestKeys.fingerprint(TestKeys.COUNTY), seal.signer());
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        Seal first = Seal.after(null, HEAD, DAY, AT, TestKeys.COUNTY);
        Seal second = Seal.after(
                first, new LedgerHead(9, "cd".repeat(32)), DAY.plusDays(1), AT.plusSeconds(86_400), TestKeys.COUNTY);

        assertEquals(second, Seal.read(second.bytes()));
        assertEquals(2, second.count());
        assertEquals(first.hash(), second.previousSeal());
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        ObjectNode json = Seal.after(null, HEAD, DAY, AT, TestKeys.COUNTY).json();
        json.put("day", "2026-02-30")
                .put("sequence", 0)
                .put("head", "x")
                .put("signature", "y")
                .put("more", 1);
        json.remove("count");

        Seal.Malformed malformed = assertThrows(Seal.Malformed.class, () -> Seal.read(json));

        for (String field : Set.of("day", "sequence", "head", "signature", "more", "count")) {
            assertTrue(
                    malformed.problems().stream().anyMatch(problem -> problem.startsWith(field + ": ")),
                    () -> field + " in " + malformed.problems());
        }
    }

    @Test
    void whatItSaysCannotBeChangedUnderItsSignature() throws Exception {
        Seal seal = Seal.after(null, HEAD, DAY, AT, TestKeys.COUNTY);

        assertFalse(Seal.read(seal.json().put("sequence", 8)).isTrue());
        assertFalse(Seal.read(seal.json().put("day", "2026-07-21")).isTrue());
        assertFalse(Seal.read(seal.json().put("head", "cd".repeat(32))).isTrue());
        assertFalse(Seal.read(seal.json().put("count", 6)).isTrue());
    }

    @Test
    void aSignatureHasOneForm() {
        Seal seal = Seal.after(null, HEAD, DAY, AT, TestKeys.COUNTY);
        SealReceipt receipt = SealReceipt.of(seal, AT, TestKeys.WITNESS);

        assertThrows(Seal.Malformed.class, () -> Seal.read(seal.json().put("signature", otherForm(seal.signature()))));
        assertTrue(SealReceipt.read(receipt.json()).isFor(seal));
        assertFalse(SealReceipt.read(receipt.json().put("signature", otherForm(receipt.signature())))
                .isFor(seal));
        assertFalse(SealReceipt.read(receipt.json().put("format", "another")).isFor(seal));
    }

    /** The same bytes, with a bit set that Base64 does not use. */
    private static String otherForm(String signature) {
        return signature.substring(0, 85) + (char) (signature.charAt(85) + 1) + "==";
    }
}
