package org.tocsin.gateway.report.pack;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.LedgerHead;

/**
 * What the verification of a pack found.
 *
 * @param findings what does not fit, in the order of the reading; at most {@link #MOST_FINDINGS}
 * @param fingerprint SHA-256 of the signer's public key (its SubjectPublicKeyInfo), 64 lower-case hexadecimal digits;
 *     empty where the pack names no key
 * @param signerChecked whether the fingerprint was compared with one that the reader knew
 * @param facts what the pack is about, for people: name and value, in order
 * @param figures the pack's figures and those computed from its evidence, by name, in order; empty where the evidence
 *     could not be read
 * @param ledger the entries of the ledger's section and its head, by number and hash; empty where it could not be read
 */
public record PackVerification(
        List<Finding> findings,
        String fingerprint,
        boolean signerChecked,
        Map<String, String> facts,
        Map<String, Figure> figures,
        List<LedgerHead> ledger) {
    /** How many findings are named. */
    public static final int MOST_FINDINGS = 50;

    /**
     * A figure.
     *
     * @param stated as the pack says it; null where it says none
     * @param computed from the pack's evidence
     */
    public record Figure(@Nullable String stated, String computed) {
        /** Whether both are the same. */
        public boolean fits() {
            return computed.equals(stated);
        }
    }

    /** Copies the lists. */
    public PackVerification {
        findings = List.copyOf(findings);
        ledger = List.copyOf(ledger);
    }

    /** Whether all fits. */
    public boolean holds() {
        return findings.isEmpty();
    }
}
