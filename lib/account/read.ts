import type { Database, Transaction } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { Prisma } from "@/lib/db/generated/client";
import { TrustdeskError } from "@/lib/errors";
import { accountTestSchema } from "@/lib/iam/account-test";
import type { ProjectScope } from "@/lib/project/scope";
import { inScope } from "@/lib/project/scope";
import type { AwsAccountView } from "./model";
import { accountCheckFailureSchema } from "./model";

/** The accounts in scope, by name, with how many roles in scope each holds: all accounts, or those that hold roles of the person's projects. */
export async function readAccounts(db: Database | Transaction, scope: ProjectScope): Promise<AwsAccountView[]> {
  const counted = await db.$queryRaw<{ id: string; roles: number }[]>`
    SELECT r."awsAccountId" AS "id", count(*)::integer AS "roles" FROM "Role" r
    WHERE r."removedAt" IS NULL AND ${inScope(scope, Prisma.sql`r."projectId"`)} GROUP BY r."awsAccountId"`;
  const roles = new Map(counted.map((row) => [row.id, row.roles]));
  const rows = await db.awsAccount.findMany({
    where: scope === "all" ? {} : { id: { in: [...roles.keys()] } },
    orderBy: { name: "asc" },
  });
  return rows.map((row) => accountView(row, roles.get(row.id) ?? 0));
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
  const {
    id,
    accountId,
    name,
    partition,
    region,
    spokeRoleArn,
    externalId,
    defaultPath,
    boundaryArn,
    boundaryRequired,
    namePrefix,
    source,
    lastTest,
    checkedAt,
    checkFailure,
  } = row;
  return {
    id,
    accountId,
    name,
    partition,
    region,
    spokeRoleArn,
    defaultPath,
    boundaryArn,
    boundaryRequired,
    namePrefix,
    roles,
    hasExternalId: externalId !== null,
    source: source === "file" ? "file" : "page",
    lastTest: lastTest === null ? null : accountTestSchema.parse(lastTest),
    checkedAt: checkedAt?.toISOString() ?? null,
    checkFailure: checkFailure === null ? null : accountCheckFailureSchema.parse(checkFailure),
  };
}
