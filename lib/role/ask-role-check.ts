import type { AccountCheckFailure } from "@/lib/account/model";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { fromJson } from "@/lib/db/json";
import { waitingText } from "@/lib/jobs/waiting";
import { isFresh } from "./observation";
import { queueRoleCheck } from "./queue-role-check";
import type { VisibleRole } from "./read-role-to-check";

/** How a role's comparison with AWS stands. Ask again until it is "known"; the role then holds what was found. */
export interface RoleCheckAnswer {
  state: "checking" | "known";
  checkedAt: string | null;
  /** Why AWS could not be read the last time, as far as nothing was read since. */
  failure: AccountCheckFailure | null;
  /** Why nothing happens, where nothing does. */
  waiting: string | null;
}

/** Asks the worker to compare a role with AWS, at most once in 10 s. A role that is being applied is not judged meanwhile. */
export async function askRoleCheck(role: VisibleRole, { clock }: { clock: Clock }): Promise<RoleCheckAnswer> {
  const { id: roleId, awsAccountId, awsAccount, checkedAt, createdAt, requests } = role;
  const failure = lastFailure(
    awsAccount.checkFailure === null ? null : fromJson<AccountCheckFailure>(awsAccount.checkFailure),
    checkedAt,
  );
  const now = clock.now();
  const known =
    isFresh(checkedAt, now) || (failure !== null && isFresh(new Date(failure.at), now)) || requests.length > 0;
  const answer = { checkedAt: checkedAt?.toISOString() ?? null, failure };
  if (known) return { ...answer, state: "known", waiting: null };
  await database().$transaction((tx) => queueRoleCheck(tx, { roleId, awsAccountId }));
  return { ...answer, state: "checking", waiting: await waitingText(database(), checkedAt ?? createdAt, clock) };
}

function lastFailure(failure: AccountCheckFailure | null, checkedAt: Date | null): AccountCheckFailure | null {
  return failure && (checkedAt === null || new Date(failure.at) > checkedAt) ? failure : null;
}
