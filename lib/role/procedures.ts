import { authedProcedures } from "@/lib/identity/procedure-base";
import { roleContract } from "./contract";
import { listRoles, openRole } from "./open-role";

const authed = authedProcedures(roleContract);

export const roleProcedures = {
  list: authed.list.handler(({ input, context }) => listRoles(input, context.signed, context.clock)),
  get: authed.get.handler(({ input, context }) => openRole(input.id, context)),
};
