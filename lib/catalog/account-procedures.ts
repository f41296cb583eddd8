import type { Signed } from "@/lib/identity/signed";
import type { Clock } from "@/lib/clock";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { listAccountChoices, listAccounts } from "./account-scope";
import { askAccountTest } from "./ask-account-test";
import { changeAccount } from "./change-account";
import { accountsContract } from "./contract";
import { createAccount } from "./create-account";

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
