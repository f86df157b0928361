package org.tocsin.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Knows who was erased on request. Blocking where it asks the list; may be used by any thread. */
public final class Erased {
    private static final String ALGORITHM = "HmacSHA256";

    private final Erasures list;

    /** Makes it over a list. */
    public Erased(Erasures list) {
        this.list = list;
    }

    /** The keyed hash that stands for a person where no personal datum may: 64 lower-case hexadecimal digits. */
    public String hashOf(String personKey) {
        return hash(mac(), personKey);
    }

    /** Whether somebody is on the list now. */
    public boolean contains(String personKey) {
        Set<String> all = list.all();
        return !all.isEmpty() && all.contains(hashOf(personKey));
    }

    /** The list as it is now, for many questions on one thread. */
    public Predicate<String> asOfNow() {
        Set<String> all = list.all();
        if (all.isEmpty()) {
            return key -> false;
        }
        Mac mac = mac();
        return key -> all.contains(hash(mac, key));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(list.secret(), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hash(Mac mac, String personKey) {
        return HexFormat.of().formatHex(mac.doFinal(personKey.getBytes(UTF_8)));
    }
}
