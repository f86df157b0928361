package org.tocsin.gateway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a content, in lower-case hexadecimal, as the ledger names contents. */
public final class ContentHash {
    private ContentHash() {}

    /** The hash of bytes. */
    public static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The hash of a text's UTF-8. */
    public static String of(String content) {
        return of(content.getBytes(UTF_8));
    }
}
