package org.tocsin.gateway.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people in by an OpenID provider. What a sign-in must remember (state, nonce, the code's verifier) is with the
 * browser, for whoever calls to keep sealed. Blocking; may be used by any thread.
 */
public final class OidcSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Duration METADATA_LIFE = Duration.ofHours(1);
    private static final Duration KEYS_AGAIN = Duration.ofSeconds(30);
    /** Who comes while the provider is away does not wait for it one after the other. */
    private static final Duration FAILURE_LIFE = Duration.ofSeconds(10);

    private static final int CLOCK_SKEW_SECONDS = 60;
    private static final int LONGEST_CODE = 4096;

    /** No algorithm with a shared secret, and never none. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final BoundedHttp http = new BoundedHttp();

    private @Nullable Provider known;
    private @Nullable Unavailable failure;
    private Instant failed = Instant.EPOCH;

    private record Provider(OIDCProviderMetadata metadata, JWKSet keys, Instant read, Instant keysRead) {}

    /**
     * A sign-in that begins.
     *
     * @param address where to send the browser
     * @param memory what the browser must bring back, to be sealed and kept by it alone
     */
    public record Begun(URI address, String memory) {}

    /** The provider is not there or does not say what it must; the message is for the log. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Makes it; nothing is asked of the provider before somebody signs in. */
    public OidcSignIn(OidcSettings settings, RandomGenerator random, InstantSource clock) {
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Begins a sign-in.
     *
     * @throws Unavailable when the provider is not there
     */
    public Begun begin() {
        OIDCProviderMetadata metadata = provider().metadata();
        String state = secret();
        String nonce = secret();
        String verifier = secret();
        Scope scope = new Scope("openid");
        settings.scopes().forEach(scope::add);
        URI address = new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE),
                        scope,
                        new ClientID(settings.client()),
                        settings.returnAddress())
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(new Nonce(nonce))
                .codeChallenge(new CodeVerifier(verifier), CodeChallengeMethod.S256)
                .build()
                .toURI();
        long until = clock.instant().plus(REMEMBERED).getEpochSecond();
        return new Begun(address, String.join(" ", state, nonce, verifier, Long.toString(until)));
    }

    /**
     * Ends a sign-in.
     *
     * @param memory what the browser has kept, unsealed
     * @param query what the provider gave the browser
     * @return the claim that names the person; empty where anything is not as it must be
     * @throws Unavailable when the provider is not there
     */
    public Optional<String> end(String memory, Map<String, String> query) {
        String[] kept = memory.split(" ", -1);
        if (kept.length != 4
                || !kept[3].matches("[0-9]{1,12}")
                || clock.instant().getEpochSecond() >= Long.parseLong(kept[3])) {
            return refused("the sign-in took too long, or was not begun in this browser");
        }
        if (!java.security.MessageDigest.isEqual(
                kept[0].getBytes(java.nio.charset.StandardCharsets.UTF_8),
                query.getOrDefault("state", "").getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
            return refused("the state is another");
        }
        String issuer = query.get("iss");
        if (issuer != null && !issuer.equals(settings.issuer().toString())) {
            return refused("the answer is another issuer's");
        }
        String code = query.getOrDefault("code", "");
        if (code.isEmpty() || code.length() > LONGEST_CODE) {
            return refused("the provider has refused, or sent no code");
        }
        try {
            return claim(exchanged(code, kept[2]), kept[1]);
        } catch (IOException away) {
            throw new Unavailable("the OpenID provider did not take the code: " + away.getMessage(), away);
        } catch (ParseException | JOSEException | BadJOSEException | java.text.ParseException wrong) {
            return refused(String.valueOf(wrong.getMessage()));
        }
    }

    private JWT exchanged(String code, String verifier) throws IOException, ParseException {
        OIDCProviderMetadata metadata = provider().metadata();
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), settings.returnAddress(), new CodeVerifier(verifier));
        ClientID client = new ClientID(settings.client());
        TokenRequest request = settings.secret().isEmpty()
                ? new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant).build()
                : new TokenRequest.Builder(metadata.getTokenEndpointURI(), proof(metadata, client), grant).build();
        TokenResponse response =
                OIDCTokenResponseParser.parse(request.toHTTPRequest().send(http));
        if (!response.indicatesSuccess()) {
            throw new ParseException("the provider refused the code: "
                    + response.toErrorResponse().getErrorObject().getCode());
        }
        JWT token = ((com.nimbusds.openid.connect.sdk.OIDCTokenResponse) response.toSuccessResponse())
                .getOIDCTokens()
                .getIDToken();
        if (token == null) {
            throw new ParseException("the provider sent no ID token");
        }
        return token;
    }

    private ClientAuthentication proof(OIDCProviderMetadata metadata, ClientID client) {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean onlyPost = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        Secret secret = new Secret(settings.secret());
        return onlyPost ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret);
    }

    private Optional<String> claim(JWT token, String nonce)
            throws JOSEException, BadJOSEException, java.text.ParseException, ParseException {
        if (!(token.getHeader().getAlgorithm() instanceof JWSAlgorithm algorithm) || !ALGORITHMS.contains(algorithm)) {
            return refused("the ID token is signed by " + token.getHeader().getAlgorithm());
        }
        IDTokenClaimsSet claims;
        try {
            claims = validator(algorithm, provider()).validate(token, new Nonce(nonce));
        } catch (BadJOSEException perhapsNewKey) {
            // Providers change their keys; once more with those of now, where they were not just read.
            claims = validator(algorithm, withFreshKeys()).validate(token, new Nonce(nonce));
        }
        Object claim = claims.getClaim(settings.claim());
        return claim instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : refused("the ID token has no claim " + settings.claim());
    }

    private IDTokenValidator validator(JWSAlgorithm algorithm, Provider provider) {
        IDTokenValidator validator = new IDTokenValidator(
                new Issuer(settings.issuer()), new ClientID(settings.client()), algorithm, provider.keys());
        validator.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        return validator;
    }

    private synchronized Provider provider() {
        Provider there = known;
        if (there == null || clock.instant().isAfter(there.read().plus(METADATA_LIFE))) {
            there = read();
            known = there;
        }
        return there;
    }

    private synchronized Provider withFreshKeys() {
        Provider there = provider();
        if (clock.instant().isAfter(there.keysRead().plus(KEYS_AGAIN))) {
            there = read();
            known = there;
        }
        return there;
    }

    private Provider read() {
        Unavailable lately = failure;
        if (lately != null && clock.instant().isBefore(failed.plus(FAILURE_LIFE))) {
            throw lately;
        }
        try {
            Provider there = asked();
            failure = null;
            return there;
        } catch (Unavailable away) {
            failure = away;
            failed = clock.instant();
            throw away;
        }
    }

    private Provider asked() {
        String issuer = settings.issuer().toString();
        URI address = URI.create((issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + "/.well-known/openid-configuration");
        try {
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(http.get(address));
            if (!issuer.equals(metadata.getIssuer().getValue())) {
                throw new ParseException("it calls itself " + metadata.getIssuer());
            }
            if (metadata.getAuthorizationEndpointURI() == null
                    || metadata.getTokenEndpointURI() == null
                    || metadata.getJWKSetURI() == null) {
                throw new ParseException("an endpoint is missing");
            }
            JWKSet keys = JWKSet.parse(http.get(metadata.getJWKSetURI()));
            Instant now = clock.instant();
            return new Provider(metadata, keys, now, now);
        } catch (IOException | ParseException | java.text.ParseException failed) {
            throw new Unavailable("the OpenID provider " + issuer + ": " + failed.getMessage(), failed);
        }
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<String> refused(String why) {
        // What came from outside may hold line breaks.
        LOG.warn("a sign-in by the OpenID provider was refused: {}", why.replaceAll("[\\p{Cntrl}]", " "));
        return Optional.empty();
    }
}
