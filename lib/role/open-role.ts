import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import { seesEverything } from "@/lib/identity/access";
import { markVisible } from "@/lib/identity/mark-visible";
import { platformGroupWords } from "@/lib/identity/rights";
import type { Signed } from "@/lib/identity/signed";
import { openRights } from "@/lib/project/open-project";
import { standstillOf } from "@/lib/project/standstill";
import { isVisible, scopeOf } from "@/lib/project/visible";
import { whatMay } from "./access";
import type { RoleRow, RoleView } from "./contract";
import type { RoleFilter } from "./read";
import { lastComparison, readRole, readRoles, roleNotFound, roleView, underWay } from "./read";
import type { RolesOverview } from "./read-overview";
import { readRolesOverview } from "./read-overview";
import type { VisibleRole } from "./read-role-to-check";
import { readRoleToCheck } from "./read-role-to-check";

/** A role as the person sees it. For who sees only own projects GitLab is asked, now; `not-found` for all others. */
export async function openRole(id: string, { signed, clock }: { signed: Signed; clock: Clock }): Promise<RoleView> {
  const role = await readRole(database(), env.instanceId, id);
  const project = await projectFacts(signed, role.projectId, clock);
  if (!seesEverything(signed.person) && !project?.accessLevel) throw roleNotFound();
  const compared = lastComparison(role);
  const facts = {
    removedAt: role.removedAt,
    liveState: compared.liveState,
    drift: compared.drift ?? [],
    underWay: underWay(role),
  };
  return roleView(database(), role, {
    can: whatMay(signed.person, facts, project, platformGroupWords()),
    issuer: env.gitlabIssuer,
  });
}

/** The same without what a page tells of it, for whoever acts on it next; `not-found` for a role that was removed too. */
export async function visibleRole(
  id: string,
  { signed, clock }: { signed: Signed; clock: Clock },
): Promise<VisibleRole> {
  const role = await readRoleToCheck(database(), env.instanceId, id);
  if (!(await isVisible(signed, role.projectId, clock))) throw roleNotFound();
  return markVisible(role);
}

/** Null when GitLab does not show the project, and for whom GitLab's silence must not hide a record. */
async function projectFacts(
  signed: Signed,
  projectId: number,
  clock: Clock,
): Promise<{ accessLevel: number; standstill: string | null } | null> {
  try {
    const { project, accessLevel } = await openRights(signed, projectId, clock);
    return { accessLevel, standstill: standstillOf(project) };
  } catch (error) {
    const code = knownError(error)?.code;
    if (code === "not-found" || (seesEverything(signed.person) && code !== undefined)) return null;
    throw error;
  }
}

/** The roles that the person sees. */
export async function listRoles(
  filter: RoleFilter,
  signed: Signed,
  clock: Clock,
): Promise<{ rows: RoleRow[]; nextCursor: string | null; total: number }> {
  return readRoles(database(), env.instanceId, await scopeOf(signed, clock), filter);
}

/** What of the roles that the person sees needs a look. */
export async function openRolesOverview({ signed, clock }: { signed: Signed; clock: Clock }): Promise<RolesOverview> {
  return readRolesOverview(database(), env.instanceId, await scopeOf(signed, clock));
}
