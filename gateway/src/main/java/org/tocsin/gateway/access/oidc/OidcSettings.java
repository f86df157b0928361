package org.tocsin.gateway.access.oidc;

import java.net.URI;
import java.util.List;

/**
 * What the operator has set of the OpenID provider.
 *
 * @param issuer its issuer; {@code /.well-known/openid-configuration} below it is read
 * @param client the id under which this gateway is registered there
 * @param secret that client's secret; empty for a public client, which PKCE alone protects
 * @param claim which claim of the ID token is the account's name, such as {@code preferred_username}
 * @param scopes what is asked for beside {@code openid}
 * @param publicUrl where browsers find this gateway, without a slash at its end
 */
public record OidcSettings(
        URI issuer, String client, String secret, String claim, List<String> scopes, String publicUrl) {
    /** Where the provider sends browsers back to. */
    public static final String RETURN_PATH = "/console/sign-in/oidc/return";

    /** Copies the scopes. */
    public OidcSettings {
        scopes = List.copyOf(scopes);
    }

    URI returnAddress() {
        return URI.create(publicUrl + RETURN_PATH);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "OidcSettings[" + issuer + ", " + client + "]";
    }
}
