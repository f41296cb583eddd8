import { createHash, randomBytes } from "node:crypto";
import type { Sandbox } from "../start";

export const clientId = "trustdesk-demo";
export const clientSecret = "trustdesk-demo-secret";
export const redirectUri = "http://127.0.0.1:7800/api/auth/callback/gitlab";

export interface Tokens {
  access_token: string;
  refresh_token: string;
  [field: string]: unknown;
}

/** A PKCE verifier with its S256 challenge. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** The query of an authorization request. */
export function authorization(challenge: string, more: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    state: "s-1",
    scope: "read_user read_api",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  });
}

/** Presses a button of the consent page and answers with the URL that the browser is sent to. */
export async function consent(sandbox: Sandbox, query: URLSearchParams, button: Record<string, string>): Promise<URL> {
  const answer = await fetch(`${sandbox.gitlabUrl}/oauth/authorize`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...Object.fromEntries(query), ...button }),
  });
  return new URL(answer.headers.get("location") ?? "about:blank");
}

/** `POST /oauth/token` with the client's secret in the form. */
export function token(sandbox: Sandbox, form: Record<string, string>): Promise<Response> {
  return fetch(`${sandbox.gitlabUrl}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form }),
  });
}

/** The whole sign-in of `username`. */
export async function signIn(sandbox: Sandbox, username: string, scope = "read_user read_api"): Promise<Tokens> {
  const { verifier, challenge } = pkce();
  const back = await consent(sandbox, authorization(challenge, { scope }), { username });
  const answer = await token(sandbox, {
    grant_type: "authorization_code",
    code: back.searchParams.get("code") ?? "",
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  return (await answer.json()) as Tokens;
}

/** A call of `/api/v4` with a personal access token, e.g. "pia"'s. */
export function api(sandbox: Sandbox, username: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${sandbox.gitlabUrl}/api/v4${path}`, {
    redirect: "manual",
    ...init,
    headers: {
      "PRIVATE-TOKEN": `glpat-sandbox-${username}`,
      ...(init.body ? { "Content-Type": "application/json" } : {}),
    },
  });
}

/** The JSON body of such a call. */
export async function apiJson<T = Record<string, unknown>>(
  sandbox: Sandbox,
  username: string,
  path: string,
): Promise<T> {
  return (await (await api(sandbox, username, path)).json()) as T;
}

/** A call of the sandbox's control API. */
export async function control(sandbox: Sandbox, path: string, body: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${sandbox.gitlabUrl}/-/sandbox/control${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
