import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import type { SignedInPerson } from "@/lib/identity/model";
import { mayDecide } from "./access";
import { holdUndecided } from "./approve";
import type { RequestState } from "./model";
import { aboutRequest } from "./model";
import type { VisibleRequest } from "./read";
import { rejectSchema } from "./schema";

/** Turns a request down, with the reason that its requester reads. Throws `forbidden`, `bad-input`, or `conflict` when somebody was faster. */
export async function rejectRequest(
  request: VisibleRequest,
  input: unknown,
  { person, actor, clock }: { person: SignedInPerson; actor: Actor; clock: Clock },
): Promise<void> {
  const { id } = request;
  const { reason: typed } = rejectSchema.parse(input);
  const reason = typed.trim();
  mustBeAllowed(mayDecide(person, { requesterId: request.requesterId, state: request.state as RequestState }));
  if (reason === "")
    throw new TrustdeskError("bad-input", "Say why: the requester reads it, and so do auditors.", { field: "reason" });
  await recordChange({ actor, clock }, async (tx) => {
    const decidedAt = clock.now();
    await holdUndecided(tx, id);
    await tx.decision.create({
      data: {
        requestId: id,
        requesterId: request.requesterId,
        personId: person.id,
        verdict: "rejected",
        planDigest: request.planDigest,
        reason,
        decidedAt,
      },
    });
    await tx.roleRequest.update({ where: { id }, data: { state: "rejected", reason, finishedAt: decidedAt } });
    return {
      value: null,
      audit: {
        action: "role-request-rejected",
        ...aboutRequest(request),
        after: { planDigest: request.planDigest },
        detail: reason,
      },
    };
  });
}
