import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { SignedInPerson } from "@/lib/identity/model";
import { readProjectTotal } from "@/lib/project/read";
import type { ProjectScope } from "@/lib/project/scope";
import { inScope } from "@/lib/project/scope";
import { readSoFar } from "@/lib/project/sync-projects";
import { openStates } from "@/lib/request/model";

export interface Counts {
  projects: number;
  /** Those that are not finished. */
  requests: number;
  roles: number;
  accounts: number;
  /** How many of the person's projects GitLab has told so far, while not all of them are known; null otherwise. */
  reading: number | null;
}

/** How many of each the person sees: members only those of their own projects, as far as the projection knows. */
export async function readCounts(person: SignedInPerson, clock: Clock): Promise<Counts> {
  const db = database();
  const scope: ProjectScope = person.role === "member" ? { memberId: person.id } : "all";
  const within = inScope(scope, Prisma.sql`r."projectId"`);
  const [projects, [open], byAccount, accounts, reading] = await Promise.all([
    readProjectTotal(person.id, { archived: false }),
    db.$queryRaw<
      { requests: number }[]
    >`SELECT count(*)::integer AS "requests" FROM "RoleRequest" r WHERE r."instanceId" = ${env.instanceId} AND r."state" = ANY(${[...openStates]}) AND ${within}`,
    db.$queryRaw<
      { roles: number }[]
    >`SELECT count(*)::integer AS "roles" FROM "Role" r WHERE r."instanceId" = ${env.instanceId} AND r."removedAt" IS NULL AND ${within} GROUP BY r."awsAccountId"`,
    db.awsAccount.count(),
    readSoFar(person.id, clock),
  ]);
  const roles = byAccount.reduce((sum, account) => sum + account.roles, 0);
  return {
    projects,
    requests: open?.requests ?? 0,
    roles,
    accounts: scope === "all" ? accounts : byAccount.length,
    reading,
  };
}
