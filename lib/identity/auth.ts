import type { NextAuthOptions, Profile } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import { gitlabClient } from "@/lib/gitlab/client";
import type { GitlabUser } from "@/lib/gitlab/schema";
import { log } from "@/lib/log";
import { paths, sameOriginPath } from "@/lib/paths";
import { encryptedAdapter } from "./adapter";
import { admit } from "./sign-in";
import { endGrantWithLastSession } from "./sign-out";
import { callbackUrlCookie, cookiePrefix, sessionCookie } from "./wire-names";

const sessionSeconds = 12 * 60 * 60;
const blockedUser: GitlabUser = { id: -1, username: "", name: "", state: "blocked", avatar_url: null, web_url: null };

/** next-auth's configuration. `previousSession` is the session token that the browser brought, or null. */
export function authOptions(previousSession: string | null): NextAuthOptions {
  return {
    secret: env.secret,
    adapter: encryptedAdapter(previousSession),
    session: { strategy: "database", maxAge: sessionSeconds },
    providers: [gitlabProvider()],
    pages: { signIn: paths.signIn(), error: paths.signIn(), signOut: paths.signIn() },
    cookies: ourCookies(),
    useSecureCookies: isHttps(),
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (!account || !profile) return false;
        const decision = await admit(profile as unknown as GitlabUser, account, systemClock);
        return decision.ok || paths.signIn({ reason: decision.failure });
      },
      redirect: ({ url, baseUrl }) =>
        baseUrl + sameOriginPath(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url),
    },
    events: {
      // With database sessions next-auth passes the ended session, or null; its type knows both strategies.
      signOut: async ({ session }) => {
        const userId = (session as { userId?: string } | null | undefined)?.userId;
        if (userId) await endGrantWithLastSession(userId, systemClock);
      },
    },
    logger: {
      error: (code, metadata) => {
        const { error } = metadata instanceof Error ? { error: metadata } : metadata;
        log.warn({ err: error, code }, "sign-in failed");
      },
      warn: (code) => log.debug({ code }, "sign-in warning"),
      debug: () => undefined,
    },
  };
}

/** Plain OAuth with the least scopes; no openid, so that no id_token comes (its issuer may differ from the API's address). */
function gitlabProvider(): OAuthConfig<GitlabUser> {
  return {
    id: "gitlab",
    name: "GitLab",
    type: "oauth",
    issuer: env.gitlabUrl,
    clientId: env.gitlabClientId,
    clientSecret: env.gitlabClientSecret,
    checks: ["pkce", "state"],
    httpOptions: { timeout: 10_000 },
    authorization: { url: `${env.gitlabUrl}/oauth/authorize`, params: { scope: "read_user read_api" } },
    token: `${env.gitlabUrl}/oauth/token`,
    userinfo: { request: async ({ tokens }) => (await whoSignsIn(tokens.access_token ?? "")) as unknown as Profile },
    // No e-mail: people are GitLab's user ids, and addresses change hands.
    profile: (user) => ({ id: String(user.id), name: user.name, image: user.avatar_url }),
  };
}

async function whoSignsIn(token: string): Promise<GitlabUser> {
  try {
    return await gitlabClient({
      baseUrl: env.gitlabUrl,
      token: () => Promise.resolve(token),
      clock: systemClock,
    }).user();
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "forbidden" || code === "not-signed-in") return blockedUser;
    throw error;
  }
}

function isHttps(): boolean {
  return env.webUrl.startsWith("https://");
}

function ourCookies(): NonNullable<NextAuthOptions["cookies"]> {
  const options = { httpOnly: true, sameSite: "lax" as const, path: "/", secure: isHttps() };
  const named = (name: string) => ({ name, options });
  return {
    sessionToken: named(sessionCookie),
    callbackUrl: named(callbackUrlCookie),
    csrfToken: named(`${cookiePrefix}csrf`),
    pkceCodeVerifier: named(`${cookiePrefix}pkce`),
    state: named(`${cookiePrefix}state`),
    nonce: named(`${cookiePrefix}nonce`),
  };
}
