import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { SignedInPerson } from "@/lib/identity/model";
import { readMemberProjects } from "./member-projects-read";

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
  const scope = { instanceId: env.instanceId, ...(everything ? {} : { projectId: { in: [...(await readMemberProjects(db, person.id))] } }) };
  const [projects, requests, roles, accounts] = await Promise.all([
    db.projectMembership.count({ where: { personId: person.id, archived: false } }),
    db.roleRequest.count({ where: scope }),
    db.role.count({ where: { ...scope, removedAt: null } }),
    db.awsAccount.count({ where: everything ? {} : { roles: { some: scope } } }),
  ]);
  return { projects, requests, roles, accounts };
}
