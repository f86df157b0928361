package org.tocsin.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hashes of secrets that are random themselves: API keys, session ids and recovery codes. They have too much entropy to
 * be guessed, so one SHA-256 under a prefix of its own is enough and no slow hash is needed.
 */
final class KeyHash {
    private static final String KEYS = "tocsin api key 1\n";
    private static final String SESSIONS = "tocsin session 1\n";
    private static final String RECOVERY = "tocsin recovery code 1\n";

    private KeyHash() {}

    static String ofKey(String key) {
        return hash(KEYS, key);
    }

    static String ofSession(String session) {
        return hash(SESSIONS, session);
    }

    static String ofRecovery(String code) {
        return hash(RECOVERY, code);
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private static String hash(String domain, String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(domain.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
