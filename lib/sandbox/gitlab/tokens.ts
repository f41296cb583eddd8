import { createHash, randomBytes } from "node:crypto";
import type { Person } from "../company/people";
import { seededTokens } from "../company/people";
import type { Grant, StateFile } from "./state";
import type { World } from "./world";

/** Access tokens live 7,200 s (docs.gitlab.com/api/oauth2). */
const accessTokenSeconds = 7200;

export interface TokenPair {
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
  refresh_token: string;
  scope: string;
  created_at: number;
}

/** What a presented token turned out to be. */
export type Presented =
  | {
      kind: "valid";
      person: Person;
      scopes: readonly string[];
      createdAt: number;
      expiresIn: number | null;
      oauth: boolean;
    }
  | { kind: "expired" }
  | { kind: "revoked" }
  | { kind: "unknown" };

export interface Tokens {
  issue(userId: number, scopes: string[]): TokenPair;
  /** Kills the pair of `refreshToken` and issues another; null when it is unknown or dead. */
  refresh(refreshToken: string): TokenPair | null;
  /** Kills the pair that `token`, access or refresh, belongs to. */
  revoke(token: string): void;
  revokeAll(userId: number): void;
  inspect(token: string): Presented;
}

/** OAuth grants and personal access tokens; only hashes are kept. */
export function createTokens(file: StateFile, world: () => World, now: () => Date): Tokens {
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  const personal = new Map(seededTokens.map((one) => [hashOf(one.token), one]));
  const grants = (): Grant[] => file.value.grants;

  const issue = (userId: number, scopes: string[]): TokenPair => {
    const access = randomBytes(32).toString("hex");
    const refresh = randomBytes(32).toString("hex");
    const createdAt = seconds();
    file.value.grants = [
      ...grants().filter((one) => !isLongDead(one, createdAt)),
      { accessHash: hashOf(access), refreshHash: hashOf(refresh), userId, scopes, createdAt, revoked: false },
    ];
    file.changed();
    return {
      access_token: access,
      token_type: "Bearer",
      expires_in: accessTokenSeconds,
      refresh_token: refresh,
      scope: scopes.join(" "),
      created_at: createdAt,
    };
  };
  const kill = (dead: (one: Grant) => boolean): void => {
    for (const one of grants()) if (dead(one)) one.revoked = true;
    file.changed();
  };
  const inspectGrant = (hash: string): Presented => {
    const grant = grants().find((one) => one.accessHash === hash);
    if (!grant) return { kind: "unknown" };
    if (grant.revoked) return { kind: "revoked" };
    const expiresIn = grant.createdAt + accessTokenSeconds - seconds();
    if (expiresIn <= 0) return { kind: "expired" };
    const person = world().personById(grant.userId);
    return person
      ? { kind: "valid", person, scopes: grant.scopes, createdAt: grant.createdAt, expiresIn, oauth: true }
      : { kind: "unknown" };
  };
  return {
    issue,
    refresh: (refreshToken) => {
      const hash = hashOf(refreshToken);
      const grant = grants().find((one) => one.refreshHash === hash && !one.revoked);
      if (!grant || world().personById(grant.userId)?.state !== "active") return null;
      grant.revoked = true;
      return issue(grant.userId, grant.scopes);
    },
    revoke: (token) => {
      const hash = hashOf(token);
      kill((one) => one.accessHash === hash || one.refreshHash === hash);
    },
    revokeAll: (userId) => kill((one) => one.userId === userId),
    inspect: (token) => {
      const hash = hashOf(token);
      const seeded = personal.get(hash);
      const person = seeded && world().personByUsername(seeded.username);
      return person
        ? { kind: "valid", person, scopes: seeded.scopes, createdAt: 0, expiresIn: null, oauth: false }
        : inspectGrant(hash);
    },
  };
}

/** SHA-256, hex. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function isLongDead(grant: Grant, atSeconds: number): boolean {
  return grant.revoked && grant.createdAt < atSeconds - 7 * 86_400;
}
