import type { AccountChoice } from "@/lib/account/model";
import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import { providerArn } from "@/lib/iam/arn";
import { descriptionProblem, policyNameProblem, roleNameProblem, rolePathProblem, tagValue } from "@/lib/iam/names";
import { validatePermissionPolicy } from "@/lib/iam/permission-policy";
import { templates } from "@/lib/iam/templates/table";
import type { PolicyDocument, TrustChoice, TrustPolicy } from "@/lib/iam/trust-policy";
import { buildTrustPolicy } from "@/lib/iam/trust-policy";
import { componentsShown } from "@/lib/judgement/project";
import type { RoleDocument } from "@/lib/plan/change";
import type { DesiredRole, PlanProblem } from "@/lib/plan/diff";
import type { Goal } from "@/lib/plan/goal";
import type { ProjectView } from "@/lib/project/model";
import type { DraftProblem, RoleDraft } from "./schema";

export type DesiredProject = Pick<
  ProjectView,
  "projectId" | "path" | "namespaceId" | "issuer" | "components" | "componentsReason" | "archived"
>;
export type DesiredAccount = Pick<
  AccountChoice,
  "accountId" | "name" | "partition" | "region" | "boundaryArn" | "boundaryRequired"
>;

/** What a draft is about: the project and the account as they are now, and who will own the role. */
export interface DraftContext {
  project: DesiredProject;
  /** Null until one is picked. */
  account: DesiredAccount | null;
  owner: { username: string };
}

/** What a draft amounts to, as far as it is filled in, and everything that is wrong with it. */
export interface DraftResult {
  trustPolicy: TrustPolicy | null;
  permissionPolicy: PolicyDocument | null;
  /** Null while a document, a name or the account is missing. */
  desired: DesiredRole | null;
  problems: DraftProblem[];
}

/**
 * A draft as documents. The browser's preview and the server's check are this one function; a draft may be
 * submitted only when `problems` is empty.
 */
export function desiredRole(draft: RoleDraft, { project, account, owner }: DraftContext): DraftResult {
  const trust = trustOf(draft, project, account);
  const permissions = permissionsOf(draft, account);
  const problems = [
    ...(account ? [] : [problem("awsAccountId", "Choose an account.")]),
    ...trust.problems,
    ...permissions.problems,
    ...fieldProblems(draft, account),
    ...reasonProblems(draft),
  ];
  const whole =
    account &&
    trust.policy &&
    permissions.policy &&
    !roleNameProblem(draft.roleName) &&
    !rolePathProblem(draft.rolePath) &&
    !policyNameProblem(draft.policyName);
  const desired =
    !whole || !account || !trust.policy || !permissions.policy
      ? null
      : {
          accountId: account.accountId,
          partition: account.partition,
          issuer: project.issuer,
          audience: draft.audience,
          role: roleOf(draft, trust.policy, permissions.policy, project, owner),
        };
  return { trustPolicy: trust.policy, permissionPolicy: permissions.policy, desired, problems };
}

/** The plan's problems at the form's fields. */
export function problemsOfPlan(problems: readonly PlanProblem[]): DraftProblem[] {
  const fields: Record<PlanProblem["field"], DraftProblem["field"]> = {
    roleName: "roleName",
    boundary: "boundaryArn",
    trust: "refs",
    permissions: "permissions",
    account: "awsAccountId",
  };
  return problems.map(({ field, reason, roleArn }) => ({
    field: fields[field],
    reason,
    ...(roleArn === undefined ? {} : { roleArn }),
  }));
}

function roleOf(
  draft: RoleDraft,
  trustPolicy: TrustPolicy,
  permissions: PolicyDocument,
  project: DesiredProject,
  owner: { username: string },
): RoleDocument {
  return {
    name: draft.roleName,
    path: draft.rolePath,
    trustPolicy,
    description: draft.description,
    maxSessionSeconds: draft.maxSessionHours * 3600,
    boundaryArn: draft.boundaryArn,
    tags: {
      "trustdesk:managed": "true",
      "trustdesk:project-id": String(project.projectId),
      "trustdesk:owner": tagValue(owner.username) ?? "",
    },
    inlinePolicies: { [draft.policyName]: permissions },
  };
}

function trustOf(
  draft: RoleDraft,
  project: DesiredProject,
  account: DesiredAccount | null,
): { policy: TrustPolicy | null; problems: DraftProblem[] } {
  const problems: DraftProblem[] = [];
  if (draft.refs.length === 0 && draft.patterns.length === 0)
    problems.push(problem("refs", "Choose at least one branch or tag, or add a pattern."));
  if (draft.patterns.some(({ pattern }) => pattern.trim() === ""))
    problems.push(problem("refs", "A pattern is empty."));
  if (!/^[^\s]+$/.test(draft.audience))
    problems.push(
      problem("audience", "An audience has 1 to 255 characters and no spaces, e.g. https://sts.amazonaws.com."),
    );
  if (project.archived) problems.push(problem("form", "The project is archived: its pipelines do not run."));
  const components = componentsShown(project);
  if (!components.ok) problems.push(problem("refs", components.reason));
  if (problems.length > 0 || !components.ok) return { policy: null, problems };
  return { policy: buildTrustPolicy(trustChoice(draft, project, components.components, account)), problems };
}

/** Stands for the account until one is picked. */
export const noAccount = "000000000000";

/** ARN of the provider that the role will trust. Before an account is picked its id is shown as twelve zeros. */
export function providerFor(project: Pick<DesiredProject, "issuer">, account: DesiredAccount | null): string {
  return providerArn({
    partition: account?.partition ?? "aws",
    accountId: account?.accountId ?? noAccount,
    issuer: project.issuer,
  });
}

/** What trust policies are built from. */
function trustChoice(
  draft: RoleDraft,
  project: DesiredProject,
  components: SubjectComponent[],
  account: DesiredAccount | null,
): TrustChoice {
  return {
    issuer: project.issuer,
    providerArn: providerFor(project, account),
    audience: draft.audience,
    components,
    projectId: String(project.projectId),
    projectPath: project.path,
    namespaceId: String(project.namespaceId),
    refs: draft.refs,
    patterns: draft.patterns,
    pins: draft.pins,
  };
}

function permissionsOf(
  draft: RoleDraft,
  account: DesiredAccount | null,
): { policy: PolicyDocument | null; problems: DraftProblem[] } {
  const { permissions } = draft;
  if (permissions.kind === "document") {
    const checked = validatePermissionPolicy(permissions.text);
    if (checked.ok) return { policy: checked.policy, problems: [] };
    return {
      policy: null,
      problems: [problem("permissions", checked.line ? `Line ${checked.line}: ${checked.reason}` : checked.reason)],
    };
  }
  const template = templates.find(({ id }) => id === permissions.template);
  if (!template) return { policy: null, problems: [problem("permissions", "There is no such template.")] };
  const problems = template.parameters.flatMap(({ name, label, problem: check }) => {
    const reason = check(permissions.values[name] ?? "");
    return reason ? [problem("permissions", `${label}: ${reason}`)] : [];
  });
  if (problems.length > 0) return { policy: null, problems };
  const place = {
    partition: account?.partition ?? "aws",
    accountId: account?.accountId ?? noAccount,
    region: account?.region ?? "us-east-1",
  };
  return { policy: template.build(permissions.values, place), problems: [] };
}

function fieldProblems(draft: RoleDraft, account: DesiredAccount | null): DraftProblem[] {
  const checks: [DraftProblem["field"], string | null][] = [
    ["roleName", roleNameProblem(draft.roleName)],
    ["rolePath", rolePathProblem(draft.rolePath)],
    ["policyName", policyNameProblem(draft.policyName)],
    ["description", descriptionProblem(draft.description)],
    ["boundaryArn", boundaryProblem(draft.boundaryArn, account)],
  ];
  return checks.flatMap(([field, reason]) => (reason ? [problem(field, reason)] : []));
}

function boundaryProblem(boundaryArn: string | null, account: DesiredAccount | null): string | null {
  if (account?.boundaryRequired && account.boundaryArn && boundaryArn !== account.boundaryArn)
    return `Account ${account.name} requires the boundary ${account.boundaryArn}.`;
  if (account?.boundaryRequired && !boundaryArn) return `Account ${account.name} requires a boundary.`;
  if (!boundaryArn) return null;
  const owner = /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/.exec(boundaryArn)?.[1];
  if (!owner) return "A boundary is a managed policy's ARN, like arn:aws:iam::111122223333:policy/name.";
  return account && owner !== "aws" && owner !== account.accountId
    ? `The boundary is in account ${owner}; it must be in ${account.accountId}, where the role is.`
    : null;
}

function reasonProblems(draft: RoleDraft): DraftProblem[] {
  const problems: DraftProblem[] = [];
  if (draft.justification.trim() === "") problems.push(problem("justification", "Say why this role is needed."));
  if (draft.ticketUrl !== "" && !/^https?:\/\/\S+$/.test(draft.ticketUrl))
    problems.push(problem("ticketUrl", "A ticket link begins with https://."));
  return problems;
}

function problem(field: DraftProblem["field"], reason: string): DraftProblem {
  return { field, reason };
}

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
  const role = {
    ...desired.role,
    ...(document.attachedPolicies === undefined ? {} : { attachedPolicies: document.attachedPolicies }),
  };
  return { kind: "edit", desired: { ...desired, role }, uniqueId, baseVersion: version, continues: [] };
}
