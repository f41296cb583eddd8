import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { AccountProbe } from "@/lib/aws/probe";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import type { AccountTest } from "@/lib/iam/account-test";
import { readAccountRow } from "./read";

/** Tries the way to an account and records what was found. The worker runs it. */
export async function testAccount(
  { awsAccountId }: { awsAccountId: string },
  { actor, clock, probe }: { actor: Actor; clock: Clock; probe: AccountProbe },
): Promise<AccountTest> {
  const account = await readAccountRow(database(), awsAccountId);
  const checks = await probe(account);
  const failure = checks.find((check) => !check.ok);
  const lastTest: AccountTest = { state: failure ? "failed" : "passed", checks, at: clock.now().toISOString() };
  return recordChange({ actor, clock }, async (tx) => {
    await tx.awsAccount.update({ where: { id: awsAccountId }, data: { lastTest } });
    return {
      value: lastTest,
      audit: {
        action: "account-tested",
        accountId: account.accountId,
        after: lastTest,
        detail: failure ? failure.text : "it works",
      },
    };
  });
}
