import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { Transaction } from "@/lib/db/client";
import { asJson } from "@/lib/db/json";
import type { Decision } from "@/lib/errors";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import type { LiveProject } from "@/lib/judgement/project";
import type { GoalKind } from "@/lib/plan/goal-words";
import { mayDecide } from "./access";
import type { Standing } from "./grounds";
import type { JudgedPlan } from "./judged-plan";
import { keepJudgement, mustBeShown, mustMeanTheSame, putInLine } from "./judged-plan";
import type { RequestRule, RequestState } from "./model";
import { aboutRequest } from "./model";
import { planOfRequest } from "./plan-now";
import type { VisibleRequest } from "./read";
import { approveSchema } from "./schema";

interface ApproveContext {
  person: SignedInPerson;
  actor: Actor;
  clock: Clock;
  /** Whether what the request stands on still holds: GitLab's answer, now. */
  stillStands: (request: Standing) => Promise<Decision>;
  /** The project as GitLab shows it to the approver now; null where it does not. */
  liveProject: (projectId: number) => Promise<LiveProject | null>;
}

/**
 * Approves a request: the plan and the judgement that were on screen, by their digests, go in line in the same
 * transaction; what was said before stays beside it. Throws `forbidden`, or `conflict`: with what is newer where AWS
 * or GitLab has moved, with the reason where the request does not stand any more, or when somebody was faster;
 * `unavailable` where GitLab cannot be asked.
 */
export async function approveRequest(
  request: VisibleRequest,
  input: unknown,
  { person, actor, clock, stillStands, liveProject }: ApproveContext,
): Promise<void> {
  const { reason, ...shown } = approveSchema.parse(input);
  mustBeAllowed(mayDecide(person, { requesterId: request.requesterId, state: request.state as RequestState }));
  const stands = await stillStands(standingOfRequest(request));
  if (!stands.ok) throw new TrustdeskError("conflict", `${stands.reason} Reject the request, or have it sent again.`);
  const project = { id: request.projectId, path: request.projectPath };
  const judged = await planOfRequest(request, { project, live: liveProject }, clock);
  await mustBeShown(judged.plan, shown.planDigest);
  await mustMeanTheSame(judged, shown.judgementDigest);
  await recordChange({ actor, clock }, async (tx) => {
    await decide(tx, request, { person, judged, reason: reason.trim(), at: clock.now() });
    const { plan, planDigest, judgement } = judged;
    return {
      value: null,
      audit: {
        action: "role-request-approved",
        ...aboutRequest(request),
        after: { plan, planDigest, grade: judgement.grade },
        detail: reason.trim() || undefined,
      },
    };
  });
}

function standingOfRequest({ kind, rule, projectId, projectPath, requester }: VisibleRequest): Standing {
  return {
    kind: kind as GoalKind,
    rule: rule as RequestRule,
    projectId,
    projectPath,
    requester,
    approvers: null,
  };
}

interface Approval {
  person: SignedInPerson;
  judged: JudgedPlan;
  reason: string;
  at: Date;
}

async function decide(
  tx: Transaction,
  { id, requesterId, roleName, awsAccount }: VisibleRequest,
  { person, judged, reason, at }: Approval,
): Promise<void> {
  const { plan, planDigest, judgement } = judged;
  await holdUndecided(tx, id);
  const digest = await keepJudgement(tx, id, judged, at);
  await tx.decision.create({
    data: {
      requestId: id,
      requesterId,
      personId: person.id,
      verdict: "approved",
      planDigest,
      judgementDigest: digest,
      reason,
      decidedAt: at,
    },
  });
  await tx.roleRequest.update({
    where: { id },
    data: {
      state: "queued",
      plan: asJson(plan),
      planDigest,
      judgementDigest: digest,
      grade: judgement.grade,
      queuedAt: at,
    },
  });
  await putInLine(tx, { id, plan, roleName, accountId: awsAccount.accountId });
}

/** Holds a request that waits for a decision until the transaction ends. Throws `conflict` when somebody else decided, or withdrew it, in the same moment. */
export async function holdUndecided(tx: Transaction, id: string): Promise<void> {
  const held = await tx.$queryRaw<
    { id: string }[]
  >`SELECT "id" FROM "RoleRequest" WHERE "id" = ${id} AND "state" = 'requested' FOR UPDATE`;
  if (held.length === 0)
    throw new TrustdeskError(
      "conflict",
      "Somebody was faster: the request is decided, or was withdrawn. Look at it again.",
    );
}
