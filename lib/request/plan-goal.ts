import { TrustdeskError } from "@/lib/errors";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RefVerdict } from "@/lib/iam/admitted";
import { admittedRefs } from "@/lib/iam/admitted";
import { providerArn } from "@/lib/iam/arn";
import { removalFindings } from "@/lib/iam/findings/removal";
import { findings, gradeOf } from "@/lib/iam/findings/table";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import type { Judgement } from "@/lib/judgement/judgement";
import type { Plan, RoleDocument, Snapshot } from "@/lib/plan/change";
import type { DesiredRole } from "@/lib/plan/diff";
import { takesTokens } from "@/lib/plan/diff";
import type { Goal } from "@/lib/plan/goal";
import { planFor } from "@/lib/plan/goal";
import type { ProjectView } from "@/lib/project/model";
import type { DraftContext } from "@/lib/role-form/desired";
import { componentsShown, desiredRole, problemsOfPlan } from "@/lib/role-form/desired";
import type { DraftProblem, RoleDraft } from "@/lib/role-form/schema";

/** A project as GitLab answers it at this moment, with its branches and tags. */
export interface LiveProject {
  view: ProjectView;
  refs: readonly GitRef[];
}

/** A plan, and everything about it that is stored with the request. */
export interface PlannedGoal extends Judgement {
  goal: Goal;
  plan: Plan;
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

/** The plan for a goal against the snapshot, with what is to be said about it. Throws `conflict` where AWS is in the way. */
export function planGoal(goal: Goal, facts: PlanningFacts): PlannedGoal {
  const result = planFor(goal, facts.snapshot);
  if (!result.ok) throw refusal("conflict", problemsOfPlan(result.problems));
  return { goal, plan: result.plan, ...judgePlan(goal, result.plan, facts) };
}

/** What is to be said about a plan that was made for the goal against the same snapshot. */
export function judgePlan(goal: Goal, plan: Plan, { project, live, snapshot }: PlanningFacts): Judgement {
  const admittedNow = live && snapshot.role && admittedInAws(snapshot.role.trustPolicy, snapshot, live, goal);
  if (!("desired" in goal)) {
    const found = removalFindings({ lastUsedAt: snapshot.role?.lastUsedAt ?? null, admitted: admittedNow ?? [] });
    return { findings: found, grade: gradeOf(found), admitted: [], admittedBefore: admittedNow };
  }
  const { issuer } = goal.desired;
  const role = roleAfter(goal.desired.role, plan);
  const admitted =
    live &&
    (goal.kind === "adopt"
      ? admittedInAws(role.trustPolicy, snapshot, live, goal)
      : admittedBy(role.trustPolicy, live, goal));
  const about = { issuer, project: { id: String(project.id), path: live?.view.path ?? project.path }, admitted };
  const found = findings({
    trustPolicy: readPolicy(role.trustPolicy),
    inlinePolicies: Object.values(role.inlinePolicies).map(readPolicy),
    attachedPolicies: role.attachedPolicies ?? [],
    ...about,
  });
  // What is adopted is what AWS holds already: before it stands what was recorded.
  const before = goal.kind === "adopt" ? live && admittedBy(goal.ours.trustPolicy, live, goal) : admittedNow;
  return { findings: found, grade: gradeOf(found), admitted, admittedBefore: goal.kind === "create" ? null : before };
}

/** What is taken from AWS is in the plan; the goal holds only what AWS held when it was asked for. */
function roleAfter(desired: RoleDocument, { changes }: Plan): RoleDocument {
  return changes.find((change) => change.kind === "adopt-role")?.after ?? desired;
}

/** Without a provider that takes their tokens nobody gets in, whatever the trust policy says. */
function admittedInAws(trustPolicy: RawPolicy, snapshot: Snapshot, live: LiveProject, goal: Goal): RefVerdict[] | null {
  return takesTokens(snapshot.provider, trustPolicy, providerArn("desired" in goal ? goal.desired : goal))
    ? admittedBy(trustPolicy, live, goal)
    : [];
}

/** Null where GitLab does not show how the project's tokens name their subject. */
function admittedBy(trustPolicy: RawPolicy, { view, refs }: LiveProject, goal: Goal): RefVerdict[] | null {
  const { accountId, partition, issuer, audience } = "desired" in goal ? goal.desired : goal;
  const components = componentsShown(view);
  if (!components.ok) return null;
  const { in: admitted } = admittedRefs(readPolicy(trustPolicy), refs, {
    ...{ issuer, providerArn: providerArn({ partition, accountId, issuer }), audience },
    ...{ components: components.components, projectId: String(view.projectId), projectPath: view.path },
    ...{ namespaceId: String(view.namespaceId), namespacePath: view.namespacePath },
  });
  return admitted;
}

function refusal(code: "bad-input" | "conflict", problems: readonly DraftProblem[]): TrustdeskError {
  const [first] = problems;
  return new TrustdeskError(code, first?.reason ?? "The form is not complete.", {
    field: first?.field ?? "form",
    data: { kind: "problems", problems: [...problems] },
  });
}
