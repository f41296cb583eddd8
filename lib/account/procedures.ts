import type { Clock } from "@/lib/clock";
import { authedProcedures } from "@/lib/identity/procedure-base";
import type { Signed } from "@/lib/identity/signed";
import { askAccountTest } from "./ask-account-test";
import { changeAccount } from "./change-account";
import { accountsContract } from "./contract";
import { createAccount } from "./create-account";
import { listAccountChoices, listAccounts } from "./open-accounts";

const authed = authedProcedures(accountsContract);

export const accountProcedures = {
  list: authed.list.handler(({ context }) => listAccounts(context.signed, context.clock)),
  choices: authed.choices.handler(({ context }) => listAccountChoices(context.signed, context.clock)),
  create: authed.create.handler(({ input, context }) => createAccount(input, as(context))),
  update: authed.update.handler(({ input, context }) => changeAccount(input, as(context))),
  test: authed.test.handler(({ input, context }) => askAccountTest(input, as(context))),
};

function as({ signed: { person, actor }, clock }: { signed: Signed; clock: Clock }) {
  return { person, actor, clock };
}
