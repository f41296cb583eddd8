import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/enqueue";
import { isCheckDue } from "./record-account-check";

/** Queues a comparison for each account that is due. Comparisons of one account run one after another, so that it has one reader at a time. */
export async function checkAccounts({ clock }: { clock: Clock }): Promise<void> {
  const accounts = await database().awsAccount.findMany({ select: { id: true, checkedAt: true, checkFailure: true } });
  const due = accounts.filter((account) => isCheckDue(account, clock.now()));
  if (due.length === 0) return;
  await database().$transaction(async (tx) => {
    for (const { id } of due)
      await enqueue(
        tx,
        "check-account",
        { awsAccountId: id },
        { queueName: `check:${id}`, jobKey: `check-account:${id}` },
      );
  });
}
