import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { SignedInPerson } from "./model";

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
  const memberships = await db.projectMembership.findMany({ where: { personId: person.id }, select: { projectId: true } });
  const scope = { instanceId: env.instanceId, ...(everything ? {} : { projectId: { in: memberships.map(({ projectId }) => projectId) } }) };
  const [requests, roles, accounts] = await Promise.all([db.roleRequest.count({ where: scope }), db.role.count({ where: scope }), everything ? db.awsAccount.count() : Promise.resolve(0)]);
  return { projects: memberships.length, requests, roles, accounts };
}
