import type { RoleDocument } from "@/lib/plan/change";
import type { DesiredRole } from "@/lib/plan/diff";
import type { Goal } from "@/lib/plan/goal";

/** The recorded role that a form changes. */
export interface EditedRole {
  uniqueId: string | null;
  version: number;
  document: RoleDocument;
}

/**
 * What the form wants: a new role, or a change of a recorded one. The browser's preview and the server's check are
 * this one function. Managed policies are not on the form, so they stay as they are recorded.
 */
export function formGoal(desired: DesiredRole, edited: EditedRole | null): Goal {
  if (!edited) return { kind: "create", desired, continues: [] };
  const { uniqueId, version, document } = edited;
  const role = { ...desired.role, ...(document.attachedPolicies === undefined ? {} : { attachedPolicies: document.attachedPolicies }) };
  return { kind: "edit", desired: { ...desired, role }, uniqueId, baseVersion: version, continues: [] };
}
