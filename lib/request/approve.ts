import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { asJson } from "@/lib/db/json";
import type { Decision } from "@/lib/errors";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import { gradeSchema } from "@/lib/iam/findings/grade-schema";
import type { SignedInPerson } from "@/lib/identity/model";
import type { Judgement } from "@/lib/judgement/judgement";
import type { Plan } from "@/lib/plan/change";
import { aboutRequest } from "./about-request";
import { mayDecide } from "./access";
import { judgementColumns, putInLine } from "./file-request";
import { holdUndecided } from "./hold-undecided";
import type { RequestState } from "./model";
import type { LiveProject } from "./plan-goal";
import { judgeAnew, planOfRequest } from "./plan-now";
import { approveSchema } from "./schema";
import { mustBeShown } from "./submit-context";

interface ApproveContext {
  person: SignedInPerson;
  actor: Actor;
  clock: Clock;
  /** Whether what the request stands on still holds: the requester's right, and the project's path. GitLab's answer, now. */
  stillStands: (request: {
    kind: string;
    projectId: number;
    projectPath: string;
    requester: { gitlabUserId: number; name: string };
  }) => Promise<Decision>;
  /** The project as GitLab shows it to the approver now; null where it does not. */
  liveProject: (projectId: number) => Promise<LiveProject | null>;
}

const whole = { awsAccount: true, requester: true } satisfies Prisma.RoleRequestInclude;

/**
 * Approves a request: the plan that was on screen, by its digest, goes in line in the same transaction. The caller
 * has made sure that the person may see it. Throws `not-found`, `forbidden`, or `conflict`: with the newer plan where
 * AWS has moved, with the reason where the requester or the project has, or when somebody was faster; `unavailable`
 * where GitLab cannot be asked.
 */
export async function approveRequest(
  input: unknown,
  { person, actor, clock, stillStands, liveProject }: ApproveContext,
): Promise<void> {
  const { id, planDigest: shownDigest, reason } = approveSchema.parse(input);
  const request = await database().roleRequest.findUnique({ where: { id }, include: whole });
  if (!request) throw new TrustdeskError("not-found", "There is no such request.");
  mustBeAllowed(mayDecide(person, { requesterId: request.requesterId, state: request.state as RequestState }));
  const stands = await stillStands(request);
  if (!stands.ok) throw new TrustdeskError("conflict", `${stands.reason} Reject the request, or have it sent again.`);
  const { plan, snapshot } = await planOfRequest(request, clock);
  const digest = await mustBeShown(plan, shownDigest);
  const judgement = await judgeAnew(request, liveProject)(plan, snapshot);
  await recordChange({ actor, clock }, async (tx) => {
    await decide(tx, request, { person, plan, digest, judgement, reason: reason.trim(), at: clock.now() });
    return {
      value: null,
      audit: {
        action: "role-request-approved",
        ...aboutRequest(request),
        after: { plan, planDigest: digest, grade: judgement?.grade ?? gradeSchema.parse(request.grade) },
        detail: reason.trim() || undefined,
      },
    };
  });
}

interface Approval {
  person: SignedInPerson;
  plan: Plan;
  digest: string;
  /** Of a plan that is another than was asked for. */
  judgement: Judgement | null;
  reason: string;
  at: Date;
}

async function decide(
  tx: Transaction,
  request: Prisma.RoleRequestGetPayload<{ include: typeof whole }>,
  { person, plan, digest, judgement, reason, at }: Approval,
): Promise<void> {
  const { id, requesterId, roleName, awsAccount } = request;
  await holdUndecided(tx, id);
  await tx.decision.create({
    data: {
      requestId: id,
      requesterId,
      personId: person.id,
      verdict: "approved",
      planDigest: digest,
      reason,
      decidedAt: at,
    },
  });
  await tx.roleRequest.update({
    where: { id },
    data: {
      state: "queued",
      plan: asJson(plan),
      planDigest: digest,
      queuedAt: at,
      ...(judgement ? judgementColumns(judgement) : {}),
    },
  });
  await putInLine(tx, { id, plan, roleName, accountId: awsAccount.accountId });
}
