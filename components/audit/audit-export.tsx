"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import type { ExportFormat } from "@/lib/audit-log/contract";
import { paths } from "@/lib/paths";
import type { auditInput } from "./audit-filters";

/** Takes everything that the filters show along, as a file; that it was taken is recorded. */
export function AuditExport({
  input,
  loaded,
  more,
}: {
  input: ReturnType<typeof auditInput>;
  loaded: number;
  more: boolean;
}) {
  const filters = Object.entries(input).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name === "seq" ? "number" : name} ${value}`],
  );
  return (
    <Popover
      label="Export"
      align="end"
      trigger={
        <Button size="small">
          <Download aria-hidden /> Export
        </Button>
      }
    >
      <div className="grid max-w-72 gap-3 p-1">
        <p className="text-sm text-ink-2">
          Every entry that you may see{filters.length > 0 ? ` with ${filters.join(", ")}` : ""}, oldest first:{" "}
          {more
            ? `the ${loaded.toLocaleString("en")} loaded so far and all below them`
            : `${loaded.toLocaleString("en")} so far`}
          . That you took it is recorded.
        </p>
        <ExportForm format="csv" label="CSV, for a spreadsheet" input={input} />
        <ExportForm format="jsonl" label="JSON Lines, with documents and hashes" input={input} />
      </div>
    </Popover>
  );
}

function ExportForm({
  format,
  label,
  input,
}: {
  format: ExportFormat;
  label: string;
  input: ReturnType<typeof auditInput>;
}) {
  return (
    <form method="post" action={paths.auditExport()}>
      <input type="hidden" name="format" value={format} />
      {Object.entries(input).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={String(value)} />,
      )}
      <Button type="submit" className="w-full justify-start">
        {label}
      </Button>
    </form>
  );
}
