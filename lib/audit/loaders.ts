import { cache } from "react";
import { systemClock } from "@/lib/clock";
import { requirePerson } from "@/lib/identity/loaders";
import { auditFilterSchema } from "./contract";
import type { AuditEntryView, AuditFilter } from "./contract";
import { auditScope, listAudit } from "./read";

export interface AuditPage {
  filter: AuditFilter;
  rows: AuditEntryView[];
  nextCursor: string | null;
  /** True for platform engineers and auditors, who see every entry. */
  whole: boolean;
}

/** The first page of the audit for whoever is signed in; filters of an address that make no sense are dropped. */
export const loadAudit = cache(async (query: Record<string, string | undefined>): Promise<AuditPage> => {
  const { person } = await requirePerson();
  const scope = await auditScope(person, systemClock);
  const filter = sensible(query);
  return { filter, ...(await listAudit(filter, scope)), whole: scope.kind === "all" };
});

function sensible(query: Record<string, string | undefined>): AuditFilter {
  const kept = Object.entries(auditFilterSchema.shape).filter(([name, schema]) => query[name] && schema.safeParse(query[name]).success);
  return auditFilterSchema.parse(Object.fromEntries(kept.map(([name]) => [name, query[name]])));
}
