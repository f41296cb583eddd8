import { authedProcedures } from "@/lib/identity/procedure-base";
import { askRoleCheck } from "./ask-role-check";
import { roleContract } from "./contract";
import { listRoles, openRole, openRolesOverview, visibleRole } from "./open-role";

const authed = authedProcedures(roleContract);

export const roleProcedures = {
  list: authed.list.handler(({ input, context }) => listRoles(input, context.signed, context.clock)),
  overview: authed.overview.handler(({ context }) => openRolesOverview(context)),
  check: authed.check.handler(async ({ input, context }) =>
    askRoleCheck(await visibleRole(input.id, context), context),
  ),
  get: authed.get.handler(({ input, context }) => openRole(input.id, context)),
};
