import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { PortalRole } from "@/lib/identity/model";
import { mustBeAllowed } from "@/lib/errors";
import { mayChangeAccounts } from "./access";
import { accountView } from "./account-read";
import { mustBeConsistent, takenOr } from "./account-rules";
import type { AwsAccountView } from "./model";
import { accountInputSchema } from "./schema";

/**
 * Adds an AWS account. Throws `forbidden` with the reason, `bad-input` at a field, or `conflict` where the name
 * or the account is already listed.
 */
export async function createAccount(
  input: unknown,
  { person, actor, clock }: { person: { role: PortalRole }; actor: Actor; clock: Clock },
): Promise<AwsAccountView> {
  const account = accountInputSchema.parse(input);
  mustBeAllowed(mayChangeAccounts(person));
  mustBeConsistent(account);
  try {
    return await recordChange({ actor, clock }, async (tx) => {
      const now = clock.now();
      const value = accountView(
        await tx.awsAccount.create({ data: { ...account, source: "page", createdAt: now, updatedAt: now } }),
        0,
      );
      return { value, audit: { action: "account-added", accountId: account.accountId, after: value } };
    });
  } catch (error) {
    throw takenOr(error, account);
  }
}
