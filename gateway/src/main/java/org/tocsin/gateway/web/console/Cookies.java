package org.tocsin.gateway.web.console;

import java.time.Duration;

/** The console's cookies: no script reads one, and no other site's page sends one but where it is said. */
final class Cookies {
    /** The sign-in under way. */
    static final String STEP = "tocsin-sign-in";

    /** That this browser has signed in to an account before. */
    static final String DEVICE = "tocsin-device";

    /** What a sign-in by the OpenID provider must remember. */
    static final String OIDC = "tocsin-oidc";

    private static final Duration SESSION = Duration.ofHours(24);
    private static final Duration STEP_LIFE = Duration.ofMinutes(10);
    private static final Duration YEAR = Duration.ofDays(365);

    private final boolean tls;

    Cookies(boolean tls) {
        this.tls = tls;
    }

    String session(String id) {
        return cookie(Entrance.COOKIE, id, SESSION, "/", "Strict");
    }

    String ended() {
        return cookie(Entrance.COOKIE, "", Duration.ZERO, "/", "Strict");
    }

    String step(String id) {
        return cookie(STEP, id, STEP_LIFE, "/console/sign-in", "Strict");
    }

    String stepEnded() {
        return cookie(STEP, "", Duration.ZERO, "/console/sign-in", "Strict");
    }

    String device(String mark) {
        return cookie(DEVICE, mark, YEAR, "/console/", "Strict");
    }

    /** Lax: the provider's page leads back here, and a strict cookie would stay behind. */
    String oidc(String sealed) {
        return cookie(OIDC, sealed, STEP_LIFE, "/console/sign-in/oidc", "Lax");
    }

    String oidcEnded() {
        return cookie(OIDC, "", Duration.ZERO, "/console/sign-in/oidc", "Lax");
    }

    String lasting(String name, String value) {
        return cookie(name, value, YEAR, "/", "Strict");
    }

    private String cookie(String name, String value, Duration life, String path, String site) {
        return name + "=" + value + "; Path=" + path + "; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=" + site
                + (tls ? "; Secure" : "");
    }
}
