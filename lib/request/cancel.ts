import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import { mayCancel } from "./access";
import type { RequestState } from "./model";
import { aboutRequest, requestCan } from "./model";
import type { VisibleRequest } from "./read";

/**
 * Cancels a request. It stays "queued" until its first call to AWS is journalled, so a cancelled one made none.
 * Throws `forbidden` with the reason, or `conflict` when the worker was faster.
 */
export async function cancelRequest(
  request: VisibleRequest,
  { person, actor, clock }: { person: SignedInPerson; actor: Actor; clock: Clock },
): Promise<void> {
  mustBeAllowed(mayCancel(person, { requesterId: request.requesterId, state: request.state as RequestState }));
  await recordChange({ actor, clock }, async (tx) => {
    const reason = `Cancelled by ${person.name} before the first call to AWS.`;
    const { count } = await tx.roleRequest.updateMany({
      where: { id: request.id, state: { in: [...requestCan.cancel] } },
      data: { state: "cancelled", reason, finishedAt: clock.now() },
    });
    if (count === 0)
      throw new TrustdeskError("conflict", "The worker was faster: the first call to AWS has been made.");
    return { value: null, audit: { action: "apply-cancelled", ...aboutRequest(request) } };
  });
}
