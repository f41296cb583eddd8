import { TrustdeskError } from "@/lib/errors";
import { judgeGoal } from "@/lib/judgement/judge-goal";
import type { Judgement } from "@/lib/judgement/judgement";
import type { LiveProject } from "@/lib/judgement/project";
import type { Plan, Snapshot } from "@/lib/plan/change";
import type { DesiredRole } from "@/lib/plan/diff";
import type { Goal } from "@/lib/plan/goal";
import { planFor } from "@/lib/plan/goal";
import type { DraftContext } from "@/lib/role-form/desired";
import { desiredRole, problemsOfPlan } from "@/lib/role-form/desired";
import type { DraftProblem, RoleDraft } from "@/lib/role-form/schema";

/** A plan with what is said of it, as they are stored with the request. */
export interface PlannedGoal {
  goal: Goal;
  plan: Plan;
  judgement: Judgement;
}

/** The draft's documents; throws `bad-input` at the first wrong field, with all problems as data. */
export function mustBeWhole(draft: RoleDraft, context: DraftContext): DesiredRole {
  const { desired, problems } = desiredRole(draft, context);
  if (problems.length > 0 || !desired) throw refusal("bad-input", problems);
  return desired;
}

export interface PlanningFacts {
  /** The project that the role is for, as it is recorded. */
  project: { id: number; path: string };
  /** Null where GitLab does not show it any more. */
  live: LiveProject | null;
  snapshot: Snapshot;
}

/** The plan for a goal against the snapshot, judged. Throws `conflict` where AWS is in the way. */
export function planGoal(goal: Goal, facts: PlanningFacts): PlannedGoal {
  const result = planFor(goal, facts.snapshot);
  if (!result.ok) throw refusal("conflict", problemsOfPlan(result.problems));
  const { plan } = result;
  return { goal, plan, judgement: judgeGoal({ goal, plan, ...facts }) };
}

function refusal(code: "bad-input" | "conflict", problems: readonly DraftProblem[]): TrustdeskError {
  const [first] = problems;
  return new TrustdeskError(code, first?.reason ?? "The form is not complete.", {
    field: first?.field ?? "form",
    data: { kind: "problems", problems: [...problems] },
  });
}
