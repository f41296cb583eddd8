import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { TrustdeskError } from "@/lib/errors";

const windowMilliseconds = 60_000;

/** What is counted, and how many a minute are let through. */
export const limits = {
  /** An office may sit behind one address. */
  "sign-in": { most: 60, words: "sign-ins from this address" },
  write: { most: 60, words: "changes" },
  /** Drafts and snapshots of a form, sent while it is filled in; neither is domain state. */
  typing: { most: 300, words: "updates of a form" },
  /** What is asked about documents; each is read and computed with. */
  question: { most: 60, words: "questions about documents" },
} as const;

/**
 * Counts one use of `kind` by `who` in the current minute, in Postgres, so that all replicas count together.
 * Throws `too-many` with the seconds until the next minute when the limit is passed.
 */
export async function countUse(kind: keyof typeof limits, who: string, clock: Clock): Promise<void> {
  const now = clock.now().getTime();
  const windowStart = new Date(Math.floor(now / windowMilliseconds) * windowMilliseconds);
  const key = `${kind}:${who}`;
  const [row] = await database().$queryRaw<{ count: number }[]>`
    INSERT INTO "RateLimit" ("key", "windowStart", "count") VALUES (${key}, ${windowStart}, 1)
    ON CONFLICT ("key", "windowStart") DO UPDATE SET "count" = "RateLimit"."count" + 1 RETURNING "count"`;
  if (row?.count === 1) await database().rateLimit.deleteMany({ where: { key, windowStart: { lt: windowStart } } });
  const { most, words } = limits[kind];
  if (!row || row.count <= most) return;
  const retryAfter = Math.max(1, Math.ceil((windowStart.getTime() + windowMilliseconds - now) / 1000));
  throw new TrustdeskError(
    "too-many",
    `That were more than ${most} ${words} in a minute. Wait ${retryAfter} s, then go on.`,
    { retryAfter },
  );
}
