package org.tocsin.gateway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A witness' signed word that it has a seal: Ed25519 over the netstrings of {@code tocsin seal receipt 1}, seal, at,
 * publicKey.
 *
 * @param seal the seal's hash
 * @param at when the witness took it, in whole milliseconds
 * @param publicKey the witness' key as SubjectPublicKeyInfo in Base64
 * @param signature in Base64
 */
public record SealReceipt(String seal, Instant at, String publicKey, String signature) {
    private static final String FORMAT = "tocsin seal receipt 1";

    /** Signs for a seal. */
    static SealReceipt of(Seal seal, Instant at, KeyPair witness) {
        SealReceipt unsigned =
                new SealReceipt(seal.hash(), at.truncatedTo(ChronoUnit.MILLIS), Ed25519.publicKey(witness), "");
        return new SealReceipt(
                unsigned.seal(), unsigned.at(), unsigned.publicKey(), Ed25519.sign(witness, unsigned.canonicalBytes()));
    }

    /** Whether it is for this seal, and the signature that of its key. */
    public boolean isFor(Seal one) {
        return seal.equals(one.hash()) && Ed25519.fits(publicKey, canonicalBytes(), signature);
    }

    /** The fingerprint of the witness' key. */
    public String signer() {
        return Ed25519.fingerprint(publicKey);
    }

    private byte[] canonicalBytes() {
        return Netstrings.of(FORMAT, seal, Long.toString(at.toEpochMilli()), publicKey);
    }

    /** As JSON. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("seal", seal)
                .put("at", at.toEpochMilli())
                .put("publicKey", publicKey)
                .put("signer", signer())
                .put("signature", signature);
    }

    /** Reads a receipt; from what is none comes one that is for no seal. */
    public static SealReceipt read(JsonNode json) {
        boolean isOne = json.path("format").asText().equals(FORMAT);
        return new SealReceipt(
                isOne ? json.path("seal").asText() : "",
                Instant.ofEpochMilli(json.path("at").asLong()),
                json.path("publicKey").asText(),
                json.path("signature").asText());
    }
}
