import type { Transaction } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/enqueue";

/** Has a role compared with AWS: once, however often that is asked for before the worker gets to it, and one look at an account at a time. */
export async function queueRoleCheck(
  tx: Transaction,
  { roleId, awsAccountId }: { roleId: string; awsAccountId: string },
): Promise<void> {
  await enqueue(tx, "check-role", { roleId }, { queueName: `check:${awsAccountId}`, jobKey: `check-role:${roleId}` });
}
