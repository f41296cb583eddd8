import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { Hono } from "hono";
import { application } from "../company/people";
import type { Gitlab } from "./gitlab-context";
import { consentPage, oauthErrorPage } from "./oauth-pages";
import { hashOf } from "./tokens";

/** An authorization code, waiting for its one use (docs.gitlab.com/api/oauth2, "Authorization code with PKCE"). */
interface Code {
  userId: number;
  scopes: string[];
  redirectUri: string;
  challenge: string;
  expiresAt: number;
}

const codeLifeMs = 10 * 60_000;
const badGrant = {
  error: "invalid_grant",
  error_description:
    "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
};
const badClient = {
  error: "invalid_client",
  error_description:
    "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
};

/** Authorization code with PKCE S256 and state, token, revocation and token info. */
export function oauthRoutes(gitlab: Gitlab): Hono {
  const codes = new Map<string, Code>();
  const app = new Hono();
  app.get("/oauth/authorize", async (c) => {
    const request = await authorizationRequest(gitlab, c, c.req.query());
    if (request instanceof Response) return request;
    return c.html(
      consentPage(
        c.req.query(),
        request.scopes,
        gitlab.world().people.filter((one) => !one.bot),
      ),
    );
  });
  app.post("/oauth/authorize", async (c) => {
    const form = await textForm(c);
    const request = await authorizationRequest(gitlab, c, form);
    if (request instanceof Response) return request;
    if (form.deny)
      return sendBack(c, request, {
        error: "access_denied",
        error_description: "The resource owner or authorization server denied the request.",
      });
    const person = gitlab.world().personByUsername(form.username ?? "");
    if (!person || person.bot)
      return c.html(oauthErrorPage("Nobody chosen", "There is no such person in the sandbox."), 422);
    const code = randomBytes(32).toString("hex");
    codes.set(hashOf(code), {
      userId: person.id,
      scopes: request.scopes,
      redirectUri: request.redirectUri,
      challenge: request.challenge,
      expiresAt: gitlab.now().getTime() + codeLifeMs,
    });
    return sendBack(c, request, { code });
  });
  app.post("/oauth/token", async (c) => {
    const form = await textForm(c);
    if (!isClient(c, form))
      return c.json(badClient, 401, { "WWW-Authenticate": 'Bearer realm="Doorkeeper", error="invalid_client"' });
    c.header("Cache-Control", "no-store");
    if (form.grant_type === "refresh_token") {
      const pair = gitlab.tokens.refresh(form.refresh_token ?? "");
      return pair ? c.json(pair) : c.json(badGrant, 400);
    }
    if (form.grant_type !== "authorization_code")
      return c.json(
        {
          error: "unsupported_grant_type",
          error_description: "The authorization grant type is not supported by the authorization server.",
        },
        400,
      );
    const hash = hashOf(form.code ?? "");
    const code = codes.get(hash);
    codes.delete(hash);
    if (!code || !mayRedeem(code, form, gitlab.now())) return c.json(badGrant, 400);
    return c.json(gitlab.tokens.issue(code.userId, code.scopes));
  });
  app.post("/oauth/revoke", async (c) => {
    const form = await textForm(c);
    if (!isClient(c, form))
      return c.json(
        { error: "unauthorized_client", error_description: "You are not authorized to revoke this token" },
        403,
      );
    gitlab.tokens.revoke(form.token ?? "");
    return c.json({});
  });
  app.get("/oauth/token/info", (c) => {
    const presented = gitlab.tokens.inspect(/^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "");
    if (presented.kind !== "valid" || !presented.oauth)
      return c.json(
        { error: "invalid_token", error_description: "The access token is invalid", state: "unauthorized" },
        401,
      );
    return c.json({
      resource_owner_id: presented.person.id,
      scope: presented.scopes,
      expires_in: presented.expiresIn,
      application: { uid: application.clientId },
      created_at: presented.createdAt,
    });
  });
  return app;
}

interface AuthorizationRequest {
  redirectUri: string;
  state: string;
  scopes: string[];
  challenge: string;
}

/** Checks the query in Doorkeeper's order: client and redirect URI get a page, the rest goes back to the client. */
async function authorizationRequest(
  gitlab: Gitlab,
  c: Context,
  query: Record<string, string>,
): Promise<AuthorizationRequest | Response> {
  if (query.client_id !== application.clientId)
    return c.html(oauthErrorPage("An error has occurred", badClient.error_description), 401);
  const redirectUri = query.redirect_uri ?? "";
  if (!gitlab.redirectAllowed(redirectUri))
    return c.html(oauthErrorPage("An error has occurred", "The redirect URI included is not valid."), 401);
  const scopes = (query.scope ?? "api").split(" ").filter(Boolean);
  const request = { redirectUri, state: query.state ?? "", scopes, challenge: query.code_challenge ?? "" };
  if (query.response_type !== "code")
    return sendBack(c, request, {
      error: "unsupported_response_type",
      error_description: "The authorization server does not support this response type.",
    });
  if (scopes.length === 0 || scopes.some((scope) => !application.scopes.some((one) => one === scope)))
    return sendBack(c, request, {
      error: "invalid_scope",
      error_description: "The requested scope is invalid, unknown, or malformed.",
    });
  if (!request.state)
    return sendBack(c, request, { error: "invalid_request", error_description: "Missing required parameter: state." });
  if (query.code_challenge_method !== "S256" || !/^[\w~.-]{43}$/.test(request.challenge))
    return sendBack(c, request, {
      error: "invalid_request",
      error_description: "The code challenge method must be S256.",
    });
  return request;
}

function sendBack(
  c: Context,
  request: { redirectUri: string; state: string },
  answer: Record<string, string>,
): Response {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (request.state) url.searchParams.set("state", request.state);
  return c.redirect(url.toString(), 302);
}

function mayRedeem(code: Code, form: Record<string, string>, now: Date): boolean {
  const verifier = form.code_verifier ?? "";
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return (
    code.expiresAt > now.getTime() && code.redirectUri === form.redirect_uri && sameText(challenge, code.challenge)
  );
}

/** The client's secret in the form (client_secret_post) or the header (client_secret_basic). */
function isClient(c: Context, form: Record<string, string>): boolean {
  const basic = /^Basic (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  const [id = "", secret = ""] = basic
    ? Buffer.from(basic, "base64").toString("utf8").split(":").map(decodeURIComponent)
    : [form.client_id, form.client_secret];
  return sameText(id, application.clientId) && sameText(secret, application.clientSecret);
}

function sameText(left: string, right: string): boolean {
  return timingSafeEqual(createHash("sha256").update(left).digest(), createHash("sha256").update(right).digest());
}

async function textForm(c: Context): Promise<Record<string, string>> {
  const json = c.req.header("content-type")?.startsWith("application/json");
  const body: unknown = json ? await c.req.json().catch(() => ({})) : await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}
