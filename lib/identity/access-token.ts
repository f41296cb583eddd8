import { randomUUID } from "node:crypto";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { knownError, TrustdeskError } from "@/lib/errors";
import type { OauthApplication } from "@/lib/gitlab/oauth";
import { refreshTokens } from "@/lib/gitlab/oauth";
import { tokenCipher } from "./token-cipher";

export interface TokenOptions {
  clock: Clock;
  /** A token that GitLab has just refused, whatever its age: it is not given again. */
  rejected?: string | undefined;
  /** Waits; tests pass their own. */
  sleep?: (milliseconds: number) => Promise<void>;
  fetch?: typeof fetch;
}

interface StoredTokens {
  id: string;
  userId: string;
  access_token: string | null;
  refresh_token: string | null;
  expires_at: number | null;
}

const leaseMilliseconds = 15_000;
const pollMilliseconds = 200;
const mostPolls = 100;
/** A token this close to its end is renewed first, so that it survives the request. */
const marginSeconds = 60;

const ended = "Your sign-in at GitLab has ended. Sign in again.";

/** The portal's OAuth application, from the configuration. */
export function oauthApplication(): OauthApplication {
  return {
    baseUrl: env.gitlabUrl,
    clientId: env.gitlabClientId,
    clientSecret: env.gitlabClientSecret,
    redirectUri: `${env.webUrl}/api/auth/callback/gitlab`,
  };
}

/**
 * The person's valid access token, renewed first when it is about to expire or was refused. GitLab's refresh kills the old pair,
 * so one caller takes a lease on the row and the others wait for what it stores. No transaction is open meanwhile.
 * Throws `not-signed-in` when the tokens are unreadable or the grant is gone, `unavailable` when GitLab is.
 */
export async function accessTokenOf(accountId: string, options: TokenOptions): Promise<string> {
  for (let poll = 0; poll < mostPolls; poll += 1) {
    const stored = await database().account.findUnique({
      where: { id: accountId },
      select: { id: true, userId: true, access_token: true, refresh_token: true, expires_at: true },
    });
    if (!stored) throw new TrustdeskError("not-signed-in", ended);
    const now = options.clock.now().getTime() / 1000;
    const token =
      stored.expires_at !== null && stored.expires_at - marginSeconds > now ? readable(stored, "access_token") : null;
    if (token !== null && token !== options.rejected) return token;
    const lease = await takeLease(stored, options.clock);
    if (lease) return renew(stored, lease, options);
    await (options.sleep ?? sleep)(pollMilliseconds);
  }
  throw new TrustdeskError(
    "unavailable",
    "Your sign-in is being renewed and GitLab takes long. Try again in a moment.",
  );
}

function readable(stored: StoredTokens, field: "access_token" | "refresh_token"): string {
  const token = stored[field] === null ? null : tokenCipher(env.secret).decrypt(stored[field], stored.userId);
  if (token === null) throw new TrustdeskError("not-signed-in", ended);
  return token;
}

/** Compare and set: only for the tokens that were read, and only when nobody holds a lease that still runs. */
async function takeLease(stored: StoredTokens, clock: Clock): Promise<string | null> {
  const now = clock.now();
  const lease = randomUUID();
  const { count } = await database().account.updateMany({
    where: {
      id: stored.id,
      refresh_token: stored.refresh_token,
      OR: [{ refreshLeaseUntil: null }, { refreshLeaseUntil: { lt: now } }],
    },
    data: { refreshLease: lease, refreshLeaseUntil: new Date(now.getTime() + leaseMilliseconds) },
  });
  return count === 1 ? lease : null;
}

async function renew(stored: StoredTokens, lease: string, options: TokenOptions): Promise<string> {
  const mine = { id: stored.id, refreshLease: lease };
  const free = { refreshLease: null, refreshLeaseUntil: null };
  try {
    const application = { ...oauthApplication(), ...(options.fetch ? { fetch: options.fetch } : {}) };
    const tokens = await refreshTokens(application, readable(stored, "refresh_token"));
    const cipher = tokenCipher(env.secret);
    await database().account.updateMany({
      where: mine,
      data: {
        ...free,
        access_token: cipher.encrypt(tokens.access_token, stored.userId),
        refresh_token: cipher.encrypt(tokens.refresh_token, stored.userId),
        expires_at: Math.floor(options.clock.now().getTime() / 1000) + tokens.expires_in,
      },
    });
    return tokens.access_token;
  } catch (error) {
    const gone = knownError(error)?.code === "not-signed-in";
    await database().account.updateMany({
      where: mine,
      data: gone ? { ...free, access_token: null, refresh_token: null, expires_at: null } : free,
    });
    throw error;
  }
}

async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
