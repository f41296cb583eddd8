import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { SignedInPerson } from "@/lib/identity/model";
import { inScope } from "./project-scope";
import type { ProjectScope } from "./project-scope";

export interface Counts {
  projects: number;
  requests: number;
  roles: number;
  accounts: number;
}

/** How many of each the person sees: members only those of their own projects, as far as the projection knows. */
export async function readCounts(person: SignedInPerson): Promise<Counts> {
  const scope: ProjectScope = person.role === "member" ? { memberId: person.id } : "all";
  const within = inScope(scope, Prisma.sql`r."projectId"`);
  const roles = Prisma.sql`SELECT 1 FROM "Role" r WHERE r."instanceId" = ${env.instanceId} AND r."removedAt" IS NULL AND ${within}`;
  const accounts = scope === "all" ? Prisma.sql`"AwsAccount"` : Prisma.sql`"AwsAccount" a WHERE EXISTS (${roles} AND r."awsAccountId" = a."id")`;
  const [counts] = await database().$queryRaw<Counts[]>`
    SELECT (SELECT count(*)::integer FROM "ProjectMembership" m WHERE m."personId" = ${person.id} AND NOT m."archived") AS "projects",
      (SELECT count(*)::integer FROM "RoleRequest" r WHERE r."instanceId" = ${env.instanceId} AND ${within}) AS "requests",
      (SELECT count(*)::integer FROM (${roles}) visible) AS "roles",
      (SELECT count(*)::integer FROM ${accounts}) AS "accounts"`;
  return counts ?? { projects: 0, requests: 0, roles: 0, accounts: 0 };
}
