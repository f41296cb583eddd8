import type { Actor } from "@/lib/audit/model";
import type { Truth } from "@/lib/audit/payload";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { asJson, fromJson } from "@/lib/db/json";
import type { Change, Plan } from "@/lib/plan/change";
import { describeChange } from "@/lib/plan/describe";
import type { AwsFailure } from "@/lib/plan/failure";
import type { RequestAction } from "@/lib/request/model";
import { aboutRequest, requestCan } from "@/lib/request/model";
import { queueRoleCheck } from "@/lib/role/queue-role-check";
import { forgetSnapshots } from "@/lib/snapshot/forget-snapshots";

const whole = {
  requester: true,
  awsAccount: true,
  decisions: { include: { person: true } },
  steps: { orderBy: { index: "asc" } },
  judgements: { select: { digest: true, value: true } },
} satisfies Prisma.RoleRequestInclude;

export type RequestToApply = Prisma.RoleRequestGetPayload<{ include: typeof whole }>;
export type JournalStep = RequestToApply["steps"][number];

/** One worker's hold on a request. Whoever holds the highest epoch may write; others are fenced off. */
export interface Run {
  request: RequestToApply;
  plan: Plan;
  epoch: number;
  actor: Actor;
  clock: Clock;
}

/** Another worker took the request over, or it was cancelled: this one must not go on. */
class Fenced extends Error {
  constructor(requestId: string) {
    super(`Request ${requestId} is not this worker's any more`);
    this.name = "Fenced";
  }
}

/** Takes hold of a request; null when nothing is left to do for it. */
export async function claim(requestId: string, actor: Actor, clock: Clock): Promise<Run | null> {
  const db = database();
  const [held] = await db.roleRequest.updateManyAndReturn({
    where: { id: requestId, state: { in: [...requestCan.start] } },
    data: { applyEpoch: { increment: 1 } },
    select: { applyEpoch: true },
  });
  if (!held) return null;
  const request = await db.roleRequest.findUniqueOrThrow({ where: { id: requestId }, include: whole });
  return { request, plan: fromJson<Plan>(request.plan), epoch: held.applyEpoch, actor, clock };
}

/** Says that the apply begins; from here it cannot be cancelled. False when it was cancelled before. `mustHold` looks into the same transaction and throws what speaks against it. */
export async function recordStart(run: Run, mustHold: (tx: Transaction) => Promise<void>): Promise<boolean> {
  const { request, clock } = run;
  try {
    return await recordChange(run, async (tx) => {
      await hold(tx, run, "cancel", { state: "applying", startedAt: clock.now() });
      await mustHold(tx);
      return { value: true, audit: { action: "apply-started", ...aboutRequest(request), after: run.plan } };
    });
  } catch (error) {
    if (error instanceof Fenced && (await isCancelled(request.id))) return false;
    throw error;
  }
}

/** Writes down that a call is about to be made. */
export async function journalIntent(run: Run, { index }: JournalStep): Promise<void> {
  await database().$transaction(async (tx) => {
    await hold(tx, run, "finish");
    await tx.applyStep.update({
      where: { requestId_index: { requestId: run.request.id, index } },
      data: { state: "intent", intentAt: run.clock.now(), epoch: run.epoch },
    });
  });
}

/** Writes down, in journal and audit at once, that a change holds in AWS. */
export async function recordStep(
  run: Run,
  { index, change }: JournalStep,
  outcome: { state: "done" | "unchanged"; awsRequestId: string | null },
): Promise<void> {
  const planned = fromJson<Change>(change);
  const words = describeChange(planned);
  await recordChange(run, async (tx) => {
    await hold(tx, run, "finish");
    await tx.applyStep.update({
      where: { requestId_index: { requestId: run.request.id, index } },
      data: { ...outcome, finishedAt: run.clock.now(), epoch: run.epoch },
    });
    const how =
      outcome.state === "unchanged"
        ? " No call to AWS was needed."
        : outcome.awsRequestId
          ? ` AWS request ${outcome.awsRequestId}.`
          : "";
    return {
      value: null,
      audit: {
        action: "apply-step-done",
        ...aboutRequest(run.request),
        before: planned.before,
        after: planned.after,
        detail: words + how,
      },
    };
  });
}

/** Ends the request as failed. `truth` is what AWS holds now, as far as it could be read; `step` failed, if one did. */
export async function recordFailure(
  run: Run,
  { failure, step, truth }: { failure: AwsFailure; step: JournalStep | null; truth: Truth },
): Promise<void> {
  const { request, clock } = run;
  const reason = `${failure.message} ${failure.todo}`.trim();
  await recordChange(run, async (tx) => {
    await hold(tx, run, "fail", { state: "failed", reason, finishedAt: clock.now() });
    await forgetSnapshots(tx, request.awsAccountId);
    if (step)
      await tx.applyStep.update({
        where: { requestId_index: { requestId: request.id, index: step.index } },
        data: { state: "failed", failure: asJson(failure), finishedAt: clock.now() },
      });
    await tx.applyStep.updateMany({ where: { requestId: request.id, state: "pending" }, data: { state: "skipped" } });
    await compareAnew(tx, request);
    const failed = { action: "apply-failed" as const, ...aboutRequest(request), after: truth, detail: reason };
    if (!step) return { value: null, audit: failed };
    return {
      value: null,
      audit: [
        {
          action: "apply-step-failed" as const,
          ...aboutRequest(request),
          detail: `${describeChange(fromJson<Change>(step.change))} ${reason}`,
        },
        failed,
      ],
    };
  });
}

/** What was known of the role in AWS is old once a call may have changed it: it counts as unknown, and is compared at once. */
async function compareAnew(tx: Transaction, { id, roleId, awsAccountId }: RequestToApply): Promise<void> {
  if (
    roleId === null ||
    (await tx.applyStep.count({ where: { requestId: id, state: { in: ["intent", "done", "failed"] } } })) === 0
  )
    return;
  const { count } = await tx.role.updateMany({
    where: { id: roleId, removedAt: null },
    data: { liveState: "unknown", checkedAt: null },
  });
  if (count > 0) await queueRoleCheck(tx, { roleId, awsAccountId });
}

/** Writes to the request's row, or only locks it, if it is still this worker's and in a state that allows `action`. */
export async function hold(
  tx: Transaction,
  { request, epoch }: Run,
  action: RequestAction,
  data: Prisma.RoleRequestUpdateManyMutationInput = {},
): Promise<void> {
  const { count } = await tx.roleRequest.updateMany({
    where: { id: request.id, applyEpoch: epoch, state: { in: [...requestCan[action]] } },
    data: { applyEpoch: epoch, ...data },
  });
  if (count === 0) throw new Fenced(request.id);
}

async function isCancelled(id: string): Promise<boolean> {
  return (await database().roleRequest.count({ where: { id, state: "cancelled" } })) > 0;
}
