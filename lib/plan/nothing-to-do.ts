import type { Plan, RoleDocument } from "./change";
import { callName } from "./describe";
import type { Goal } from "./goal";
import { sameRole } from "./same";

/**
 * Why a goal is not worth a request, or null where its plan changes AWS or the record. `recorded` is the role's last
 * version, null for a role that is not recorded. What goes on from a failed request has at least its end to record.
 */
export function nothingToDo(goal: Goal, plan: Plan, recorded: RoleDocument | null): string | null {
  const goesOn = "continues" in goal && goal.continues.length > 0;
  if (goesOn || plan.changes.some((change) => callName(change) !== null)) return null;
  if (goal.kind === "edit") return recorded && sameRole(goal.desired.role, recorded) ? "Nothing is changed yet." : null;
  if (goal.kind === "restore") return "AWS agrees with the recorded version: there is nothing to put back.";
  if (goal.kind === "adopt")
    return plan.changes.every(changesNoRecord)
      ? "AWS agrees with the recorded version: there is nothing to take."
      : null;
  return null;
}

function changesNoRecord(change: Plan["changes"][number]): boolean {
  return (
    change.kind === "adopt-role" &&
    change.uniqueId.before === change.uniqueId.after &&
    sameRole(change.before, change.after)
  );
}
