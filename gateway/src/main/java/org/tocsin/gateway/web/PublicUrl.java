package org.tocsin.gateway.web;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the public finds the gateway: scheme, host and, where it is not the scheme's own, port. Immutable. */
public final class PublicUrl {
    /** What it must look like; a slash at its end does not matter. */
    public static final String FORM = "(https?)://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?/?";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private final String origin;

    private PublicUrl(String origin) {
        this.origin = origin;
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it has not this form
     */
    public static PublicUrl of(String text) {
        Matcher parts = PATTERN.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "a public address is http(s)://host or http(s)://host:port, was " + text);
        }
        String port = parts.group(3);
        boolean usual = port == null || port.equals(parts.group(1).equals("https") ? ":443" : ":80");
        return new PublicUrl(parts.group(1) + "://" + parts.group(2) + (usual ? "" : port));
    }

    /** Whether a browser's Origin header means this address. */
    boolean isOrigin(String header) {
        return origin.equals(header.toLowerCase(Locale.ROOT));
    }

    /** The address without a slash at its end. */
    @Override
    public String toString() {
        return origin;
    }
}
