import type { Decision } from "@/lib/errors";
import type { PortalRole } from "@/lib/identity/model";

/** May the person read every entry? Anybody else reads those of the projects they maintain, and their own. */
export function mayReadWholeAudit(person: { role: PortalRole }): Decision {
  if (person.role === "platform-engineer" || person.role === "auditor") return { ok: true };
  return {
    ok: false,
    reason:
      "The whole audit is for platform engineers and auditors: you see the entries of projects that you maintain, and your own.",
  };
}
