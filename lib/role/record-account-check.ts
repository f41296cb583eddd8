import type { AccountCheckFailure } from "@/lib/account/model";
import { database } from "@/lib/db/client";
import type { AwsAccount } from "@/lib/db/generated/client";
import { Prisma } from "@/lib/db/generated/client";
import { asJson, fromJson } from "@/lib/db/json";
import { checkAccountsEvery } from "@/lib/jobs/schedule";
import type { AwsFailure } from "@/lib/plan/failure";

/** The schedule looks every minute; without slack the seconds between two looks would make it a minute more. */
const slack = 30_000;

/** Whether it is time to compare an account's roles: never tried, or tried a quarter of an hour ago. */
export function isCheckDue(
  { checkedAt, checkFailure }: Pick<AwsAccount, "checkedAt" | "checkFailure">,
  now: Date,
): boolean {
  const failedAt = checkFailure === null ? 0 : new Date(fromJson<AccountCheckFailure>(checkFailure).at).getTime();
  const triedAt = Math.max(checkedAt?.getTime() ?? 0, failedAt);
  return now.getTime() - triedAt >= checkAccountsEvery - slack;
}

/** Keeps when an account's roles were last compared, or why that failed; `checkedAt` stays that of the last success. An observation: no audit. */
export async function recordAccountCheck(
  awsAccountId: string,
  { at, failure }: { at: Date; failure: AwsFailure | null },
): Promise<void> {
  const failed = failure && ({ ...failure, at: at.toISOString() } satisfies AccountCheckFailure);
  const data = failed ? { checkFailure: asJson(failed) } : { checkedAt: at, checkFailure: Prisma.DbNull };
  await database().awsAccount.updateMany({ where: { id: awsAccountId }, data });
}
