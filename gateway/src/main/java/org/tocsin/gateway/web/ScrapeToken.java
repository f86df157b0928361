package org.tocsin.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** The secret by which a scraper reads the metrics while no key can be looked up. Only its hash is kept. Immutable. */
public final class ScrapeToken {
    /** What it must look like. */
    public static final String FORM = "[A-Za-z0-9._~-]{16,128}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private final byte[] hash;

    private ScrapeToken(byte[] hash) {
        this.hash = hash;
    }

    /**
     * Takes a token.
     *
     * @throws IllegalArgumentException when it has not this form; the message does not repeat it
     */
    public static ScrapeToken of(String token) {
        if (!PATTERN.matcher(token).matches()) {
            throw new IllegalArgumentException("a scrape token is 16 to 128 characters of A-Z a-z 0-9 . _ ~ -");
        }
        return new ScrapeToken(hash(token));
    }

    /** Whether this is the token; takes as long whatever differs. */
    boolean is(String presented) {
        return MessageDigest.isEqual(hash, hash(presented));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "ScrapeToken";
    }
}
