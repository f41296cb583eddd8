import type { Decision } from "@/lib/errors";
import { refused } from "@/lib/errors";
import { auditorsRead } from "@/lib/identity/access";
import type { PortalRole } from "@/lib/identity/model";
/** May the person have AWS read for the form? Only who could ask for a role of some project. */
export function mayReadAws(person: { role: PortalRole }, maintainsSomething: boolean): Decision {
  if (person.role === "auditor") return refused(auditorsRead);
  return maintainsSomething
    ? { ok: true }
    : refused("A role is asked for by a project's Maintainers: you are Maintainer of none.");
}
