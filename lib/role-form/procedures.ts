import { database } from "@/lib/db/client";
import { mustBeAllowed } from "@/lib/errors";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { mayPrepare } from "./access";
import { draftContract } from "./contract";
import { discardDraft } from "./discard-draft";
import { readDraft } from "./read-draft";
import { saveDraft } from "./save-draft";

const authed = authedProcedures(draftContract);

export const draftProcedures = {
  readDraft: authed.readDraft.handler(({ input, context }) => readDraft(database(), context.signed.person.id, input)),
  saveDraft: authed.saveDraft.handler(({ input, context }) => {
    mustBeAllowed(mayPrepare(context.signed.person));
    return saveDraft(input, { person: context.signed.person, clock: context.clock });
  }),
  discardDraft: authed.discardDraft.handler(({ input, context }) => discardDraft(input, context.signed)),
};
