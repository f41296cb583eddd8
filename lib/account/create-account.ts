import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import { mustBeAllowed } from "@/lib/errors";
import type { PortalRole } from "@/lib/identity/model";
import { mayChangeAccounts } from "./access";
import { mustBeConsistent, takenOr } from "./consistency";
import type { AwsAccountView } from "./model";
import { accountView } from "./read";
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
