import { descriptionProblem, roleNameProblem, rolePathProblem } from "@/lib/iam/names";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { audienceFor } from "@/lib/iam/trusted-provider";
import type { RoleDocument } from "@/lib/plan/change";
import type { DesiredRole, PlanProblem } from "@/lib/plan/diff";
import type { Goal } from "@/lib/plan/goal";
import type { WriteContext } from "./form";
import { write } from "./form";
import type { DesiredAccount } from "./form-place";
import { providerFor } from "./form-place";
import type { DraftProblem, RoleDraft } from "./schema";

export type { FormPlace } from "./form-place";
export { templatePlace } from "./form-place";

/** What a draft is about: the project and the account as they are now, who will own the role, and what is recorded of it. */
export interface DraftContext extends WriteContext {
  /** The version of the role that the form changes; null for a new role. */
  recorded: RoleDocument | null;
}

/** What a draft amounts to, as far as it is filled in, and everything that is wrong with it. */
export interface DraftResult {
  trustPolicy: RawPolicy | null;
  /** The inline policy that the form shows; null while there is none. */
  permissionPolicy: RawPolicy | null;
  /** The role's other inline policies, which are kept whatever the draft says. */
  keptPolicies: Record<string, RawPolicy>;
  /** Null while a document, a name or the account is missing. */
  desired: DesiredRole | null;
  problems: DraftProblem[];
}

/**
 * A draft as documents: what it says, written into what is recorded. The browser's preview and the server's check are
 * this one function; a draft may be submitted only when `problems` is empty.
 */
export function desiredRole(draft: RoleDraft, context: DraftContext): DraftResult {
  const { project, account, recorded } = context;
  const { document, problems, ...written } = write(draft, recorded, context);
  const isNamed = roleNameProblem(draft.roleName) === null && rolePathProblem(draft.rolePath) === null;
  return {
    ...written,
    desired:
      account && document && isNamed
        ? {
            accountId: account.accountId,
            partition: account.partition,
            issuer: project.issuer,
            audience: audienceFor(readPolicy(document.trustPolicy), providerFor(project, account), draft.audience),
            role: document,
          }
        : null,
    problems: [
      ...(account ? [] : [problem("awsAccountId", "Choose an account.")]),
      ...problems,
      ...fieldProblems(draft, account),
      ...reasonProblems(draft),
    ],
  };
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

function fieldProblems(draft: RoleDraft, account: DesiredAccount | null): DraftProblem[] {
  const checks: [DraftProblem["field"], string | null][] = [
    ["roleName", roleNameProblem(draft.roleName)],
    ["rolePath", rolePathProblem(draft.rolePath)],
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

/** What the form wants: a new role, or a change of a recorded one. The browser's preview and the server's check are this one function. */
export function formGoal(desired: DesiredRole, edited: EditedRole | null): Goal {
  if (!edited) return { kind: "create", desired, continues: [] };
  return { kind: "edit", desired, uniqueId: edited.uniqueId, baseVersion: edited.version, continues: [] };
}
