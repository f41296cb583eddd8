import type { RoleDocument, RoleState, Snapshot } from "./change";
import { applyTag } from "./change";
import type { DesiredRole, Planned } from "./diff";
import { planRole } from "./diff";
import { planAdoption, planEdit, planRestore } from "./edit";
import type { Removal } from "./removal";
import { planRemoval } from "./removal";

/** Which recorded role a goal is about: AWS's unique id, and the version that was on screen. */
interface Recorded {
  uniqueId: string | null;
  baseVersion: number;
}

/** Requests whose half-made role counts as ours: a retry goes on where they stopped. */
interface Continues {
  continues: string[];
}

/** What a request wants to be true in the end. A plan follows from it and from what AWS holds, at submit and again at apply. */
export type Goal =
  | ({ kind: "create"; desired: DesiredRole } & Continues)
  | ({ kind: "edit"; desired: DesiredRole } & Recorded & Continues)
  /** Make AWS what was recorded last, the role itself included. */
  | ({ kind: "restore"; desired: DesiredRole } & Recorded & Continues)
  /** Record what AWS holds; `ours` is what was recorded before. */
  | ({ kind: "adopt"; desired: DesiredRole; ours: RoleDocument } & Recorded)
  | ({ kind: "remove" } & Removal & Recorded & Continues)
  /** Take away what a failed request made, and nothing else. */
  | ({ kind: "undo" } & Removal & Continues);

/** The plan for a goal, against what AWS holds. `requestId` is the request under way, null while it is only looked at. */
export function planFor(goal: Goal, snapshot: Snapshot, requestId: string | null = null): Planned {
  const isOurs = (role: RoleState) => isRoleOf(goal, role, requestId);
  switch (goal.kind) {
    case "create":
      return snapshot.role && isOurs(snapshot.role)
        ? planEdit(goal.desired, snapshot, isOurs)
        : planRole(goal.desired, snapshot);
    case "edit":
      return planEdit(goal.desired, snapshot, isOurs);
    case "restore":
      return planRestore(goal.desired, snapshot, isOurs);
    case "adopt":
      return planAdoption(goal, snapshot);
    case "remove":
    case "undo":
      return planRemoval(goal, snapshot, isOurs);
  }
}

/** True for the role that the goal is about: recorded under its unique id, or made by this request or one that it goes on from. */
export function isRoleOf(goal: Goal, role: RoleState, requestId: string | null): boolean {
  if (goal.kind === "adopt") return true;
  const maker = role.tags[applyTag];
  const makers: (string | null)[] = [requestId, ...goal.continues];
  if (maker !== undefined && makers.includes(maker)) return true;
  return "uniqueId" in goal && goal.uniqueId === role.uniqueId;
}

/** What to read from AWS to plan for a goal. */
export function questionOf(goal: Goal): {
  accountId: string;
  partition: string;
  roleName: string;
  issuer: string;
  boundaryArn: string | null;
  withProviderUsers: boolean;
} {
  if ("desired" in goal) {
    const { accountId, partition, issuer, role } = goal.desired;
    return {
      accountId,
      partition,
      roleName: role.name,
      issuer,
      boundaryArn: role.boundaryArn,
      withProviderUsers: false,
    };
  }
  const { accountId, partition, roleName, issuer, removeProvider } = goal;
  return { accountId, partition, roleName, issuer, boundaryArn: null, withProviderUsers: removeProvider };
}
