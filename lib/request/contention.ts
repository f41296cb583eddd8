import type { Transaction } from "@/lib/db/client";
import { fromJson } from "@/lib/db/json";
import { TrustdeskError } from "@/lib/errors";
import type { Plan } from "@/lib/plan/change";
import { documentDiff } from "@/lib/plan/describe";
import { literal } from "@/lib/project/read";
import { finalStates } from "./model";

/**
 * Refuses a second request for a role while another is under way. Whoever may see the other one gets the difference
 * between the two as data. Whoever comes second in the same moment waits for the lock and then finds the first.
 * IAM's role names are unique in an account whatever their case.
 */
export async function mustBeTheOnlyOne(
  tx: Transaction,
  { awsAccountId, roleName, plan }: { awsAccountId: string; roleName: string; plan: Plan },
  maySee: (projectId: number) => boolean,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`role:${awsAccountId}:${roleName.toLowerCase()}`}, 0))`;
  const other = await tx.roleRequest.findFirst({
    where: {
      awsAccountId,
      roleName: { equals: literal(roleName), mode: "insensitive" },
      state: { notIn: [...finalStates] },
    },
    include: { requester: true },
  });
  if (!other) return;
  if (!maySee(other.projectId))
    throw new TrustdeskError(
      "conflict",
      `Somebody has already asked for ${roleName} in this account, for another project. Choose another name.`,
      { field: "roleName" },
    );
  const theirs = fromJson<Plan>(other.plan);
  throw new TrustdeskError(
    "conflict",
    `${other.requester.name} has already asked for ${roleName} in this account, and that request is not finished.`,
    {
      field: "roleName",
      data: {
        kind: "other-request",
        requestId: other.id,
        requester: { name: other.requester.name, username: other.requester.username },
        plan: theirs,
        diff: documentDiff(theirs.changes, plan.changes),
      },
    },
  );
}
