import type { Actor } from "@/lib/audit/model";
import { recordChange } from "@/lib/audit/record-change";
import type { Clock } from "@/lib/clock";
import type { PortalRole } from "@/lib/identity/model";
import type { AuditFilter, ExportFormat } from "./contract";
import { exportSchema } from "./contract";
import { csvHeader, csvLine, jsonEnd, jsonLine } from "./export-lines";
import type { AuditScope } from "./read";
import { auditScope, lastSequence, readAuditAfter } from "./read";

interface Exporter {
  person: { id: string; role: PortalRole };
  actor: Actor;
  clock: Clock;
}

/** So many entries are read at once; no more are held in memory. */
const page = 1000;

/**
 * Begins an export of what the filters show to this person, oldest first, up to the entry that is the last one now.
 * It is itself recorded before its first line. The lines are read as they are taken; whoever stops taking stops the reading.
 */
export async function exportAudit(
  input: unknown,
  { person, actor, clock }: Exporter,
): Promise<{ format: ExportFormat; lines: AsyncGenerator<string> }> {
  const { format, ...given } = exportSchema.parse(input);
  const scope = auditScope(person, clock);
  const upTo = await lastSequence();
  const filters = Object.entries(given)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  const detail = `${format === "csv" ? "CSV" : "JSON Lines"}, ${filters || "no filter"}, up to entry ${upTo}`;
  await recordChange({ actor, clock }, () =>
    Promise.resolve({ value: null, audit: { action: "audit-exported", detail } }),
  );
  return { format, lines: linesOf(format, { ...given, limit: page }, scope, upTo) };
}

async function* linesOf(
  format: ExportFormat,
  filter: AuditFilter,
  scope: AuditScope,
  upTo: bigint,
): AsyncGenerator<string> {
  const line = format === "csv" ? csvLine : jsonLine;
  if (format === "csv") yield csvHeader;
  let rows = 0;
  let after = 0n;
  for (;;) {
    const entries = await readAuditAfter(filter, scope, { after, upTo, limit: page });
    const last = entries.at(-1);
    if (!last) break;
    yield entries.map(line).join("");
    rows += entries.length;
    after = BigInt(last.seq);
  }
  if (format === "jsonl") yield jsonEnd(rows);
}
