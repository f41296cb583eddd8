import { Hono } from "hono";
import type { Gitlab } from "./gitlab-context";

/** OpenID discovery and the key set, cached for 24 h as GitLab's is. */
export function discoveryRoutes(gitlab: Gitlab): Hono {
  const app = new Hono();
  app.get("/.well-known/openid-configuration", (c) => {
    const base = gitlab.baseUrl();
    return c.json({
      issuer: gitlab.issuer,
      authorization_endpoint: `${base}/oauth/authorize`,
      token_endpoint: `${base}/oauth/token`,
      revocation_endpoint: `${base}/oauth/revoke`,
      jwks_uri: `${base}/oauth/discovery/keys`,
      scopes_supported: ["api", "read_api", "read_user"],
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: ["authorization_code", "refresh_token"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      claim_types_supported: ["normal"],
      claims_supported: ["iss", "sub", "aud", "exp", "iat"],
      code_challenge_methods_supported: ["S256"],
    });
  });
  app.get("/oauth/discovery/keys", (c) =>
    c.json(gitlab.keys.publicKeys, 200, { "Cache-Control": "public, max-age=86400, must-revalidate, no-transform" }),
  );
  return app;
}
