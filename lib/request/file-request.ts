import type { AuditEvent } from "@/lib/audit/model";
import type { Transaction } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { asJson, fromJson } from "@/lib/db/json";
import type { Decision } from "@/lib/errors";
import { TrustdeskError } from "@/lib/errors";
import { seesEverything } from "@/lib/identity/access";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Plan } from "@/lib/plan/change";
import { documentDiff } from "@/lib/plan/describe";
import type { GoalKind } from "@/lib/plan/goal-words";
import type { VisibleProject } from "@/lib/project/open-live-project";
import { literal } from "@/lib/project/read";
import type { RoleDraft } from "@/lib/role-form/schema";
import { ruleFor } from "./access";
import { standsAtSubmit } from "./grounds";
import type { PlannedGoal } from "./judged-plan";
import { judgementRow, putInLine } from "./judged-plan";
import { finalStates } from "./model";

/** Everything about a new request. */
export interface NewRequest {
  planned: PlannedGoal;
  digest: string;
  draft: RoleDraft;
  project: { id: number; path: string };
  /** The project as GitLab shows it now; null for a platform engineer whom it does not, who may then but take away. */
  live: VisibleProject | null;
  account: AwsAccount;
  roleName: string;
  rolePath: string;
  /** The recorded role that it is about, or null. */
  roleId: string | null;
  /** The request that it retries, undoes or replaces, or null. */
  originId: string | null;
}

/** What the audit calls asking for each kind. */
const askedFor = {
  create: "role-request-submitted",
  edit: "role-change-requested",
  restore: "role-restore-requested",
  adopt: "role-adoption-requested",
  remove: "role-removal-requested",
  undo: "role-undo-requested",
} as const satisfies Record<GoalKind, AuditEvent["action"]>;

/**
 * Stores a request in the caller's transaction: in line for the worker where its requester is a platform engineer,
 * waiting for approval otherwise. Throws `conflict` when another request for the role is not finished.
 */
export async function fileRequest(
  tx: Transaction,
  request: NewRequest,
  { person, now, instanceId }: { person: SignedInPerson; now: Date; instanceId: string },
): Promise<{ id: string; audit: AuditEvent }> {
  const { planned, digest, draft, project, live, account, roleName, rolePath, roleId, originId } = request;
  const { goal, plan, judgement } = planned;
  const { grade } = judgement;
  const said = await judgementRow({ plan, planDigest: digest, judgement }, now);
  await mustBeTheOnlyOne(
    tx,
    { awsAccountId: account.id, roleName, plan },
    (projectId) => seesEverything(person) || projectId === project.id,
  );
  const rule = ruleFor(person);
  mustStand(standsAtSubmit({ kind: goal.kind, rule, projectPath: project.path }, person, live?.view ?? null));
  const queued = rule === "platform-engineer";
  const { id } = await tx.roleRequest.create({
    data: {
      instanceId,
      kind: goal.kind,
      requesterId: person.id,
      projectId: project.id,
      projectPath: project.path,
      roleId,
      originId,
      awsAccountId: account.id,
      roleName,
      rolePath,
      planDigest: digest,
      rule,
      state: queued ? "queued" : "requested",
      createdAt: now,
      queuedAt: queued ? now : null,
      draft: asJson(draft),
      goal: asJson(goal),
      plan: asJson(plan),
      judgementDigest: said.digest,
      grade,
      judgements: { create: [said] },
    },
  });
  if (queued) await putInLine(tx, { id, plan, roleName, accountId: account.accountId });
  const about = {
    requestId: id,
    projectId: project.id,
    projectPath: project.path,
    roleName,
    accountId: account.accountId,
  };
  return {
    id,
    audit: {
      action: askedFor[goal.kind],
      ...about,
      after: { plan, planDigest: digest, grade, rule },
      detail: draft.justification,
    },
  };
}

function mustStand(stands: Decision): void {
  if (!stands.ok) throw new TrustdeskError("conflict", stands.reason);
}

/**
 * Refuses a second request for a role while another is under way. Whoever may see the other one gets the difference
 * between the two as data. Whoever comes second in the same moment waits for the lock and then finds the first.
 * IAM's role names are unique in an account whatever their case.
 */
async function mustBeTheOnlyOne(
  tx: Transaction,
  { awsAccountId, roleName, plan }: { awsAccountId: string; roleName: string; plan: Plan },
  maySee: (projectId: number) => boolean,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`role:${awsAccountId}:${roleName.toLowerCase()}`}, 0))`;
  const other = await tx.roleRequest.findFirst({
    where: {
      awsAccountId,
      roleName: { equals: literal(roleName), mode: "insensitive" },
      state: { notIn: [...finalStates] },
    },
    include: { requester: true },
  });
  if (!other) return;
  if (!maySee(other.projectId))
    throw new TrustdeskError(
      "conflict",
      `Somebody has already asked for ${roleName} in this account, for another project. Choose another name.`,
      { field: "roleName" },
    );
  const theirs = fromJson<Plan>(other.plan);
  throw new TrustdeskError(
    "conflict",
    `${other.requester.name} has already asked for ${roleName} in this account, and that request is not finished.`,
    {
      field: "roleName",
      data: {
        kind: "other-request",
        requestId: other.id,
        requester: { name: other.requester.name, username: other.requester.username },
        plan: theirs,
        diff: documentDiff(theirs.changes, plan.changes),
      },
    },
  );
}
