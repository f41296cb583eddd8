import { authedProcedures } from "@/lib/identity/procedure-base";
import { find } from "./find";
import { searchContract } from "./search-contract";

const authed = authedProcedures(searchContract);

export const searchProcedures = {
  find: authed.find.handler(({ input, context }) => find(input.query, context)),
};
