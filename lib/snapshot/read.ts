import { z } from "zod";
import type { Clock } from "@/lib/clock";
import type { Database } from "@/lib/db/client";
import type { AwsSnapshot } from "@/lib/db/generated/client";
import { readableJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import type { Snapshot } from "@/lib/plan/change";
import { snapshotSchema } from "@/lib/plan/schema";

/** What a snapshot is about. `issuer` is the https URL of the tokens' issuer. */
export interface SnapshotSubject {
  awsAccountId: string;
  roleName: string;
  issuer: string;
  boundaryArn: string | null;
  /** Whether it matters who else trusts the provider: that takes a reading of every role. */
  withProviderUsers?: boolean;
}

/** A snapshot as it is stored: it also says which boundary was looked for. */
const storedSnapshotSchema = snapshotSchema.extend({ boundaryArn: z.string().nullable() });

const freshFor = 60_000;

/** The key of a snapshot's row. */
export function snapshotKey({
  awsAccountId,
  roleName,
  issuer,
}: Pick<SnapshotSubject, "awsAccountId" | "roleName" | "issuer">) {
  return { awsAccountId, roleName, issuer: providerUrlPath(issuer) };
}

/** The row for a subject, or null. */
export function readSnapshotRow(db: Database, subject: SnapshotSubject): Promise<AwsSnapshot | null> {
  return db.awsSnapshot.findUnique({ where: { awsAccountId_roleName_issuer: snapshotKey(subject) } });
}

/** The row's snapshot, unless another boundary was looked for, or less was, or it cannot be read: AWS is read again then. */
export function snapshotIn(row: AwsSnapshot | null, subject: SnapshotSubject): Snapshot | null {
  const stored = row && readableJson(storedSnapshotSchema, row.value);
  if (!stored) return null;
  const { boundaryArn, ...snapshot } = stored;
  if (boundaryArn !== subject.boundaryArn) return null;
  return subject.withProviderUsers && snapshot.providerUsers === undefined ? null : snapshot;
}

/** A snapshot of at most 60 s; throws `conflict` where AWS was not read yet, or could not be. */
export async function readFreshSnapshot(db: Database, subject: SnapshotSubject, clock: Clock): Promise<Snapshot> {
  const row = await readSnapshotRow(db, subject);
  const snapshot = snapshotIn(row, subject);
  const fresh = row?.state !== "failed" && row?.readAt && clock.now().getTime() - row.readAt.getTime() <= freshFor;
  if (!snapshot || !fresh)
    throw new TrustdeskError(
      "conflict",
      "AWS was not read yet, or more than a minute ago: refresh the plan and apply it again.",
    );
  return snapshot;
}
