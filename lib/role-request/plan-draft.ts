import type { GitRef } from "@/lib/gitlab-ci/ref";
import { admittedRefs } from "@/lib/iam/admitted";
import type { RefVerdict } from "@/lib/iam/admitted";
import { providerArn } from "@/lib/iam/arn";
import { findings, gradeOf } from "@/lib/iam/findings/table";
import type { Finding, Grade } from "@/lib/iam/findings/table";
import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import type { Plan, Snapshot } from "@/lib/plan/change";
import { planRole } from "@/lib/plan/diff";
import type { DesiredRole } from "@/lib/plan/diff";
import type { ProjectView } from "@/lib/catalog/model";
import { TrustdeskError } from "@/lib/errors";
import { desiredRole, problemsOfPlan } from "./desired";
import type { DraftContext } from "./desired";
import type { DraftProblem, RoleDraft } from "./schema";

/** A project as GitLab answers it at this moment, with its branches and tags. */
export interface LiveProject {
  view: ProjectView;
  refs: readonly GitRef[];
}

/** Everything about a draft that is stored with the request. */
export interface PlannedDraft {
  desired: DesiredRole;
  plan: Plan;
  findings: Finding[];
  grade: Grade;
  admitted: RefVerdict[];
}

/** The draft's documents; throws `bad-input` at the first wrong field, with all problems as data. */
export function mustBeWhole(draft: RoleDraft, context: DraftContext): DesiredRole {
  const { desired, problems } = desiredRole(draft, context);
  if (problems.length > 0 || !desired) throw refusal("bad-input", problems);
  return desired;
}

/** The plan that turns the snapshot into what is desired, with what is to be said about it. Throws `conflict` where AWS is in the way. */
export function planDraft(desired: DesiredRole, live: LiveProject, snapshot: Snapshot): PlannedDraft {
  const result = planRole(desired, snapshot);
  if (!result.ok) throw refusal("conflict", problemsOfPlan(result.problems));
  const { view, refs } = live;
  const arn = providerArn({ partition: desired.partition, accountId: desired.accountId, issuer: desired.issuer });
  const { in: admitted } = admittedRefs(desired.role.trustPolicy, refs, {
    ...{ issuer: desired.issuer, providerArn: arn, audience: desired.audience, components: (view.components ?? []) as SubjectComponent[] },
    ...{ projectId: String(view.projectId), projectPath: view.path, namespaceId: String(view.namespaceId), namespacePath: view.namespacePath },
  });
  const [permissionPolicy = null] = Object.values(desired.role.inlinePolicies);
  const found = findings({ trustPolicy: desired.role.trustPolicy, permissionPolicy, issuer: desired.issuer, refs, project: { id: String(view.projectId), path: view.path }, admitted });
  return { desired, plan: result.plan, findings: found, grade: gradeOf(found), admitted };
}

function refusal(code: "bad-input" | "conflict", problems: readonly DraftProblem[]): TrustdeskError {
  const [first] = problems;
  return new TrustdeskError(code, first?.reason ?? "The form is not complete.", { field: first?.field ?? "form", data: { problems } });
}
