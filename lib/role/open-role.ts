import { systemClock } from "@/lib/clock";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { Signed } from "@/lib/identity/signed";
import { isVisible, scopeOf } from "@/lib/role-request/open-request";
import type { RoleRow, RoleView } from "./contract";
import { readRole, readRoles, roleNotFound, roleView } from "./read";
import type { RoleFilter } from "./read";

/** A role as the person sees it. For who sees only own projects GitLab is asked, now; `not-found` for all others. */
export async function openRole(id: string, { signed, clock }: { signed: Signed; clock: Clock }): Promise<RoleView> {
  const role = await readRole(database(), env.instanceId, id);
  if (!(await isVisible(signed, role.projectId, clock))) throw roleNotFound();
  return roleView(database(), role);
}

/** The roles that the person sees. */
export async function listRoles(filter: RoleFilter, signed: Signed, clock: Clock = systemClock): Promise<{ rows: RoleRow[]; nextCursor: string | null; total: number }> {
  return readRoles(database(), env.instanceId, await scopeOf(signed, clock), filter);
}
