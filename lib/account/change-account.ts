import { z } from "zod";
import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import { mustBeAllowed, TrustdeskError } from "@/lib/errors";
import type { PortalRole } from "@/lib/identity/model";
import { rowIdSchema } from "@/lib/ids";
import { mayChangeAccounts } from "./access";
import { mustBeConsistent, takenOr } from "./consistency";
import type { AwsAccountView } from "./model";
import { accountView, readAccountRow } from "./read";
import { accountInputSchema } from "./schema";

const changeSchema = z.object({ ...accountInputSchema.shape, id: rowIdSchema });

/**
 * Changes an AWS account; an ExternalId of null keeps the one that is set. Throws `not-found`, `forbidden` with
 * the reason, `bad-input` at a field, or `conflict` for an account of the accounts file or a taken name.
 */
export async function changeAccount(
  input: unknown,
  { person, actor, clock }: { person: { role: PortalRole }; actor: Actor; clock: Clock },
): Promise<AwsAccountView> {
  const { id, ...account } = changeSchema.parse(input);
  mustBeAllowed(mayChangeAccounts(person));
  mustBeConsistent(account);
  try {
    return await recordChange({ actor, clock }, async (tx) => {
      const before = await readAccountRow(tx, id);
      if (before.source === "file")
        throw new TrustdeskError(
          "conflict",
          "This account comes from the accounts file: change it there and start Trustdesk again.",
        );
      if (before.accountId !== account.accountId)
        throw new TrustdeskError("bad-input", "The number of an account cannot be changed: add another account.", {
          field: "accountId",
        });
      const roles = await tx.role.count({ where: { awsAccountId: id } });
      const after = await tx.awsAccount.update({
        where: { id },
        data: { ...account, externalId: account.externalId ?? before.externalId, updatedAt: clock.now() },
      });
      const detail = after.externalId === before.externalId ? undefined : "the ExternalId was replaced";
      return {
        value: accountView(after, roles),
        audit: {
          action: "account-changed",
          accountId: account.accountId,
          before: accountView(before, roles),
          after: accountView(after, roles),
          detail,
        },
      };
    });
  } catch (error) {
    throw takenOr(error, account);
  }
}
