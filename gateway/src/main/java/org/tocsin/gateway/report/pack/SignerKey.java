package org.tocsin.gateway.report.pack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Names a signer by the SHA-256 of its public key's SubjectPublicKeyInfo. */
public final class SignerKey {
    private static final int LONGEST_FILE = 1 << 16;
    private static final byte DER_SEQUENCE = 0x30;

    private SignerKey() {}

    /** The fingerprint of a public key: 64 lower-case hexadecimal digits. */
    public static String fingerprint(PublicKey key) {
        return HexFormat.of().formatHex(PackFormat.sha256().digest(key.getEncoded()));
    }

    /**
     * The fingerprint that a text means: itself, with or without colons, or that of the key in the file that it names:
     * a certificate (X.509 in PEM or DER; of a chain in PEM the first) or a public key in PEM. Who issued a certificate
     * and whether it is still valid is not looked at: what counts is that its holder trusts the file.
     *
     * @throws IllegalArgumentException when it is neither, or of another kind than Ed25519
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
            byte[] content = Files.readAllBytes(file);
            PublicKey key = key(content);
            if (!(key instanceof EdECPublicKey)) {
                throw new IllegalArgumentException(
                        "is a key of " + key.getAlgorithm() + ", and packs are signed with Ed25519: " + text);
            }
            return fingerprint(key);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "is no certificate (PEM or DER) and no Ed25519 public key in PEM: " + text, unreadable);
        }
    }

    private static PublicKey key(byte[] content) throws GeneralSecurityException {
        String pem = new String(content, ISO_8859_1);
        int certificate = pem.indexOf("-----BEGIN CERTIFICATE");
        if (certificate >= 0 || (content.length > 0 && content[0] == DER_SEQUENCE)) {
            // What a tool wrote for people before the certificate is passed over.
            int from = Math.max(0, certificate);
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(content, from, content.length - from))
                    .getPublicKey();
        }
        return publicKey(Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
    }

    static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
