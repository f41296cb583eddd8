import { z } from "zod";
import type { Clock } from "@/lib/clock";
import type { Env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import { gitlabClient } from "@/lib/gitlab/client";
import { oauthErrorCode } from "@/lib/gitlab/failure";
import { gitlabGet } from "@/lib/gitlab/request";
import type { Check } from "./check";
import { failed, ok, warning } from "./check";
import { clockCheck } from "./clock-check";

/** docs.gitlab.com/api/personal_access_tokens, "Get details on a personal access token": self. */
const tokenSchema = z.object({
  scopes: z.array(z.string()),
  active: z.boolean(),
  expires_at: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
});
export type BotToken = z.infer<typeof tokenSchema>;

const timeoutMs = 10_000;
const dayMs = 86_400_000;
const enough = ["read_api", "api"];

/** GitLab itself, its clock, the OAuth application and the bot's token. Only reads; never throws. */
export async function gitlabChecks(env: Env, clock: Clock): Promise<Check[]> {
  const name = "gitlab";
  const discovery = `${env.gitlabUrl}/.well-known/openid-configuration`;
  const answer = await fetch(discovery, { signal: AbortSignal.timeout(timeoutMs) }).catch(() => null);
  await answer?.body?.cancel();
  if (!answer?.ok)
    return [
      failed(
        name,
        `${discovery} ${answer ? `answers ${answer.status}` : "does not answer"}.`,
        "Check GITLAB_URL (with GitLab's relative root, if it has one), and network, proxy and certificates of this machine.",
      ),
    ];
  const date = answer.headers.get("date");
  return [
    ok(name, `${env.gitlabUrl} answers.`),
    clockCheck("clock: gitlab", clock.now(), date === null ? null : new Date(date)),
    await applicationCheck(env),
    ...(await botChecks(env, clock)),
  ];
}

/**
 * Redeems a code that cannot exist: Doorkeeper, which GitLab uses, looks at the client first (`invalid_client`) and at
 * the code after it (`invalid_grant`). Redirect URI and scopes can only be seen by signing in.
 */
async function applicationCheck({ gitlabUrl, gitlabClientId, gitlabClientSecret, webUrl }: Env): Promise<Check> {
  const name = "gitlab: application";
  const redirect = `${webUrl}/api/auth/callback/gitlab`;
  const form = {
    grant_type: "authorization_code",
    code: "trustdesk-doctor",
    redirect_uri: redirect,
    code_verifier: "trustdesk-doctor".repeat(3),
    client_id: gitlabClientId,
    client_secret: gitlabClientSecret,
  };
  const answer = await fetch(`${gitlabUrl}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null);
  const code = answer ? oauthErrorCode(await answer.json().catch(() => null)) : null;
  if (code === "invalid_grant")
    return ok(
      name,
      `GitLab knows its id and secret. Whether ${redirect} is its redirect URI, and read_user and read_api its scopes, shows the first sign-in.`,
    );
  if (code === "invalid_client")
    return failed(
      name,
      "GitLab does not accept its id and secret.",
      "Copy both again from the application's page in GitLab into GITLAB_CLIENT_ID and GITLAB_CLIENT_SECRET; a lost secret can be renewed there.",
    );
  return warning(
    name,
    `GitLab answered in an unknown form (${answer?.status ?? "no answer"}).`,
    "Sign in once to see whether the application works.",
  );
}

async function botChecks(env: Env, clock: Clock): Promise<Check[]> {
  const name = "gitlab: bot token";
  const { gitlabBotToken: token } = env;
  if (!token)
    return [
      warning(
        name,
        "TRUSTDESK_GITLAB_TOKEN is not set: rights are not asked again when a request is applied.",
        "Make a bot with a read_api token, and set it (docs/deploy.md).",
      ),
    ];
  const connection = { baseUrl: env.gitlabUrl, token: () => Promise.resolve(token), clock };
  try {
    const { value } = await gitlabGet(connection, "/personal_access_tokens/self", tokenSchema);
    const { version } = await gitlabClient(connection).metadata();
    return [botTokenCheck(value, clock.now()), ok("gitlab: version", `${version}.`)];
  } catch (error) {
    const known = knownError(error);
    const mend =
      "Make a new token with the scope read_api for the bot, and set it in TRUSTDESK_GITLAB_TOKEN of web and worker.";
    if (known?.code === "not-signed-in")
      return [failed(name, "GitLab does not accept it: it is wrong, revoked or expired, or its bot is blocked.", mend)];
    if (known?.code === "forbidden") return [failed(name, "it does not carry the scope read_api.", mend)];
    return [
      failed(
        name,
        known?.message ?? "GitLab's answer could not be read.",
        "Try again; then ask GitLab's administrator.",
      ),
    ];
  }
}

/** Whether a bot's token will do, and for how long. */
export function botTokenCheck({ scopes, active, expires_at: expiresAt }: BotToken, now: Date): Check {
  const name = "gitlab: bot token";
  const renew =
    "Make a new token with the scope read_api for the bot, and set it in TRUSTDESK_GITLAB_TOKEN of web and worker.";
  if (!active) return failed(name, "it is not active any more.", renew);
  if (!scopes.some((scope) => enough.includes(scope)))
    return failed(name, `its scopes are ${scopes.join(", ") || "none"}; read_api is not among them.`, renew);
  const days = expiresAt === null ? null : Math.floor((Date.parse(expiresAt) - now.getTime()) / dayMs);
  if (days !== null && days < 14) return warning(name, `it expires on ${expiresAt}.`, renew);
  if (scopes.includes("api")) return warning(name, "it may write (api), which Trustdesk never does.", renew);
  return ok(
    name,
    `it has ${scopes.join(", ")}${expiresAt === null ? " and does not expire" : ` and is good until ${expiresAt}`}.`,
  );
}
