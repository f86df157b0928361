package org.tocsin.gateway.report.pack;

import java.time.Instant;
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
 * @param about which file of which issue it is
 * @param facts what the pack is about, for people: name and value, in order
 * @param signedOff who signed off, in order; empty where nobody did or it could not be read
 * @param figures the pack's figures and those computed from its evidence, by name, in order; empty where the evidence
 *     could not be read
 * @param ledger the entries of the ledger's section and its head, by number and hash; empty where it could not be read
 */
public record PackVerification(
        List<Finding> findings,
        String fingerprint,
        boolean signerChecked,
        About about,
        Map<String, String> facts,
        List<SignedOff> signedOff,
        Map<String, Figure> figures,
        List<LedgerHead> ledger) {
    /** How many findings are named. */
    public static final int MOST_FINDINGS = 50;

    /**
     * Which file of which issue it is.
     *
     * @param issue the issue's id
     * @param made when, by the gateway's clock
     * @param sha256 of the whole file, in lower-case hexadecimal
     */
    public record About(String issue, Instant made, String sha256) {}

    /**
     * A sign-off.
     *
     * @param role as reviewer or signer
     * @param by the principal's id, as the ledger has it
     * @param at when
     * @param entry the number of its entry in the ledger; 0 where it has none
     */
    public record SignedOff(String role, String by, Instant at, long entry) {}

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
        signedOff = List.copyOf(signedOff);
        ledger = List.copyOf(ledger);
    }

    /** Whether all fits. */
    public boolean holds() {
        return findings.isEmpty();
    }
}
