import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { SignedInPerson } from "@/lib/identity/model";

export interface Counts {
  projects: number;
  requests: number;
  roles: number;
  accounts: number;
}

/** How many of each the person sees: members only those of their own projects, as far as the projection knows. */
export async function readCounts(person: SignedInPerson): Promise<Counts> {
  const db = database();
  const everything = person.role !== "member";
  const memberships = await db.projectMembership.findMany({ where: { personId: person.id }, select: { projectId: true, archived: true } });
  const scope = { instanceId: env.instanceId, ...(everything ? {} : { projectId: { in: memberships.map(({ projectId }) => projectId) } }) };
  const [requests, roles, accounts] = await Promise.all([
    db.roleRequest.count({ where: scope }),
    db.role.count({ where: { ...scope, removedAt: null } }),
    db.awsAccount.count({ where: everything ? {} : { roles: { some: scope } } }),
  ]);
  return { projects: memberships.filter(({ archived }) => !archived).length, requests, roles, accounts };
}
