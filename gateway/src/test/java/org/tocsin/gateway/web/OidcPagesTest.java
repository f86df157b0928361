package org.tocsin.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.oidc.OidcSettings;
import org.tocsin.gateway.access.oidc.OidcSignIn;
import org.tocsin.gateway.access.oidc.OpenIdProvider;
import org.tocsin.gateway.store.Redis;
import org.tocsin.gateway.store.RedisExtension;

@ExtendWith(RedisExtension.class)
class OidcPagesTest {
    private static OidcSignIn oidc(OpenIdProvider provider) {
        return new OidcSignIn(
                new OidcSettings(
                        provider.issuer(),
                        OpenIdProvider.CLIENT,
                        OpenIdProvider.SECRET,
                        "preferred_username",
                        List.of(),
                        "https://warn.example.org"),
                new SecureRandom(),
                InstantSource.system());
    }

    private static HttpResponse<String> returned(
            TestGateway gateway, OpenIdProvider provider, String person, String back) {
        HttpResponse<String> begun =
                gateway.get(null, "/console/sign-in/oidc?back=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
        assertEquals(303, begun.statusCode());
        URI address = URI.create(begun.headers().firstValue("Location").orElseThrow());
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("SameSite=Lax") && cookie.contains("HttpOnly"));
        String query = provider.signIn(address, person).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return gateway.send(gateway.request(OidcSettings.RETURN_PATH + "?" + query)
                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .GET()
                .build());
    }

    @Test
    void signsInWhoHasAnAccountAndLeadsOnlyToTheConsole(Redis redis) {
        try (OpenIdProvider provider = new OpenIdProvider();
                TestGateway gateway = new TestGateway(redis, config -> config, oidc(provider))) {
            gateway.people.person("zhang", Role.ADMIN);
            assertTrue(gateway.get(null, "/console/sign-in").body().contains("/console/sign-in/oidc?back="));

            HttpResponse<String> in = returned(gateway, provider, "zhang", "/console/users");
            assertEquals(200, in.statusCode(), in.body());
            assertTrue(in.body().contains("url=/console/users"));
            assertTrue(in.headers().allValues("Set-Cookie").stream()
                    .anyMatch(cookie -> cookie.matches("tocsin-session=[A-Za-z0-9_-]{22};.*SameSite=Strict.*")));
            String away = returned(gateway, provider, "zhang", "https://evil.example/")
                    .body();
            assertFalse(away.contains("evil"));
            assertTrue(away.contains("url=/console/\""));
        }
    }

    @Test
    void refusesStrangersAndForeignAnswersWithAPage(Redis redis) {
        try (OpenIdProvider provider = new OpenIdProvider();
                TestGateway gateway = new TestGateway(redis, config -> config, oidc(provider))) {
            HttpResponse<String> stranger = returned(gateway, provider, "stranger", "");
            assertEquals(403, stranger.statusCode());
            assertTrue(stranger.body().contains("您在本系统没有账号"));
            assertFalse(stranger.headers().allValues("Set-Cookie").stream()
                    .anyMatch(cookie -> cookie.startsWith("tocsin-session=")));
            assertEquals(
                    401,
                    gateway.get(null, OidcSettings.RETURN_PATH + "?code=x&state=y")
                            .statusCode());
        }
    }
}
