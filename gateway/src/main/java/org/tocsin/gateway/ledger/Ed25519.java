package org.tocsin.gateway.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 signatures (RFC 8032, pure) in Base64, and keys as SubjectPublicKeyInfo in Base64. */
final class Ed25519 {
    /** 64 bytes in their one form: the last character's four unused bits are none, so that nobody can set them. */
    static final String SIGNATURE = "[A-Za-z0-9+/]{85}[AQgw]==";

    private static final String ALGORITHM = "Ed25519";

    private Ed25519() {}

    static String publicKey(KeyPair key) {
        return Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
    }

    static String sign(KeyPair key, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key.getPrivate());
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException unsigned) {
            throw new IllegalStateException("no Ed25519 key", unsigned);
        }
    }

    /** Whether the signature is that of the key over the bytes; not where one of them is no key or no signature. */
    static boolean fits(String publicKey, byte[] bytes, String signature) {
        if (!signature.matches(SIGNATURE)) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key(publicKey));
            check.update(bytes);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Whether this is an Ed25519 key in its usual form. */
    static boolean isKey(String publicKey) {
        try {
            return Base64.getEncoder()
                    .encodeToString(key(publicKey).getEncoded())
                    .equals(publicKey);
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    /** SHA-256 of the key's SubjectPublicKeyInfo; of what is no Base64, of nothing. */
    static String fingerprint(String publicKey) {
        try {
            return ContentHash.of(Base64.getDecoder().decode(publicKey));
        } catch (IllegalArgumentException malformed) {
            return ContentHash.of(new byte[0]);
        }
    }

    private static PublicKey key(String publicKey) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM)
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
    }
}
