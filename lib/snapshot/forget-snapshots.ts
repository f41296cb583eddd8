import type { Transaction } from "@/lib/db/client";

/** Forgets what was read of an account, since it is known to have changed: the next plan is made on a new reading. A cache: no audit. */
export async function forgetSnapshots(tx: Transaction, awsAccountId: string): Promise<void> {
  await tx.awsSnapshot.deleteMany({ where: { awsAccountId } });
}

/** The same for single recorded roles, by row id. */
export async function forgetSnapshotsOfRoles(tx: Transaction, roleIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "AwsSnapshot" s USING "Role" r
    WHERE r."id" = ANY(${[...roleIds]}) AND s."awsAccountId" = r."awsAccountId" AND lower(s."roleName") = lower(r."name")`;
}
