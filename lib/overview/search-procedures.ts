import { authedProcedures } from "@/lib/identity/procedure-base";
import { searchContract } from "./contract";
import { find } from "./find";

const authed = authedProcedures(searchContract);

export const searchProcedures = {
  find: authed.find.handler(({ input, context }) => find(input.query, context)),
};
