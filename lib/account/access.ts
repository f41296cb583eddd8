import type { Decision } from "@/lib/errors";
import type { PortalRole } from "@/lib/identity/model";

/** May the person add, change or test AWS accounts? */
export function mayChangeAccounts(person: { role: PortalRole }): Decision {
  if (person.role === "platform-engineer") return { ok: true };
  return {
    ok: false,
    reason:
      person.role === "auditor"
        ? "Auditors read; they change nothing."
        : "AWS accounts are kept by platform engineers.",
  };
}
