package org.tocsin.gateway.web;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a browser's request comes from: forms with a session are taken from the gateway's own pages only. */
final class Origins {
    private Origins() {}

    /**
     * Whether the request says that it comes from this host's pages. A browser says so on every POST.
     *
     * @param publicUrl where browsers find the gateway, such as a proxy before it that hides the Host they asked; null
     *     where no such address is known
     */
    static boolean isOwn(HttpServerRequest request, @Nullable PublicUrl publicUrl) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
        }
        if (publicUrl != null && publicUrl.isOrigin(origin)) {
            return true;
        }
        String host = request.getHeader("Host");
        String claimed = authority(origin);
        return host != null && claimed != null && claimed.equals(host.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String authority(String origin) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null ? null : authority.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
