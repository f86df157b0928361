package org.tocsin.gateway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.KeyPair;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A day's signed word about where the ledger ended: whoever has it can tell whether the entries up to there are still
 * those that were there.
 *
 * <p>It speaks of entries that were there before it was made. Its own entry ({@value #ACT}, with the {@link #hash} as
 * content) comes after them, and the next day's seal speaks of that one too: so there is no circle.
 *
 * <p>The signature is over the canonical bytes: the netstrings of {@code tocsin ledger seal 1}, day, at, sequence,
 * head, count, previousSeal, publicKey; the seal's own hash is SHA-256 over these and the netstring of the signature.
 *
 * @param day the day on which it was made, in the county's zone; one seal a day
 * @param at when, in whole milliseconds
 * @param sequence the number of the last entry that it speaks of, 1 or more
 * @param head that entry's hash
 * @param count how many entries there are since those of the seal before
 * @param previousSeal the hash of the seal before; {@link LedgerEntry#GENESIS} for the first
 * @param publicKey the signer's Ed25519 key as SubjectPublicKeyInfo in Base64
 * @param signature in Base64
 */
public record Seal(
        LocalDate day,
        Instant at,
        long sequence,
        String head,
        long count,
        String previousSeal,
        String publicKey,
        String signature) {
    /** The act of a seal's entry in the ledger; its subject is the day. */
    public static final String ACT = "ledger.seal";

    /** The most bytes of a seal as JSON. */
    public static final int LONGEST = 4096;

    private static final List<String> FIELDS = List.of(
            "format", "day", "at", "sequence", "head", "count", "previousSeal", "publicKey", "signer", "signature");
    private static final String FORMAT = "tocsin ledger seal 1";
    private static final String HASH = "[0-9a-f]{64}";

    /** It is no seal; the message names everything that is wrong. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> problems;

        Malformed(List<String> problems) {
            super(String.join("; ", problems));
            this.problems = List.copyOf(problems);
        }

        /** Each with the field's name first. */
        public List<String> problems() {
            return problems;
        }
    }

    /**
     * Makes the seal that follows.
     *
     * @param before the seal before; null for the first
     * @param head the ledger's, with at least one entry
     * @param key the gateway's Ed25519 key
     */
    public static Seal after(@Nullable Seal before, LedgerHead head, LocalDate day, Instant at, KeyPair key) {
        Seal unsigned = new Seal(
                day,
                at.truncatedTo(ChronoUnit.MILLIS),
                head.sequence(),
                head.hash(),
                head.sequence() - (before == null ? 0 : before.sequence()),
                before == null ? LedgerEntry.GENESIS : before.hash(),
                Ed25519.publicKey(key),
                "");
        return unsigned.signed(Ed25519.sign(key, unsigned.canonicalBytes()));
    }

    private Seal signed(String by) {
        return new Seal(day, at, sequence, head, count, previousSeal, publicKey, by);
    }

    /** Whether the signature is that of the key over what it says. */
    public boolean isTrue() {
        return Ed25519.fits(publicKey, canonicalBytes(), signature);
    }

    /** The fingerprint of the signer's key: SHA-256 of its SubjectPublicKeyInfo, 64 lower-case hexadecimal digits. */
    public String signer() {
        return Ed25519.fingerprint(publicKey);
    }

    /** Its own hash, by which the next one and the ledger name it. */
    public String hash() {
        byte[] said = canonicalBytes();
        byte[] by = Netstrings.of(signature);
        byte[] all = java.util.Arrays.copyOf(said, said.length + by.length);
        System.arraycopy(by, 0, all, said.length, by.length);
        return ContentHash.of(all);
    }

    /** What the signature is over. */
    public byte[] canonicalBytes() {
        return Netstrings.of(
                FORMAT,
                day.toString(),
                Long.toString(at.toEpochMilli()),
                Long.toString(sequence),
                head,
                Long.toString(count),
                previousSeal,
                publicKey);
    }

    /** As JSON. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("day", day.toString())
                .put("at", at.toEpochMilli())
                .put("sequence", sequence)
                .put("head", head)
                .put("count", count)
                .put("previousSeal", previousSeal)
                .put("publicKey", publicKey)
                .put("signer", signer())
                .put("signature", signature);
    }

    /** As canonical JSON, UTF-8. */
    public byte[] bytes() {
        return CanonicalJson.bytes(json());
    }

    /**
     * Reads a seal; whether its signature fits is another question.
     *
     * @throws Malformed with all fields that are missing, unknown or of another form
     */
    public static Seal read(byte[] json) throws Malformed {
        if (json.length > LONGEST) {
            throw new Malformed(List.of("has more than " + LONGEST + " bytes"));
        }
        try {
            return read(CanonicalJson.read(json));
        } catch (IOException broken) {
            throw new Malformed(List.of("is no JSON"));
        }
    }

    /** Reads a seal as {@link #read(byte[])} does. */
    public static Seal read(JsonNode json) throws Malformed {
        if (!json.isObject()) {
            throw new Malformed(List.of("is no JSON object"));
        }
        List<String> problems = new ArrayList<>();
        json.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                problems.add(shortened(name) + ": is no field of a seal");
            }
        });
        check(json, "format", FORMAT, "'" + FORMAT + "'", problems);
        LocalDate day = day(json, problems);
        long at = number(json, "at", 0, problems);
        long sequence = number(json, "sequence", 1, problems);
        check(json, "head", HASH, "64 lower-case hexadecimal digits", problems);
        long count = number(json, "count", 0, problems);
        check(json, "previousSeal", HASH, "64 lower-case hexadecimal digits", problems);
        String publicKey = json.path("publicKey").asText();
        if (!Ed25519.isKey(publicKey)) {
            problems.add("publicKey: must be an Ed25519 key as SubjectPublicKeyInfo in Base64");
        } else if (!json.path("signer").asText().equals(Ed25519.fingerprint(publicKey))) {
            problems.add("signer: must be the SHA-256 of the public key");
        }
        check(json, "signature", Ed25519.SIGNATURE, "64 bytes in Base64", problems);
        if (!problems.isEmpty() || day == null) {
            throw new Malformed(problems);
        }
        return new Seal(
                day,
                Instant.ofEpochMilli(at),
                sequence,
                json.path("head").asText(),
                count,
                json.path("previousSeal").asText(),
                publicKey,
                json.path("signature").asText());
    }

    private static void check(JsonNode json, String field, String form, String rule, List<String> problems) {
        JsonNode value = json.path(field);
        if (!value.isTextual() || !value.textValue().matches(form)) {
            problems.add(field + ": must be " + rule);
        }
    }

    private static long number(JsonNode json, String field, long least, List<String> problems) {
        JsonNode value = json.path(field);
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        // What lies beyond the year 9999 is no time that anybody could mean.
        if (!whole || value.longValue() < least || value.longValue() > 253_402_300_799_999L) {
            problems.add(field + ": must be a whole number of " + least + " or more");
        }
        return value.asLong();
    }

    private static @Nullable LocalDate day(JsonNode json, List<String> problems) {
        String text = json.path("day").asText();
        try {
            if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException noDay) {
            // told below
        }
        problems.add("day: must be a day like 2026-07-20");
        return null;
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }
}
