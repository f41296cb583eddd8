import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { AwsSnapshot } from "@/lib/db/generated/client";
import { fromJson } from "@/lib/db/json";
import { enqueue } from "@/lib/jobs/enqueue";
import { waitingText } from "@/lib/jobs/waiting";
import type { Snapshot } from "@/lib/plan/change";
import type { AwsFailure } from "@/lib/plan/failure";
import type { SnapshotSubject } from "./read";
import { readSnapshotRow, snapshotIn, snapshotKey } from "./read";

interface SnapshotAnswer {
  state: "reading" | "ready" | "failed";
  snapshot: Snapshot | null;
  failure: AwsFailure | null;
  readAt: string | null;
  waiting: string | null;
}

/** At most one read per name in 10 s, and no second job while one waits. */
const atMostEvery = 10_000;
/** A read that was asked for but never answered is asked for again after this. */
const forgottenAfter = 60_000;
/** Without `refresh`, what was read within a minute is good enough. */
const goodFor = 60_000;

/**
 * What AWS holds for one role name, as far as the worker has read it; asks the worker where that is missing, old,
 * about another boundary, or where `refresh` is wanted. A cache: no audit.
 */
export async function askSnapshot(
  subject: SnapshotSubject,
  { refresh, clock }: { refresh: boolean; clock: Clock },
): Promise<SnapshotAnswer> {
  const known = await readSnapshotRow(database(), subject);
  const row = known && !shouldRead(known, subject, refresh, clock) ? known : await ask(subject, clock);
  const reading = row.state === "reading";
  return {
    state: reading ? "reading" : row.state === "ready" ? "ready" : "failed",
    snapshot: snapshotIn(row, subject),
    failure: row.failure === null ? null : fromJson<AwsFailure>(row.failure),
    readAt: row.readAt?.toISOString() ?? null,
    waiting: reading ? await waitingText(database(), row.askedAt, clock) : null,
  };
}

function shouldRead(row: AwsSnapshot, subject: SnapshotSubject, refresh: boolean, clock: Clock): boolean {
  const age = clock.now().getTime() - row.askedAt.getTime();
  if (row.state === "reading") return age > forgottenAfter;
  const aboutThis = row.state === "failed" || snapshotIn(row, subject) !== null;
  if (!aboutThis) return true;
  return age >= atMostEvery && (refresh || age >= goodFor);
}

async function ask(subject: SnapshotSubject, clock: Clock): Promise<AwsSnapshot> {
  const key = snapshotKey(subject);
  const asked = { state: "reading", askedAt: clock.now() };
  return database().$transaction(async (tx) => {
    const row = await tx.awsSnapshot.upsert({
      where: { awsAccountId_roleName_issuer: key },
      create: { ...key, ...asked },
      update: asked,
    });
    await enqueue(
      tx,
      "read-snapshot",
      { ...subject, withProviderUsers: subject.withProviderUsers ?? false },
      { jobKey: `read-snapshot:${key.awsAccountId}:${key.roleName}:${key.issuer}` },
    );
    return row;
  });
}
