package org.tocsin.gateway.report.pack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.ledger.CanonicalJson;
import org.tocsin.gateway.ledger.EntryJson;
import org.tocsin.gateway.ledger.LedgerHead;

/**
 * Verifies a pack from itself alone: the parts' hashes, the signature, the ledger's chain, that each person's evidence
 * follows from the receipts, and that the coverage follows from the evidence. Holds 16 bytes for each person, and the
 * file once while the signature is checked. May be used by any thread.
 */
public final class PackVerifier {
    private static final int BUFFER = 1 << 16;

    private PackVerifier() {}

    /**
     * Verifies.
     *
     * @param file the pack
     * @param signer the fingerprint that the signer's key must have; null where nobody knows one
     * @throws Unreadable when it is no pack, or its parts cannot be told
     * @throws IOException when the file cannot be read
     */
    public static PackVerification verify(Path file, @Nullable String signer) throws IOException, Unreadable {
        try (PackFile pack = PackFile.open(file)) {
            Findings findings = new Findings();
            findings.check(pack.isCanonical(), "manifest", "is not in canonical form");
            Findings changed = new Findings();
            hashes(pack, changed);
            changed.all().forEach(finding -> findings.add(finding.place(), finding.what()));
            String fingerprint = signature(pack, changed.isEmpty(), findings);
            if (signer != null && !signer.equals(fingerprint)) {
                findings.add("signer", "the pack is signed by " + fingerprint + ", not by " + signer);
            }
            Map<String, PackVerification.Figure> figures = new LinkedHashMap<>();
            List<PackVerification.SignedOff> signedOff = List.of();
            if (changed.isEmpty()) {
                try {
                    PackContent content = new PackContent(pack, findings, figures);
                    signedOff = content.signedOff();
                    content.check();
                } catch (IOException | RuntimeException malformed) {
                    findings.add(findings.reading(), "cannot be read: " + malformed.getMessage());
                }
            }
            return new PackVerification(
                    findings.all(),
                    fingerprint,
                    signer != null,
                    about(pack),
                    facts(pack.manifest()),
                    signedOff,
                    figures,
                    ledger(pack));
        }
    }

    private static PackVerification.About about(PackFile pack) throws IOException {
        return new PackVerification.About(
                pack.manifest().path("issue").asText(),
                Instant.ofEpochMilli(pack.manifest().path("made").asLong()),
                pack.sha256());
    }

    private static void hashes(PackFile pack, Findings findings) throws IOException {
        for (PackFormat.Segment segment : PackFormat.Segment.values()) {
            findings.check(
                    pack.hash(segment)
                            .equals(pack.described(segment).path("sha256").asText()),
                    "segment " + segment.word,
                    "its SHA-256 is not the one in the manifest");
        }
    }

    /**
     * Checks the signature; gives the key's fingerprint, or nothing where there is no key.
     *
     * @param isWhole whether the segments are as the manifest says, so that it is the rest that was changed
     */
    private static String signature(PackFile pack, boolean isWhole, Findings findings) throws IOException {
        PublicKey key;
        byte[] encoded;
        try {
            encoded =
                    Base64.getDecoder().decode(pack.manifest().path("publicKey").asText());
            key = SignerKey.publicKey(encoded);
        } catch (IllegalArgumentException | GeneralSecurityException none) {
            findings.add("manifest", "publicKey is no Ed25519 key");
            return "";
        }
        boolean fits;
        try (InputStream in = pack.signed()) {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                check.update(buffer, 0, read);
            }
            fits = check.verify(pack.signature());
        } catch (GeneralSecurityException malformed) {
            fits = false;
        }
        findings.check(
                fits,
                isWhole ? "manifest or signature" : "signature",
                "the signature is not that of the manifest's key over the bytes before it"
                        + (isWhole ? "; the segments are as the manifest says" : ""));
        findings.check(
                Arrays.equals(encoded, key.getEncoded()), "manifest", "publicKey is not written in its usual form");
        return SignerKey.fingerprint(key);
    }

    /** The entries of the ledger's section, and its head; none where it cannot be read. */
    private static List<LedgerHead> ledger(PackFile pack) {
        List<LedgerHead> places = new ArrayList<>();
        try {
            JsonNode section = CanonicalJson.read(pack.bytes(PackFormat.Segment.LEDGER));
            section.path("entries")
                    .forEach(row -> places.add(EntryJson.read(row).head()));
            JsonNode head = section.path("head");
            places.add(new LedgerHead(
                    head.path("sequence").asLong(), head.path("hash").asText()));
        } catch (IOException | RuntimeException unreadable) {
            places.clear();
        }
        return places;
    }

    private static Map<String, String> facts(JsonNode manifest) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String name : new String[] {"issue", "warning", "identifier", "sender", "status"}) {
            facts.put(name, manifest.path(name).asText());
        }
        // By the gateway's clock: a pack of an issue that still runs is of that moment.
        facts.put("made", Instant.ofEpochMilli(manifest.path("made").asLong()).toString());
        for (String name : new String[] {"persons", "terminals"}) {
            facts.put(name, Long.toString(manifest.path(name).asLong()));
        }
        facts.put(
                "receipts",
                Long.toString(manifest.path("receipts").path("count").asLong()));
        return facts;
    }
}
