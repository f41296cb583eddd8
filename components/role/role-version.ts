import type { ComparedState } from "@/lib/judgement/held";
import type { RoleDocument, RoleState } from "@/lib/plan/change";
import type { Difference } from "@/lib/plan/drift";
import type { RoleView } from "@/lib/role/contract";

/** A version of a role with the values that the API passes on as they were stored. */
export type RoleVersion = Omit<RoleView["versions"][number], "document"> & { document: RoleDocument };

/** All versions of the role, newest first. */
export function roleVersions({ versions }: RoleView): RoleVersion[] {
  return versions
    .map((version) => ({ ...version, document: version.document as RoleDocument }))
    .sort((a, b) => b.version - a.version);
}

/** The version that AWS holds; null when none is recorded. */
export function currentVersion(role: RoleView): RoleVersion | null {
  return roleVersions(role)[0] ?? null;
}

/** The role as it was last compared with AWS. */
export function comparedRole(role: RoleView): RoleView & ComparedState {
  return { ...role, live: role.live as RoleState | null, drift: (role.drift ?? []) as Difference[] };
}
