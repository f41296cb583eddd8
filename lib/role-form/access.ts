import type { Decision } from "@/lib/errors";
import { refused } from "@/lib/errors";
import { auditorsRead } from "@/lib/identity/access";
import type { PortalRole } from "@/lib/identity/model";
/** May the person fill in the form? Drafts belong to their writer, so no project is asked. */
export function mayPrepare(person: { role: PortalRole }): Decision {
  return person.role === "auditor" ? refused(auditorsRead) : { ok: true };
}
