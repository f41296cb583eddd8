import type { Plan, RoleDocument, RoleState, Snapshot } from "@/lib/plan/change";
import type { Goal } from "@/lib/plan/goal";
import type { Judged, Side } from "./judge";

/** Who asks what for: the goal with its plan, and what AWS held when it was made; null while that is not known. */
export interface JudgedGoal extends Pick<Judged, "project" | "live" | "hidden"> {
  goal: Goal;
  plan: Plan | null;
  snapshot: Snapshot | null;
}

const notThere = "AWS holds no such role now";

/** What there is to judge of a goal and its plan: the role as it will be, against the role that it changes. */
export function judgedGoal({ goal, plan, snapshot, ...about }: JudgedGoal): Judged {
  const place = "desired" in goal ? goal.desired : goal;
  const sides = sidesOf(goal, plan, snapshot);
  return { ...about, place, ...sides, lastUsedAt: snapshot?.role?.lastUsedAt ?? null };
}

function sidesOf(goal: Goal, plan: Plan | null, snapshot: Snapshot | null): { after: Side; before: Side | null } {
  const held = snapshot && heldIn(snapshot);
  switch (goal.kind) {
    case "create":
      return { after: { document: goal.desired.role, provider: "as planned" }, before: null };
    case "edit":
    case "restore":
      return { after: { document: goal.desired.role, provider: "as planned" }, before: held };
    case "adopt":
      return {
        after: { document: adopted(goal.desired.role, plan), provider: snapshot ? snapshot.provider : "as planned" },
        before: { document: goal.ours, provider: "as planned" },
      };
    case "remove":
    case "undo":
      return { after: { nobody: "the role goes" }, before: held };
  }
}

function heldIn({ role, provider }: Snapshot): Side {
  return role ? { document: role, provider } : { nobody: notThere };
}

/** What is taken from AWS is in the plan; the goal holds only what AWS held when it was asked for. */
function adopted(desired: RoleDocument, plan: Plan | null): RoleDocument | RoleState {
  return plan?.changes.find((change) => change.kind === "adopt-role")?.after ?? desired;
}
