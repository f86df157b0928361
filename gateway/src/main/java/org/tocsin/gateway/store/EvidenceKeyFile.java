package org.tocsin.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The file with the Ed25519 key by which evidence packs are signed, as PKCS#8 in PEM. Any thread. */
public final class EvidenceKeyFile {
    private static final String ALGORITHM = "Ed25519";
    private static final int LONGEST = 1 << 14;

    private EvidenceKeyFile() {}

    /**
     * Reads the key that an operator has made.
     *
     * @throws IllegalArgumentException when the file is not there or holds no Ed25519 key
     */
    public static KeyPair read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new IllegalArgumentException(file + " is no key file");
            }
            String pem = Files.readString(file);
            byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return pair(key);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(file + " holds no Ed25519 key in PKCS#8 PEM", unreadable);
        }
    }

    /**
     * Reads the key of a file, or makes one where there is no such file; only its owner may read it.
     *
     * @throws UncheckedIOException when it cannot be written
     * @throws IllegalArgumentException when the file holds no Ed25519 key
     */
    public static KeyPair readOrMake(Path file) {
        if (Files.exists(file)) {
            return read(file);
        }
        try {
            KeyPair made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            OwnerOnly.write(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(made.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
            return read(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Derives the public key, and tries both together. */
    private static KeyPair pair(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow(GeneralSecurityException::new);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new OnlySeed(seed));
        PublicKey derived = generator.generateKeyPair().getPublic();
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(key);
        signature.update(derived.getEncoded());
        byte[] signed = signature.sign();
        signature.initVerify(derived);
        signature.update(derived.getEncoded());
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the public key could not be derived");
        }
        return new KeyPair(derived, key);
    }

    /** Gives the seed where a generator asks for random bytes, so that it makes the seed's own pair. */
    private static final class OnlySeed extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        OnlySeed(byte[] seed) {
            this.seed = Arrays.copyOf(seed, seed.length);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
