package org.tocsin.gateway.ledger;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/** Signers for tests, new in each run. */
public final class TestKeys {
    /** A county's gateway. */
    public static final KeyPair COUNTY = make();

    /** Its witness. */
    public static final KeyPair WITNESS = make();

    private TestKeys() {}

    /** Another one. */
    public static KeyPair make() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The fingerprint of a signer. */
    public static String fingerprint(KeyPair key) {
        return ContentHash.of(key.getPublic().getEncoded());
    }
}
