import type { AuditEvent } from "@/lib/audit/model";
import type { Transaction } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { asJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import { seesEverything } from "@/lib/identity/access";
import type { SignedInPerson } from "@/lib/identity/model";
import { enqueue } from "@/lib/jobs/enqueue";
import type { Plan } from "@/lib/plan/change";
import type { GoalKind } from "@/lib/plan/goal-words";
import type { VisibleProject } from "@/lib/project/open-live-project";
import type { RoleDraft } from "@/lib/role-form/schema";
import { ruleFor } from "./access";
import { mustBeTheOnlyOne } from "./contention";
import type { Claim } from "./grounds";
import { standsOn } from "./grounds";
import { judgementRow } from "./keep-judgement";
import type { PlannedGoal } from "./plan-goal";

/** Everything about a new request. */
export interface NewRequest {
  planned: PlannedGoal;
  digest: string;
  draft: RoleDraft;
  project: { id: number; path: string };
  /** The project as GitLab shows it now; null for a platform engineer whom it does not. */
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
  mustStand({ kind: goal.kind, rule, projectPath: project.path }, person, live);
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

/** At submit nobody has approved yet, and the judgement is of this moment. */
function mustStand(claim: Claim, { name, role }: SignedInPerson, live: NewRequest["live"]): void {
  const stands = standsOn(claim, {
    requester: { name, role, accessLevel: live?.view.accessLevel ?? 0 },
    approvers: null,
    project: live?.view ?? null,
    worse: [],
  });
  if (!stands.ok) throw new TrustdeskError("conflict", stands.reason);
}

/** Writes the journal's empty rows and queues the job: one role's requests run one after another. */
export async function putInLine(
  tx: Transaction,
  { id, plan, roleName, accountId }: { id: string; plan: Plan; roleName: string; accountId: string },
): Promise<void> {
  await tx.applyStep.createMany({
    data: plan.changes.map((change, index) => ({ requestId: id, index, change: asJson(change), state: "pending" })),
  });
  await enqueue(
    tx,
    "apply-request",
    { requestId: id },
    { queueName: `role:${accountId}:${roleName.toLowerCase()}`, jobKey: `apply-request:${id}` },
  );
}
