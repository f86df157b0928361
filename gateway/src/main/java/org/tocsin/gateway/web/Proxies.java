package org.tocsin.gateway.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proxies whose word is taken for where a request comes from ({@code X-Forwarded-For}). From anybody else the
 * header counts for nothing, as anybody can write it. Immutable; may be used by any thread.
 */
public final class Proxies {
    /** Nobody's word is taken. */
    public static final Proxies NONE = new Proxies(List.of());

    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}|\\[([^\\]]+)](?::\\d{1,5})?");
    /** More proxies in a row than anybody has. */
    private static final int LONGEST_WAY = 32;

    private final List<Network> networks;

    private Proxies(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /** So many first bits of an address. */
    private record Network(byte[] address, int bits) {
        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Those of a setting.
     *
     * @param text addresses and networks ({@code 10.0.0.0/8}) between commas or blanks; empty for none
     * @throws IllegalArgumentException with the first that is neither
     */
    public static Proxies of(String text) {
        List<Network> networks = new ArrayList<>();
        for (String word : text.strip().split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                networks.add(network(word));
            }
        }
        return new Proxies(networks);
    }

    private static Network network(String word) {
        String[] parts = word.split("/", 2);
        byte[] address = literal(parts[0])
                .orElseThrow(() -> new IllegalArgumentException("no IP address or network: '" + word + "'"));
        if (parts.length == 1) {
            return new Network(address, address.length * 8);
        }
        int bits = parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("no network: '" + word + "'");
        }
        return new Network(address, bits);
    }

    /**
     * Where a request comes from: the last address on its way that no trusted proxy has.
     *
     * @param remote who is connected
     * @param forwarded the values of {@code X-Forwarded-For}, in their order; whatever stands there
     * @return {@code remote} where that is no trusted proxy, or says nothing that can be read
     */
    public String client(String remote, List<String> forwarded) {
        String client = remote;
        List<String> way = new ArrayList<>();
        forwarded.forEach(value -> way.addAll(Arrays.asList(value.split(",", -1))));
        int last = Math.max(0, way.size() - LONGEST_WAY);
        for (int at = way.size() - 1; at >= last && isTrusted(client); at--) {
            Optional<byte[]> before = literal(withoutPort(way.get(at).strip()));
            if (before.isEmpty()) {
                return client;
            }
            client = written(before.get());
        }
        return client;
    }

    private boolean isTrusted(String address) {
        return !networks.isEmpty()
                && literal(address)
                        .filter(bytes -> networks.stream().anyMatch(network -> network.holds(bytes)))
                        .isPresent();
    }

    private static String withoutPort(String word) {
        var parts = WITH_PORT.matcher(word);
        if (!parts.matches()) {
            return word;
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }

    private static String written(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The bytes of an address; an IPv4 one that is written as IPv6 is IPv4. No name is ever looked up. */
    private static Optional<byte[]> literal(String word) {
        String bare = word.replaceFirst("%.*$", "");
        if (bare.length() > 45
                || !(V4.matcher(bare).matches() || V6.matcher(bare).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare).getAddress());
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
