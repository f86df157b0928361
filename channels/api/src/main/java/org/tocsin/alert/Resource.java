package org.tocsin.alert;

import org.jspecify.annotations.Nullable;

/**
 * A file that goes with an info (CAP 1.2, info.resource).
 *
 * @param resourceDesc what it is
 * @param mimeType its MIME type; null only where CAP 1.1, which lets it out, brought the alert
 * @param size bytes, 0 or more; null where not said
 * @param uri where it is; null where not said
 * @param derefUri its content in Base64; null where not said
 * @param digest its SHA-1; null where not said
 */
public record Resource(
        String resourceDesc,
        @Nullable String mimeType,
        @Nullable Long size,
        @Nullable String uri,
        @Nullable String derefUri,
        @Nullable String digest) {}
