import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import { mustBeAllowed } from "@/lib/errors";
import type { PortalRole } from "@/lib/identity/model";
import { enqueue } from "@/lib/jobs/enqueue";
import { mayChangeAccounts } from "./access";
import type { AwsAccountView } from "./model";
import { accountView, readAccountRow } from "./read";

/** Asks the worker for a connection test; the account's `lastTest` is "running" until it is done. */
export async function askAccountTest(
  { id }: { id: string },
  { person, actor, clock }: { person: { role: PortalRole }; actor: Actor; clock: Clock },
): Promise<AwsAccountView> {
  mustBeAllowed(mayChangeAccounts(person));
  return recordChange({ actor, clock }, async (tx) => {
    const { accountId } = await readAccountRow(tx, id);
    const lastTest = { state: "running", checks: [], at: clock.now().toISOString() };
    const row = await tx.awsAccount.update({ where: { id }, data: { lastTest } });
    await enqueue(tx, "test-account", { awsAccountId: id }, { jobKey: `test-account:${id}` });
    const value = accountView(row, await tx.role.count({ where: { awsAccountId: id } }));
    return { value, audit: { action: "account-tested", accountId, detail: "the test was started" } };
  });
}
