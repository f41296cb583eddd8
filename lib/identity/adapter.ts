import { randomUUID } from "node:crypto";
import { PrismaAdapter } from "@next-auth/prisma-adapter";
import type { Account } from "next-auth";
import type { Adapter } from "next-auth/adapters";
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
    createUser: foundAlready,
    linkAccount: foundAlready,
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
function storedTokens(
  account: Pick<Account, "access_token" | "refresh_token" | "expires_at" | "scope">,
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

/**
 * Stores what a sign-in brought for `account`, with next-auth's user of that account and its person joined to it.
 * It comes before next-auth looks for the account, which is therefore always found: of two first sign-ins at the
 * same moment next-auth itself would refuse the second.
 */
export async function storeAccount(account: Account, profile: { name: string; image: string | null }) {
  if (await updateAccount(account)) return;
  try {
    await createAccount(account, profile);
  } catch (error) {
    if (!(await updateAccount(account))) throw error;
  }
}

async function updateAccount(account: Account): Promise<boolean> {
  const { provider, providerAccountId } = account;
  const known = await database().account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
    select: { id: true, userId: true },
  });
  if (known) await database().account.update({ where: { id: known.id }, data: storedTokens(account, known.userId) });
  return known !== null;
}

async function createAccount(account: Account, profile: { name: string; image: string | null }): Promise<void> {
  const { type, provider, providerAccountId, token_type: tokenType } = account;
  const userId = randomUUID();
  await database().$transaction([
    database().user.create({ data: { id: userId, ...profile } }),
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

function foundAlready(): never {
  throw new Error("next-auth did not find the account that the sign-in has stored");
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
