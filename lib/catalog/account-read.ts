import type { Database, Transaction } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { TrustdeskError } from "@/lib/errors";
import { accountCheckFailureSchema, accountTestSchema } from "./model";
import type { AwsAccountView } from "./model";

/** Whose accounts are looked at: all, or those that hold roles of these projects. */
type AccountScope = "all" | ReadonlySet<number>;

/** The accounts in scope, by name, with how many roles in scope each holds. */
export async function readAccounts(db: Database | Transaction, scope: AccountScope): Promise<AwsAccountView[]> {
  const roles = { removedAt: null, ...(scope === "all" ? {} : { projectId: { in: [...scope] } }) };
  const rows = await db.awsAccount.findMany({ where: scope === "all" ? {} : { roles: { some: roles } }, include: { _count: { select: { roles: { where: roles } } } }, orderBy: { name: "asc" } });
  return rows.map((row) => accountView(row, row._count.roles));
}

/** One account's row; `not-found` when there is none. */
export async function readAccountRow(db: Database | Transaction, id: string): Promise<AwsAccount> {
  const row = await db.awsAccount.findUnique({ where: { id } });
  if (!row) throw new TrustdeskError("not-found", "There is no such AWS account.");
  return row;
}

/** One account as people see it; `not-found` when there is none. */
export async function readAccount(db: Database | Transaction, id: string): Promise<AwsAccountView> {
  const row = await readAccountRow(db, id);
  return accountView(row, await db.role.count({ where: { awsAccountId: id, removedAt: null } }));
}

/** A row as people see it: the ExternalId stays here. */
export function accountView(row: AwsAccount, roles: number): AwsAccountView {
  const { id, accountId, name, partition, region, spokeRoleArn, externalId, defaultPath, boundaryArn, boundaryRequired, namePrefix, source, lastTest, checkedAt, checkFailure } = row;
  return {
    ...{ id, accountId, name, partition, region, spokeRoleArn, defaultPath, boundaryArn, boundaryRequired, namePrefix, roles },
    hasExternalId: externalId !== null,
    source: source === "file" ? "file" : "page",
    lastTest: lastTest === null ? null : accountTestSchema.parse(lastTest),
    checkedAt: checkedAt?.toISOString() ?? null,
    checkFailure: checkFailure === null ? null : accountCheckFailureSchema.parse(checkFailure),
  };
}
