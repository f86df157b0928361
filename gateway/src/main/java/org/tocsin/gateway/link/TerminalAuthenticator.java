package org.tocsin.gateway.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Predicate;

/**
 * Says whether a terminal is who it says it is. Called on an event loop: it never blocks, and compares secrets in
 * constant time.
 */
@FunctionalInterface
public interface TerminalAuthenticator {
    /**
     * Whether a terminal may connect.
     *
     * @param code the terminal's code, which is its client identifier and its user name
     * @param password what it signs in with, as UTF-8
     */
    boolean accepts(String code, byte[] password);

    /**
     * One password for all terminals.
     *
     * @param password the password, not empty
     * @param known which codes there are
     */
    static TerminalAuthenticator shared(String password, Predicate<String> known) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("the terminals' password must not be empty");
        }
        byte[] expected = sha256(password.getBytes(StandardCharsets.UTF_8));
        // Both are always worked out, so that the time taken tells neither which codes exist nor how much of a
        // password is right.
        return (code, given) -> {
            boolean right = MessageDigest.isEqual(expected, sha256(given));
            boolean there = known.test(code);
            return right && there;
        };
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
