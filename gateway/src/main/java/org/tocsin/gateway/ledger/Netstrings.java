package org.tocsin.gateway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Texts one after the other, each as {@code <length in bytes>:<UTF-8>,}: one way to write them, and one to read. */
final class Netstrings {
    private Netstrings() {}

    static byte[] of(String... texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] encoded = text.getBytes(UTF_8);
            bytes.writeBytes((encoded.length + ":").getBytes(UTF_8));
            bytes.writeBytes(encoded);
            bytes.write(',');
        }
        return bytes.toByteArray();
    }
}
