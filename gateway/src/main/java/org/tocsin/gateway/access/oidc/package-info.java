/** Sign-in by an OpenID provider: the authorization code flow with PKCE, from discovery to the claim of a person. */
@NullMarked
package org.tocsin.gateway.access.oidc;

import org.jspecify.annotations.NullMarked;
