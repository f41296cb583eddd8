import { mustBeAllowed } from "@/lib/errors";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { mayReadWholeAudit } from "./access";
import { auditContract } from "./contract";
import { auditScope, listAudit, verifyAudit } from "./read";

const audit = authedProcedures(auditContract);

/** The audit's part of the API. */
export const auditProcedures = audit.router({
  list: audit.list.handler(async ({ input, context }) => listAudit(input, auditScope(context.signed.person, context.clock))),
  verify: audit.verify.handler(async ({ context }) => {
    mustBeAllowed(mayReadWholeAudit(context.signed.person));
    return verifyAudit();
  }),
});
