import type { Actor, AuditEvent } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import { mayReplace, mayWithdraw } from "./access";
import { followerOf } from "./going-on";
import type { RequestState } from "./model";
import { aboutRequest, requestCan } from "./model";
import type { VisibleRequest } from "./read";

type Waiting = Prisma.RoleRequestGetPayload<{ include: { awsAccount: true } }>;

/** Takes a request back before anybody decided. Throws `forbidden`, or `conflict` when somebody was faster. */
export async function withdrawRequest(
  request: VisibleRequest,
  { person, actor, clock }: { person: SignedInPerson; actor: Actor; clock: Clock },
): Promise<void> {
  mustBeAllowed(mayWithdraw(person, { requesterId: request.requesterId, state: request.state as RequestState }));
  await recordChange({ actor, clock }, async (tx) => {
    return { value: null, audit: await end(tx, request, `Withdrawn by ${person.name}.`, clock.now()) };
  });
}

/** The request that this one takes the place of; what still waits is withdrawn by it. */
export async function withdrawInFavour(
  tx: Transaction,
  id: string,
  projectId: number,
  { person, clock, instanceId }: { person: SignedInPerson; clock: Clock; instanceId: string },
): Promise<AuditEvent[]> {
  const old = await tx.roleRequest.findFirst({ where: { id, instanceId, projectId }, include: { awsAccount: true } });
  if (!old) throw new TrustdeskError("not-found", "There is no such request to replace.");
  mustBeAllowed(
    mayReplace(person, { requesterId: old.requesterId, state: old.state as RequestState }, await followerOf(tx, id)),
  );
  return old.state === "requested" ? [await end(tx, old, "Withdrawn in favour of a newer request.", clock.now())] : [];
}

async function end(tx: Transaction, request: Waiting, reason: string, now: Date): Promise<AuditEvent> {
  const { count } = await tx.roleRequest.updateMany({
    where: { id: request.id, state: { in: [...requestCan.withdraw] } },
    data: { state: "withdrawn", reason, finishedAt: now },
  });
  if (count === 0)
    throw new TrustdeskError("conflict", "Somebody decided the request in this moment: look at it again.");
  return { action: "role-request-withdrawn", ...aboutRequest(request), detail: reason };
}
