package org.tocsin.gateway.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.gateway.access.SignInStep;
import org.tocsin.gateway.access.oidc.OidcSettings;
import org.tocsin.gateway.access.oidc.OidcSignIn;
import org.tocsin.gateway.web.Answer;
import org.tocsin.gateway.web.Call;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.RouteSpec;
import org.tocsin.gateway.web.RouteSpec.Gate;

/** The way into the console by the OpenID provider; there only where one is set. */
final class OidcRoutes implements Area {
    private static final Logger LOG = LoggerFactory.getLogger(OidcRoutes.class);
    private static final String BEGIN = "/console/sign-in/oidc";

    private final Rooms rooms;
    private final Pages pages;
    private final Cookies cookies;
    private final @Nullable OidcSignIn oidc;

    OidcRoutes(Rooms rooms, Pages pages, Cookies cookies) {
        this.rooms = rooms;
        this.pages = pages;
        this.cookies = cookies;
        this.oidc = rooms.oidc();
    }

    @Override
    public List<RouteSpec> routes() {
        OidcSignIn provider = oidc;
        return provider == null
                ? List.of()
                : List.of(
                        RouteSpec.get(
                                OidcSettings.RETURN_PATH,
                                Gate.PUBLIC,
                                call -> end(provider, call),
                                200,
                                303,
                                401,
                                403,
                                429,
                                503),
                        RouteSpec.get(BEGIN, Gate.PUBLIC, call -> begin(provider, call), 303, 429, 503));
    }

    private Answer begin(OidcSignIn provider, Call call) {
        try {
            OidcSignIn.Begun begun = provider.begin();
            String back = Entrance.ownPath(call.query().getOrDefault("back", ""));
            String sealed = rooms.people().seal(begun.memory() + "\n" + back);
            return Answer.seeOther(begun.address().toString()).withCookie(cookies.oidc(plain(sealed)));
        } catch (OidcSignIn.Unavailable away) {
            return unavailable(call, away);
        }
    }

    private Answer end(OidcSignIn provider, Call call) {
        String cookie = call.cookie(Cookies.OIDC);
        String[] memory =
                (cookie == null ? "" : rooms.people().unseal(unplain(cookie)).orElse("")).split("\n", 2);
        try {
            Optional<String> claim = provider.end(memory[0], call.query());
            if (claim.isEmpty()) {
                return message(call, 401, "access.oidc.refused", "access.oidc.refused-next");
            }
            SignInStep step = rooms.people().signIn().byProvider(claim.get(), Browsers.from(call));
            String back = Entrance.ownPath(memory.length == 2 ? memory[1] : "");
            return switch (step.next()) {
                case OPEN ->
                    onwards(call, back)
                            .withCookie(cookies.session(step.session()))
                            .withCookie(cookies.device(step.device()));
                case CODE -> onwards(call, "/console/sign-in/code").withCookie(cookies.step(step.session()));
                case LOCKED -> message(call, 403, "access.oidc.locked", "access.oidc.locked-next");
                default -> message(call, 403, "access.oidc.nobody", "access.oidc.nobody-next");
            };
        } catch (OidcSignIn.Unavailable away) {
            return unavailable(call, away);
        }
    }

    /**
     * A page of our own that leads on by itself: a redirect would still count as the provider's, and the browser would
     * keep the strict cookie of the session back.
     */
    private Answer onwards(Call call, String to) {
        return pages.page(call, 200, "sign-in-onwards", Map.of("to", to)).withCookie(cookies.oidcEnded());
    }

    private Answer message(Call call, int status, String what, String next) {
        return pages.message(call, status, what, next).withCookie(cookies.oidcEnded());
    }

    private Answer unavailable(Call call, OidcSignIn.Unavailable away) {
        LOG.warn("{}", String.valueOf(away.getMessage()).replaceAll("[\\p{Cntrl}]", " "));
        return message(call, 503, "access.oidc.away", "access.oidc.away-next").with("Retry-After", "30");
    }

    private static String plain(String sealed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.getBytes(UTF_8));
    }

    private static String unplain(String cookie) {
        try {
            return new String(Base64.getUrlDecoder().decode(cookie), UTF_8);
        } catch (IllegalArgumentException foreign) {
            return "";
        }
    }
}
