import { readAccountRow } from "@/lib/account/read";
import { awsFailure } from "@/lib/aws/failure";
import type { AwsReader } from "@/lib/aws/reader";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { Prisma } from "@/lib/db/generated/client";
import { asJson } from "@/lib/db/json";
import type { SnapshotSubject } from "./read";
import { snapshotKey } from "./read";

/** Reads AWS for a form and keeps what it said, or why it could not. The worker runs it; a cache: no audit. */
export async function refreshSnapshot(
  subject: SnapshotSubject,
  { clock, readerFor }: { clock: Clock; readerFor: (account: AwsAccount) => AwsReader },
): Promise<void> {
  const db = database();
  const account = await readAccountRow(db, subject.awsAccountId);
  const key = snapshotKey(subject);
  const where = { awsAccountId_roleName_issuer: key };
  try {
    const { accountId, partition } = account;
    const snapshot = await readerFor(account).readSnapshot({
      accountId,
      partition,
      roleName: subject.roleName,
      issuer: subject.issuer,
      boundaryArn: subject.boundaryArn,
      withProviderUsers: subject.withProviderUsers ?? false,
    });
    const read = {
      state: "ready",
      value: asJson({ ...snapshot, boundaryArn: subject.boundaryArn }),
      readAt: clock.now(),
    };
    await db.awsSnapshot.upsert({
      where,
      create: { ...key, ...read, askedAt: clock.now() },
      update: { ...read, failure: Prisma.DbNull },
    });
  } catch (error) {
    const failed = { state: "failed", failure: asJson(awsFailure(error)) };
    await db.awsSnapshot.upsert({ where, create: { ...key, ...failed, askedAt: clock.now() }, update: failed });
  }
}
