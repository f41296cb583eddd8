import type { PortalRole } from "./model";
export const auditorsRead = "Auditors read; they change nothing.";

/** Platform engineers and auditors see every request and role; others those of the projects in which they are members. */
export function seesEverything(person: { role: PortalRole }): boolean {
  return person.role !== "member";
}
