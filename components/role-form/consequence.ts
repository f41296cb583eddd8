import type { AccountChoice } from "@/lib/account/model";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { RefVerdict } from "@/lib/iam/admitted";
import { admittedRefs } from "@/lib/iam/admitted";
import type { Budget } from "@/lib/iam/budget";
import { budgets } from "@/lib/iam/budget";
import type { Finding, Grade } from "@/lib/iam/findings/table";
import { findings, gradeOf } from "@/lib/iam/findings/table";
import { readPolicy } from "@/lib/iam/policy-schema";
import type { TrustPolicy } from "@/lib/iam/trust-policy";
import type { Plan, Snapshot } from "@/lib/plan/change";
import { takesTokens } from "@/lib/plan/diff";
import { planFor } from "@/lib/plan/goal";
import { nothingToDo } from "@/lib/plan/nothing-to-do";
import type { ProjectView } from "@/lib/project/model";
import type { DraftResult, EditedRole } from "@/lib/role-form/desired";
import { componentsShown, desiredRole, formGoal, problemsOfPlan, providerFor } from "@/lib/role-form/desired";
import type { DraftProblem, RoleDraft } from "@/lib/role-form/schema";

export interface ConsequenceInput {
  draft: RoleDraft;
  project: ProjectView;
  account: AccountChoice | null;
  owner: { username: string };
  /** The role that the form changes; null for a new one. */
  edited: EditedRole | null;
  refs: readonly GitRef[];
  /** Null until AWS was read for this account and name. */
  snapshot: Snapshot | null;
}

/** What the choice on the left means, all of it derived. */
export interface Consequence extends Pick<DraftResult, "trustPolicy" | "permissionPolicy"> {
  /** Why it can't be told who gets in; null where it can. */
  untold: string | null;
  /** Empty where it can't be told. */
  admitted: { in: RefVerdict[]; out: RefVerdict[] };
  /** Who gets in by the trust that AWS holds now, or that was recorded; null for a new role, and where it can't be told. */
  admittedBefore: RefVerdict[] | null;
  findings: Finding[];
  grade: Grade;
  plan: Plan | null;
  budgets: Budget[];
  problems: DraftProblem[];
}

/** IAM's defaults, until the account's own were read. */
const defaultQuotas = { trustPolicy: 2048, inlinePolicies: 10_240 };

/** Derives everything that the pane shows, with the functions by which the server decides. */
export function consequenceOf({
  draft,
  project,
  account,
  owner,
  edited,
  refs,
  snapshot,
}: ConsequenceInput): Consequence {
  const { trustPolicy, permissionPolicy, desired, problems } = desiredRole(draft, {
    project,
    account,
    owner,
    recorded: edited?.document ?? null,
  });
  const components = componentsShown(project);
  const admitted = (trustPolicy && admittedBy(readPolicy(trustPolicy), { draft, project, account, refs })) ?? {
    in: [],
    out: [],
  };
  const trustBefore = edited && (snapshot?.role?.trustPolicy ?? edited.document.trustPolicy);
  const before = trustBefore && admittedBy(readPolicy(trustBefore), { draft, project, account, refs });
  const closed = trustBefore && snapshot && !takesTokens(snapshot.provider, trustBefore, providerFor(project, account));
  const inlinePolicies = desired
    ? Object.values(desired.role.inlinePolicies)
    : permissionPolicy
      ? [permissionPolicy]
      : [];
  const goal = desired && formGoal(desired, edited);
  const attachedPolicies = edited?.document.attachedPolicies ?? [];
  const found = trustPolicy
    ? findings({
        trustPolicy: readPolicy(trustPolicy),
        inlinePolicies: inlinePolicies.map(readPolicy),
        attachedPolicies,
        issuer: project.issuer,
        project: { id: String(project.projectId), path: project.path },
        admitted: admitted.in,
      })
    : [];
  const planned = goal && snapshot ? planFor(goal, snapshot) : null;
  const idle = goal && planned?.ok ? nothingToDo(goal, planned.plan, edited?.document ?? null) : null;
  return {
    trustPolicy,
    permissionPolicy,
    untold: components.ok ? null : components.reason,
    admitted,
    admittedBefore: before && (closed ? [] : before.in),
    findings: found,
    grade: gradeOf(found),
    plan: planned?.plan ?? null,
    budgets: budgets({ trustPolicy, inlinePolicies }, snapshot?.quotas ?? defaultQuotas),
    problems: [
      ...problems,
      ...(planned && !planned.ok ? problemsOfPlan(planned.problems) : []),
      ...(idle ? [{ field: "form" as const, reason: idle }] : []),
    ],
  };
}

function admittedBy(
  trustPolicy: TrustPolicy,
  { draft, project, account, refs }: Pick<ConsequenceInput, "draft" | "project" | "account" | "refs">,
): { in: RefVerdict[]; out: RefVerdict[] } | null {
  const components = componentsShown(project);
  if (!components.ok) return null;
  return admittedRefs(trustPolicy, refs, {
    ...{
      issuer: project.issuer,
      providerArn: providerFor(project, account),
      audience: draft.audience,
      components: components.components,
    },
    ...{
      projectId: String(project.projectId),
      projectPath: project.path,
      namespaceId: String(project.namespaceId),
      namespacePath: project.namespacePath,
    },
  });
}
