import { PrismaAdapter } from "@next-auth/prisma-adapter";
import type { Adapter, AdapterAccount } from "next-auth/adapters";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { sessionTokenHash, tokenCipher } from "./token-cipher";

/**
 * next-auth's Prisma adapter, with tokens encrypted and session tokens hashed at rest. A sign-in always makes a
 * session for the account's own user and ends `previousSession`, the one that the browser brought: it must never
 * link a second person's account to whoever was signed in before, so `getSessionAndUser` finds nobody.
 */
export function encryptedAdapter(previousSession: string | null): Adapter {
  // The adapter's type names the client of another generator; it calls the four tables below only.
  const prisma = PrismaAdapter(database() as unknown as Parameters<typeof PrismaAdapter>[0]);
  return {
    ...prisma,
    linkAccount: async (account: AdapterAccount) => {
      await linkAccount(account);
    },
    createSession: async (session) => {
      if (previousSession) await endSession(previousSession);
      await database().session.create({ data: { ...session, sessionToken: sessionTokenHash(session.sessionToken) } });
      return session;
    },
    getSessionAndUser: () => Promise.resolve(null),
    updateSession: () => Promise.resolve(null),
    deleteSession: endSession,
  };
}

/** The tokens of a sign-in as they are stored: encrypted for one user; an id_token is not kept. */
export function storedTokens(
  account: Pick<AdapterAccount, "access_token" | "refresh_token" | "expires_at" | "scope">,
  userId: string,
) {
  const cipher = tokenCipher(env.secret);
  return {
    access_token: account.access_token ? cipher.encrypt(account.access_token, userId) : null,
    refresh_token: account.refresh_token ? cipher.encrypt(account.refresh_token, userId) : null,
    expires_at: account.expires_at ?? null,
    scope: account.scope ?? null,
    refreshLease: null,
    refreshLeaseUntil: null,
  };
}

async function linkAccount(account: AdapterAccount): Promise<void> {
  const { userId, type, provider, providerAccountId, token_type: tokenType } = account;
  await database().$transaction([
    database().account.create({
      data: {
        userId,
        type,
        provider,
        providerAccountId,
        token_type: tokenType ?? null,
        ...storedTokens(account, userId),
      },
    }),
    database().person.updateMany({
      where: { instanceId: env.instanceId, gitlabUserId: Number(providerAccountId) },
      data: { userId },
    }),
  ]);
}

/** Deletes a session by the cookie's token and returns what it was, or null. */
async function endSession(
  sessionToken: string,
): Promise<{ sessionToken: string; userId: string; expires: Date } | null> {
  const where = { sessionToken: sessionTokenHash(sessionToken) };
  const session = await database().session.findUnique({ where });
  if (!session) return null;
  await database().session.deleteMany({ where });
  return { sessionToken, userId: session.userId, expires: session.expires };
}
