package org.tocsin.gateway.access.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenID provider over sockets for tests: discovery, keys, the code flow with PKCE and a client's secret. Its people
 * need no password: whoever is asked for is signed in.
 */
public final class OpenIdProvider implements AutoCloseable {
    /** The client that it knows, and its secret. */
    public static final String CLIENT = "tocsin";

    /** That client's secret. */
    public static final String SECRET = "a-secret-of-the-client";

    /** Changes of what its ID tokens say. */
    public volatile Map<String, Object> lies = Map.of();

    /** Whether its tokens are signed by a key that it does not publish. */
    public volatile boolean forged;

    /** Whether its discovery is endless. */
    public volatile boolean endless;

    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile RSAKey key;
    private final RSAKey other;

    /** Starts it on a free port of the loopback. */
    public OpenIdProvider() {
        try {
            key = new RSAKeyGenerator(2048).keyID("one").generate();
            other = new RSAKeyGenerator(2048).keyID("one").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | JOSEException failed) {
            throw new IllegalStateException(failed);
        }
        server.createContext("/realm/.well-known/openid-configuration", exchange -> answer(exchange, 200, discovery()));
        server.createContext(
                "/realm/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/realm/token", this::token);
        server.start();
    }

    /** Its issuer. */
    public URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/realm");
    }

    /** Changes its key, as providers do now and then. */
    public void changeKey() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("two").generate();
    }

    /** What a person's browser is sent back with. */
    public Map<String, String> signIn(URI asked, String person) {
        Map<String, String> query = form(asked.getRawQuery());
        String code = "code-" + count.incrementAndGet();
        query.put("person", person);
        codes.put(code, query);
        return Map.of("code", code, "state", query.getOrDefault("state", ""), "iss", issuer().toString());
    }

    private String discovery() {
        String base = issuer().toString();
        return "{\"issuer\":\"" + base + "\",\"authorization_endpoint\":\"" + base
                + "/authorize\",\"token_endpoint\":\""
                + base + "/token\",\"jwks_uri\":\"" + base + "/keys\",\"subject_types_supported\":[\"public\"],"
                + "\"response_types_supported\":[\"code\"],\"id_token_signing_alg_values_supported\":[\"RS256\"]"
                + (endless ? ",\"x\":\"" + "x".repeat(1 << 20) + "\"" : "") + "}";
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> posted = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Map<String, String> asked = codes.remove(posted.getOrDefault("code", ""));
        String basic = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
        boolean right = asked != null
                && basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && posted.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
                && challenge(posted.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"));
        if (!right || asked == null) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        try {
            answer(
                    exchange,
                    200,
                    "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken(asked) + "\"}");
        } catch (JOSEException failed) {
            throw new IOException(failed);
        }
    }

    private String idToken(Map<String, String> asked) throws JOSEException {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject("subject-1")
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", asked.get("nonce"))
                .claim("preferred_username", asked.get("person"));
        lies.forEach((name, value) -> {
            if (value instanceof Instant at) {
                claims.claim(name, Date.from(at));
            } else {
                claims.claim(name, value);
            }
        });
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
        token.sign(new RSASSASigner(forged ? other : key));
        return token.serialize();
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) {
        try (exchange) {
            byte[] body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
