package org.tocsin.gateway.report.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Names a signer by the SHA-256 of its public key's SubjectPublicKeyInfo. */
public final class SignerKey {
    private static final int LONGEST_FILE = 1 << 16;

    private SignerKey() {}

    /** The fingerprint of a public key: 64 lower-case hexadecimal digits. */
    public static String fingerprint(PublicKey key) {
        return HexFormat.of().formatHex(PackFormat.sha256().digest(key.getEncoded()));
    }

    /**
     * The fingerprint that a text means: itself, with or without colons, or that of the certificate or public key in
     * the PEM file that it names.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static String named(String text) {
        String bare = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (bare.matches("[0-9a-f]{64}")) {
            return bare;
        }
        Path file = Path.of(text);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException(
                        "is neither a fingerprint of 64 hexadecimal digits nor a PEM file, was '" + text + "'");
            }
            String pem = Files.readString(file, US_ASCII);
            return fingerprint(
                    pem.contains("BEGIN CERTIFICATE")
                            ? CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
                                    .getPublicKey()
                            : publicKey(Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""))));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "is no certificate and no Ed25519 public key in PEM: " + text, unreadable);
        }
    }

    static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
