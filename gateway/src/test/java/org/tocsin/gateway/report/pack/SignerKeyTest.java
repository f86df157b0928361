package org.tocsin.gateway.report.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignerKeyTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder = Path.of("");

    private record Holder(KeyPair keys, Certificate certificate) {}

    @Test
    void aPackIsMeasuredByTheKeyOfACertificateOrBySomebodyElses() throws Exception {
        Holder county = made("Ed25519");
        byte[] pack = PackSurgery.resigned(new PaperCounty(2, 10, 10, 1).packBytes(), segments -> {}, county.keys());
        Path file = Files.write(folder.resolve("a.pack"), pack);
        Path mine = pem("mine.pem", county.certificate());
        Path other = pem("other.pem", made("Ed25519").certificate());

        PackVerification right = PackVerifier.verify(file, SignerKey.named(mine.toString()));
        PackVerification wrong = PackVerifier.verify(file, SignerKey.named(other.toString()));

        assertTrue(right.holds(), () -> right.findings().toString());
        assertTrue(right.signerChecked());
        assertFalse(wrong.holds());
        assertEquals("signer", wrong.findings().get(0).place());
    }

    @Test
    void oneKeyHasOneFingerprintHoweverItIsGiven() throws Exception {
        Holder holder = made("Ed25519");
        String fingerprint = SignerKey.fingerprint(holder.keys().getPublic());
        Path der = Files.write(folder.resolve("c.crt"), holder.certificate().getEncoded());
        Path pem = pem("c.pem", holder.certificate());
        Path talkative = Files.writeString(
                folder.resolve("t.pem"), "Certificate:\n    Data: 0\n-- of a county --\n" + Files.readString(pem));
        Path chain = Files.writeString(
                folder.resolve("chain.pem"),
                Files.readString(pem)
                        + Files.readString(pem("x.pem", made("Ed25519").certificate())));
        Path key = Files.writeString(
                folder.resolve("k.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(holder.keys().getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        for (Path file : new Path[] {der, pem, talkative, chain, key}) {
            assertEquals(fingerprint, SignerKey.named(file.toString()), file.toString());
        }
        assertEquals(
                fingerprint,
                SignerKey.named(fingerprint.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:")));
    }

    @Test
    void whatNamesNoSignerIsSaid() throws Exception {
        Path rsa = pem("rsa.pem", made("RSA").certificate());
        Path broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        Path text = Files.writeString(folder.resolve("text.pem"), "a letter");
        Path huge = Files.write(folder.resolve("huge.pem"), new byte[1 << 17]);
        Path empty = Files.write(folder.resolve("empty.pem"), new byte[0]);

        assertTrue(refused(rsa).contains("is a key of RSA"), refused(rsa));
        for (Path file : new Path[] {broken, text, huge, empty, folder, folder.resolve("none")}) {
            assertFalse(refused(file).isBlank(), file.toString());
        }
    }

    private static String refused(Path file) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> SignerKey.named(file.toString()))
                .getMessage());
    }

    private Path pem(String name, Certificate certificate) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** A key with its certificate, as the JDK's keytool makes them. */
    private Holder made(String algorithm) throws Exception {
        Path store = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        algorithm,
                        "-alias",
                        "county",
                        "-dname",
                        "CN=Emergency Bureau",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertEquals(0, keytool.waitFor(), () -> "keytool: " + folder.resolve("keytool.log"));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Certificate certificate = keys.getCertificate("county");
        return new Holder(
                new KeyPair(certificate.getPublicKey(), (PrivateKey) keys.getKey("county", PASSWORD)), certificate);
    }
}
