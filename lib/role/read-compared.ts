import { z } from "zod";
import type { Database, Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { fromJson, readableJson } from "@/lib/db/json";
import type { RoleDocument } from "@/lib/plan/change";
import type { Difference } from "@/lib/plan/drift";
import { differenceSchema } from "@/lib/plan/schema";

const comparable = {
  awsAccount: true,
  versions: { orderBy: { version: "desc" }, take: 1 },
} satisfies Prisma.RoleInclude;

/** A role that is recorded and not removed, with what it is compared by. */
export interface ComparedRole {
  id: string;
  name: string;
  /** Twelve digits. */
  accountId: string;
  projectId: number;
  projectPath: string;
  uniqueId: string | null;
  version: number;
  /** Of that version. */
  document: RoleDocument;
  /** What the comparison before found. */
  known: { liveState: string; drift: Difference[]; checkedAt: Date | null };
}

/** The recorded roles of an account, those of these names (whatever their case: IAM's names are unique so), ready to be compared. */
export async function readComparedRoles(
  db: Database | Transaction,
  awsAccountId: string,
  names: readonly string[],
): Promise<ComparedRole[]> {
  const wanted = names.map((name) => name.toLowerCase());
  const found = await db.$queryRaw<
    { id: string }[]
  >`SELECT "id" FROM "Role" WHERE "awsAccountId" = ${awsAccountId} AND "removedAt" IS NULL AND lower("name") = ANY(${wanted}::text[])`;
  if (found.length === 0) return [];
  const roles = await db.role.findMany({ where: { id: { in: found.map(({ id }) => id) } }, include: comparable });
  return roles.flatMap(comparedRole);
}

/** One recorded role, ready to be compared, with its account's row; null when there is none, or it was removed. */
export async function readComparedRole(
  db: Database | Transaction,
  roleId: string,
): Promise<(ComparedRole & { account: Prisma.AwsAccountGetPayload<object> }) | null> {
  const role = await db.role.findFirst({ where: { id: roleId, removedAt: null }, include: comparable });
  const [recorded] = role ? comparedRole(role) : [];
  return role && recorded ? { ...recorded, account: role.awsAccount } : null;
}

/** Ids and names of an account's recorded roles. */
export function readComparedNames(
  db: Database | Transaction,
  awsAccountId: string,
): Promise<{ id: string; name: string }[]> {
  return db.role.findMany({ where: { awsAccountId, removedAt: null }, select: { id: true, name: true } });
}

function comparedRole(role: Prisma.RoleGetPayload<{ include: typeof comparable }>): ComparedRole[] {
  const { id, name, projectId, projectPath, uniqueId, liveState, drift, checkedAt, awsAccount, versions } = role;
  const [latest] = versions;
  if (!latest) return [];
  const known = { liveState, drift: storedDrift(drift), checkedAt };
  return [
    {
      id,
      name,
      accountId: awsAccount.accountId,
      projectId,
      projectPath,
      uniqueId,
      version: latest.version,
      document: fromJson<RoleDocument>(latest.document),
      known,
    },
  ];
}

/** The differences as a role's row keeps them; those that cannot be read are found, and told, anew. */
function storedDrift(drift: Prisma.JsonValue): Difference[] {
  return readableJson(z.array(differenceSchema), drift) ?? [];
}
