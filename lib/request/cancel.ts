import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import { aboutRequest } from "./about-request";
import { mayCancel } from "./access";
import type { RequestState } from "./model";
import { requestCan } from "./model";

/**
 * Cancels a request. It stays "queued" until its first call to AWS is journalled, so a cancelled one made none.
 * The caller has made sure that the person may see it. Throws `not-found`, or `forbidden` with the reason.
 */
export async function cancelRequest(
  { id }: { id: string },
  { person, actor, clock }: { person: SignedInPerson; actor: Actor; clock: Clock },
): Promise<void> {
  await recordChange({ actor, clock }, async (tx) => {
    const request = await tx.roleRequest.findUnique({ where: { id }, include: { awsAccount: true } });
    if (!request) throw new TrustdeskError("not-found", "There is no such request.");
    mustBeAllowed(mayCancel(person, { requesterId: request.requesterId, state: request.state as RequestState }));
    const reason = `Cancelled by ${person.name} before the first call to AWS.`;
    const { count } = await tx.roleRequest.updateMany({
      where: { id, state: { in: [...requestCan.cancel] } },
      data: { state: "cancelled", reason, finishedAt: clock.now() },
    });
    if (count === 0)
      throw new TrustdeskError("conflict", "The worker was faster: the first call to AWS has been made.");
    return { value: null, audit: { action: "apply-cancelled", ...aboutRequest(request) } };
  });
}
