import type { ProjectView } from "@/lib/catalog/model";
import { TrustdeskError } from "@/lib/errors";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { admittedRefs } from "@/lib/iam/admitted";
import type { RefVerdict } from "@/lib/iam/admitted";
import { providerArn } from "@/lib/iam/arn";
import { removalFindings } from "@/lib/iam/findings/removal";
import { findings, gradeOf } from "@/lib/iam/findings/table";
import type { Finding, Grade } from "@/lib/iam/findings/table";
import type { TrustPolicy } from "@/lib/iam/trust-policy";
import type { Plan, Snapshot } from "@/lib/plan/change";
import { takesTokens } from "@/lib/plan/diff";
import type { DesiredRole } from "@/lib/plan/diff";
import { planFor } from "@/lib/plan/goal";
import type { Goal } from "@/lib/plan/goal";
import { componentsShown, desiredRole, problemsOfPlan } from "./desired";
import type { DraftContext } from "./desired";
import type { DraftProblem, RoleDraft } from "./schema";

/** A project as GitLab answers it at this moment, with its branches and tags. */
export interface LiveProject {
  view: ProjectView;
  refs: readonly GitRef[];
}

/** A plan, and everything about it that is stored with the request. */
export interface PlannedGoal {
  goal: Goal;
  plan: Plan;
  findings: Finding[];
  grade: Grade;
  /** By the trust that is wanted; null where nobody can tell. */
  admitted: RefVerdict[] | null;
  /** By the trust policy that AWS holds now; null where there is none, or nobody can tell. */
  admittedBefore: RefVerdict[] | null;
}

/** The draft's documents; throws `bad-input` at the first wrong field, with all problems as data. */
export function mustBeWhole(draft: RoleDraft, context: DraftContext): DesiredRole {
  const { desired, problems } = desiredRole(draft, context);
  if (problems.length > 0 || !desired) throw refusal("bad-input", problems);
  return desired;
}

interface PlanningFacts {
  /** The project that the role is for, as it is recorded. */
  project: { id: number; path: string };
  /** Null where GitLab does not show it any more. */
  live: LiveProject | null;
  snapshot: Snapshot;
}

/** The plan for a goal against the snapshot, with what is to be said about it. Throws `conflict` where AWS is in the way. */
export function planGoal(goal: Goal, { project, live, snapshot }: PlanningFacts): PlannedGoal {
  const result = planFor(goal, snapshot);
  if (!result.ok) throw refusal("conflict", problemsOfPlan(result.problems));
  const admittedNow = live && snapshot.role && admittedInAws(snapshot.role.trustPolicy, snapshot, live, goal);
  if (!("desired" in goal)) {
    const found = removalFindings({ lastUsedAt: snapshot.role?.lastUsedAt ?? null, admitted: admittedNow ?? [] });
    return { goal, plan: result.plan, findings: found, grade: gradeOf(found), admitted: [], admittedBefore: admittedNow };
  }
  const { role, issuer } = goal.desired;
  const admitted = live && admittedBy(role.trustPolicy, live, goal);
  const found = findings({ trustPolicy: role.trustPolicy, inlinePolicies: Object.values(role.inlinePolicies), attachedPolicies: role.attachedPolicies ?? [], issuer, project: { id: String(project.id), path: live?.view.path ?? project.path }, admitted });
  // What is adopted is what AWS holds already: before it stands what was recorded.
  const before = goal.kind === "adopt" ? live && admittedBy(goal.ours.trustPolicy, live, goal) : admittedNow;
  return { goal, plan: result.plan, findings: found, grade: gradeOf(found), admitted, admittedBefore: goal.kind === "create" ? null : before };
}

/** Without a provider that takes their tokens nobody gets in, whatever the trust policy says. */
function admittedInAws(trustPolicy: TrustPolicy, snapshot: Snapshot, live: LiveProject, goal: Goal): RefVerdict[] | null {
  return takesTokens(snapshot.provider, trustPolicy, providerArn("desired" in goal ? goal.desired : goal)) ? admittedBy(trustPolicy, live, goal) : [];
}

/** Null where GitLab does not show how the project's tokens name their subject. */
function admittedBy(trustPolicy: TrustPolicy, { view, refs }: LiveProject, goal: Goal): RefVerdict[] | null {
  const { accountId, partition, issuer, audience } = "desired" in goal ? goal.desired : goal;
  const components = componentsShown(view);
  if (!components.ok) return null;
  const { in: admitted } = admittedRefs(trustPolicy, refs, {
    ...{ issuer, providerArn: providerArn({ partition, accountId, issuer }), audience },
    ...{ components: components.components, projectId: String(view.projectId), projectPath: view.path },
    ...{ namespaceId: String(view.namespaceId), namespacePath: view.namespacePath },
  });
  return admitted;
}

function refusal(code: "bad-input" | "conflict", problems: readonly DraftProblem[]): TrustdeskError {
  const [first] = problems;
  return new TrustdeskError(code, first?.reason ?? "The form is not complete.", { field: first?.field ?? "form", data: { problems } });
}
