import type { Actor, AuditEvent } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { Transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import { aboutRequest } from "./about-request";
import { mayWithdraw } from "./access";
import type { RequestState } from "./model";
import { requestCan } from "./model";
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

/** Withdraws a request because a newer one takes its place, in the newer one's transaction. */
export function withdrawInFavour(tx: Transaction, request: Waiting, now: Date): Promise<AuditEvent> {
  return end(tx, request, "Withdrawn in favour of a newer request.", now);
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
