import type { AuditEvent } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { asJson } from "@/lib/db/json";
import { providerArn } from "@/lib/iam/arn";
import type { RoleDocument, RoleState, Snapshot } from "@/lib/plan/change";
import type { Difference } from "@/lib/plan/drift";
import { driftOf } from "@/lib/plan/drift";
import { documentOf } from "@/lib/plan/edit";
import type { Goal } from "@/lib/plan/goal";
import { aboutRequest } from "@/lib/request/model";
import { judgementOf } from "@/lib/request/read";
import { readComparedRoles } from "@/lib/role/read-compared";
import { forgetSnapshots } from "@/lib/snapshot/forget-snapshots";
import type { Run } from "./journal";
import { hold } from "./journal";

/** A role as it stands in AWS now, and the document that is recorded of it. */
interface Made {
  role: RoleState;
  document: RoleDocument;
  /** In what AWS still differs: taking its role over mends no provider. */
  differences: Difference[];
  readAt: string;
}

/**
 * Ends a request as applied and records what it made of its role, all in one transaction: a first or a next version,
 * or that the role is removed. Throws where AWS does not show a role that must be there.
 */
export async function recordOutcome(run: Run, goal: Goal, snapshot: Snapshot): Promise<void> {
  const { request, clock } = run;
  const made = "desired" in goal ? madeOf(goal, snapshot) : null;
  await recordChange(run, async (tx) => {
    await hold(tx, run, "finish", { state: "applied", finishedAt: clock.now() });
    await forgetSnapshots(tx, request.awsAccountId);
    const recorded = made
      ? await recordMade(tx, run, goal, made)
      : await recordRemoved(tx, run, await roleToRemove(tx, run, goal));
    const after = made ? { arn: made.role.arn, uniqueId: made.role.uniqueId } : null;
    return {
      value: null,
      audit: [{ action: "apply-finished" as const, ...aboutRequest(request), after }, ...recorded],
    };
  });
}

function madeOf(
  goal: Extract<Goal, { kind: "create" | "edit" | "restore" | "adopt" }>,
  { role, provider, readAt }: Snapshot,
): Made {
  if (!role) throw new Error("The role that was just made is not visible yet");
  if (goal.kind !== "adopt") return { role, readAt, document: goal.desired.role, differences: [] };
  const document = documentOf(role);
  return {
    role,
    readAt,
    document,
    differences: driftOf({ document, uniqueId: role.uniqueId }, role, {
      arn: providerArn(goal.desired),
      held: provider,
    }),
  };
}

async function recordMade(tx: Transaction, run: Run, goal: Goal, made: Made): Promise<AuditEvent[]> {
  const { request, clock } = run;
  const { displaced, roleId } =
    goal.kind === "create" ? await placeForNew(tx, run, made.document.name) : { displaced: [], roleId: request.roleId };
  const facts = factsOf(run, made);
  const { id, version } = roleId === null ? await makeRole(tx, run, facts) : await nextVersion(tx, roleId, goal, facts);
  await tx.roleVersion.create({
    data: {
      roleId: id,
      version,
      document: asJson(made.document),
      judgement: asJson(judgementOf(request)),
      requestId: request.id,
      authorId: request.requesterId,
      createdAt: clock.now(),
    },
  });
  if (request.roleId !== id) await tx.roleRequest.update({ where: { id: request.id }, data: { roleId: id } });
  return [
    ...displaced,
    { action: "role-recorded", ...aboutRequest(request), after: made.document, detail: made.role.arn },
  ];
}

/** The recorded role that a new one goes on with: one of the project whose role vanished from AWS behind our back. Another project's makes room. */
async function placeForNew(
  tx: Transaction,
  run: Run,
  name: string,
): Promise<{ displaced: AuditEvent[]; roleId: string | null }> {
  const [recorded] = await readComparedRoles(tx, run.request.awsAccountId, [name]);
  if (!recorded) return { displaced: [], roleId: null };
  if (recorded.projectId === run.request.projectId) return { displaced: [], roleId: recorded.id };
  return { displaced: await recordRemoved(tx, run, recorded), roleId: null };
}

function factsOf({ request, clock }: Run, { role, document, differences, readAt }: Made) {
  const { projectId, projectPath, instanceId, grade } = request;
  const { arn, uniqueId, lastUsedAt } = role;
  const compared =
    differences.length === 0
      ? { liveState: "same", drift: Prisma.DbNull, driftSince: null }
      : { liveState: "drifted", drift: asJson(differences), driftSince: clock.now() };
  const live = { ...compared, live: asJson(role), checkedAt: readAt, lastUsedAt };
  return {
    arn,
    uniqueId,
    name: document.name,
    path: document.path,
    projectId,
    projectPath,
    instanceId,
    grade,
    updatedAt: clock.now(),
    ...live,
  };
}

function makeRole(
  tx: Transaction,
  { request, clock }: Run,
  facts: ReturnType<typeof factsOf>,
): Promise<{ id: string; version: number }> {
  const { awsAccountId, requesterId } = request;
  return tx.role.create({ data: { ...facts, awsAccountId, ownerId: requesterId, version: 1, createdAt: clock.now() } });
}

async function nextVersion(
  tx: Transaction,
  id: string,
  goal: Goal,
  facts: ReturnType<typeof factsOf>,
): Promise<{ id: string; version: number }> {
  const expected = "baseVersion" in goal ? { version: goal.baseVersion } : {};
  const [next] = await tx.role.updateManyAndReturn({
    where: { id, removedAt: null, ...expected },
    data: { ...facts, version: { increment: 1 } },
    select: { id: true, version: true },
  });
  if (!next) throw new Error("The role was recorded anew while this apply was under way");
  return next;
}

/** The role that is gone now; null where an undo took away what was never recorded. */
async function roleToRemove(tx: Transaction, { request }: Run, goal: Goal): Promise<RemovedRole | null> {
  if (goal.kind === "undo")
    return tx.role.findFirst({
      where: {
        awsAccountId: request.awsAccountId,
        removedAt: null,
        versions: { some: { version: 1, requestId: { in: goal.continues } } },
      },
    });
  return request.roleId === null ? null : tx.role.findFirst({ where: { id: request.roleId, removedAt: null } });
}

type RemovedRole = { id: string; name: string; projectId: number; projectPath: string };

/** Marks a role as removed: its history stays, and its name is free. */
async function recordRemoved(
  tx: Transaction,
  { request, clock }: Run,
  role: RemovedRole | null,
): Promise<AuditEvent[]> {
  if (!role) return [];
  const { id, name: roleName, projectId, projectPath } = role;
  await tx.role.update({ where: { id }, data: { removedAt: clock.now(), updatedAt: clock.now() } });
  return [{ action: "role-removed", ...aboutRequest(request), roleName, projectId, projectPath }];
}
