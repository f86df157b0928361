package org.tocsin.gateway.access.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OidcSignInTest {
    private final OpenIdProvider provider = new OpenIdProvider();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final OidcSignIn oidc = with(OpenIdProvider.SECRET);

    private OidcSignIn with(String secret) {
        return new OidcSignIn(
                new OidcSettings(
                        provider.issuer(),
                        OpenIdProvider.CLIENT,
                        secret,
                        "preferred_username",
                        List.of("profile"),
                        "https://warn.example.org"),
                new SecureRandom(),
                now::get);
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private Optional<String> claimed() {
        OidcSignIn.Begun begun = oidc.begin();
        return oidc.end(begun.memory(), provider.signIn(begun.address(), "zhang"));
    }

    @Test
    void learnsWhoSignedInByCodeAndProof() {
        OidcSignIn.Begun begun = oidc.begin();
        String address = begun.address().toString();

        assertTrue(address.startsWith(provider.issuer() + "/authorize?"));
        assertTrue(address.contains("code_challenge_method=S256") && address.contains("response_type=code"));
        assertTrue(address.contains("scope=openid+profile") || address.contains("scope=openid%20profile"), address);
        assertFalse(address.contains(begun.memory().split(" ", -1)[2]), "the verifier stays here");
        assertEquals(Optional.of("zhang"), oidc.end(begun.memory(), provider.signIn(begun.address(), "zhang")));
    }

    @Test
    void takesACodeOnlyWithTheStateOfTheSameBrowser() {
        OidcSignIn.Begun one = oidc.begin();
        OidcSignIn.Begun other = oidc.begin();
        Map<String, String> answer = provider.signIn(one.address(), "zhang");

        assertEquals(Optional.empty(), oidc.end(other.memory(), answer));
        assertEquals(Optional.empty(), oidc.end("", answer));
        assertEquals(Optional.empty(), oidc.end(one.memory(), Map.of("code", "x")));
        assertEquals(Optional.empty(), oidc.end(one.memory(), Map.of("error", "access_denied")));
        Map<String, String> elsewhere = new HashMap<>(answer);
        elsewhere.put("iss", "https://evil.example");
        assertEquals(Optional.empty(), oidc.end(one.memory(), elsewhere));
        assertEquals(Optional.of("zhang"), oidc.end(one.memory(), answer));
        assertEquals(Optional.empty(), oidc.end(one.memory(), answer), "a code counts once");
    }

    @Test
    void forgetsASignInAfterTenMinutes() {
        OidcSignIn.Begun begun = oidc.begin();
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(10)));

        assertEquals(Optional.empty(), oidc.end(begun.memory(), provider.signIn(begun.address(), "zhang")));
    }

    @Test
    void refusesTokensThatSaySomethingElse() {
        for (Map<String, Object> lie : List.<Map<String, Object>>of(
                Map.of("iss", "https://evil.example"),
                Map.of("aud", "another-client"),
                Map.of("nonce", "another"),
                Map.of("exp", Instant.now().minusSeconds(120)),
                Map.of("preferred_username", 7),
                Map.of("preferred_username", " "))) {
            provider.lies = lie;
            assertEquals(Optional.empty(), claimed(), lie.toString());
        }
        provider.lies = Map.of("exp", Instant.now().minusSeconds(20));
        assertEquals(Optional.of("zhang"), claimed(), "clocks may differ by a minute");
        provider.lies = Map.of();
        provider.forged = true;
        assertEquals(Optional.empty(), claimed(), "a key that is not published");
    }

    @Test
    void readsTheKeysAgainWhenTheProviderHasChangedThem() throws Exception {
        assertEquals(Optional.of("zhang"), claimed());
        provider.changeKey();
        now.updateAndGet(before -> before.plusSeconds(31));

        assertEquals(Optional.of("zhang"), claimed());
    }

    @Test
    void refusesWithoutTheClientsSecret() {
        OidcSignIn other = with("wrong");
        OidcSignIn.Begun begun = other.begin();

        assertEquals(Optional.empty(), other.end(begun.memory(), provider.signIn(begun.address(), "zhang")));
    }

    @Test
    void saysWhenTheProviderIsAwayOrAnswersWithoutEnd() {
        provider.endless = true;
        OidcSignIn.Unavailable endless = assertThrows(OidcSignIn.Unavailable.class, oidc::begin);
        assertTrue(String.valueOf(endless.getMessage()).contains("more than"), endless.getMessage());
        provider.endless = false;
        assertThrows(OidcSignIn.Unavailable.class, oidc::begin, "it is not asked again at once");
        now.updateAndGet(before -> before.plusSeconds(10));
        oidc.begin();
        provider.close();
        assertThrows(
                OidcSignIn.Unavailable.class, () -> with(OpenIdProvider.SECRET).begin());
    }
}
