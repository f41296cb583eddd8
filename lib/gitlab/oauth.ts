import { TrustdeskError } from "@/lib/errors";
import { gitlabUnreachable, isWebPage, notGitlab, oauthErrorCode } from "./failure";
import { redirectsForEver, redirectTarget } from "./redirect";
import type { OauthTokens } from "./schema";
import { oauthTokensSchema } from "./schema";

/** The portal's OAuth application in GitLab. */
export interface OauthApplication {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  fetch?: typeof fetch;
}

/**
 * Changes a refresh token for new tokens; GitLab kills the old pair with it (docs.gitlab.com/api/oauth2).
 * Throws `not-signed-in` when the grant is revoked or spent, `unavailable` when GitLab does not answer.
 */
export async function refreshTokens(application: OauthApplication, refreshToken: string): Promise<OauthTokens> {
  const response = await post(application, "/oauth/token", {
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    redirect_uri: application.redirectUri,
  });
  const text = await response.text().catch(() => "");
  if (isWebPage(text) && response.status < 500 && response.status !== 429)
    throw notGitlab(response.status, application.baseUrl);
  const body = jsonOf(text);
  if (response.ok) {
    const tokens = oauthTokensSchema.safeParse(body);
    if (tokens.success) return tokens.data;
    throw new TrustdeskError(
      "upstream",
      "GitLab answered the refresh of your sign-in in an unknown form. Sign in again.",
      { cause: tokens.error },
    );
  }
  if (response.status < 500 && response.status !== 429) {
    const cause = new Error(oauthErrorCode(body) ?? `status ${response.status}`);
    throw new TrustdeskError("not-signed-in", "Your sign-in at GitLab has ended. Sign in again.", { cause });
  }
  throw new TrustdeskError("unavailable", "GitLab could not renew your sign-in just now. Try again in a moment.");
}

/** Ends the grant behind a token at GitLab. Throws `unavailable` when GitLab does not answer. */
export async function revokeToken(application: OauthApplication, token: string): Promise<void> {
  const response = await post(application, "/oauth/revoke", { token });
  await response.body?.cancel();
  if (!response.ok) throw new TrustdeskError("unavailable", `GitLab did not revoke the sign-in (${response.status}).`);
}

/** Whether GitLab answers at all, asked without a token. Never throws. */
export async function gitlabAnswers(application: Pick<OauthApplication, "baseUrl" | "fetch">): Promise<boolean> {
  try {
    const response = await (application.fetch ?? fetch)(`${application.baseUrl}/.well-known/openid-configuration`, {
      cache: "no-store",
      signal: AbortSignal.timeout(5_000),
    });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function post(application: OauthApplication, path: string, fields: Record<string, string>): Promise<Response> {
  const { baseUrl, clientId, clientSecret } = application;
  const url = new URL(`${baseUrl}${path}`);
  const response = await (application.fetch ?? fetch)(url, {
    method: "POST",
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }),
    headers: { accept: "application/json" },
    redirect: "manual",
    cache: "no-store",
    signal: AbortSignal.timeout(10_000),
  }).catch((error: unknown) => {
    throw gitlabUnreachable(error);
  });
  if (redirectTarget(response, url, baseUrl)) throw redirectsForEver(baseUrl);
  return response;
}
