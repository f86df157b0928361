package org.tocsin.load;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The guard of every connection that the suite opens: this machine alone is ever a target. */
public final class Loopback {
    private Loopback() {}

    /**
     * Gives the host back when it is this machine's loopback.
     *
     * @param host a name or an address
     * @throws IllegalArgumentException when any of its addresses is not loopback, or it is not known
     */
    public static String require(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    throw new IllegalArgumentException("only loopback is a target, was " + host);
                }
            }
            return host;
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("only loopback is a target, was " + host, unknown);
        }
    }
}
