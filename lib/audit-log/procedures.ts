import { mustBeAllowed } from "@/lib/errors";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { keepProjectionCurrent } from "@/lib/project/sync-projects";
import { mayReadWholeAudit } from "./access";
import { auditContract } from "./contract";
import { auditScope, listAudit, verifyAudit } from "./read";

const audit = authedProcedures(auditContract);

/** The audit's part of the API. */
export const auditProcedures = audit.router({
  list: audit.list.handler(async ({ input, context: { signed, clock } }) => {
    if (signed.person.role === "member") await keepProjectionCurrent(signed.person.id, signed.gitlab, clock);
    return listAudit(input, auditScope(signed.person, clock));
  }),
  verify: audit.verify.handler(async ({ context }) => {
    mustBeAllowed(mayReadWholeAudit(context.signed.person));
    return verifyAudit();
  }),
});
