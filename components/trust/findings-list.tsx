"use client";

import { CircleX, TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import type { Finding } from "@/lib/findings/table";
import { paths } from "@/lib/paths";

export interface FindingsListProps {
  /** Null where they cannot be told. */
  findings: Finding[] | null;
  /** Rows between hairlines, for a pane that has its own edge; else each finding has one. */
  look?: "cards" | "rows";
  /** Gives each finding that can be mended its button. */
  onMend?: (mendId: NonNullable<Finding["mendId"]>) => void;
}

const looks = {
  cards: "rounded-lg border border-line px-3",
  rows: "border-t border-line px-4",
};

/** What is wrong with a trust or a permission: what it is, why it matters, and the button that mends it. */
export function FindingsList({ findings, look = "cards", onMend }: FindingsListProps) {
  if (!findings)
    return (
      <p className="text-ink-2">
        They cannot be told: another version of Trustdesk wrote them in a form that this one does not read.
      </p>
    );
  if (findings.length === 0) return <p className="text-ink-2">Nothing stands out.</p>;
  return (
    <ul aria-label="Findings" className={look === "cards" ? "grid gap-2" : "grid"}>
      {findings.map((finding) => (
        <li key={finding.id} className={cn("grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 py-2.5", looks[look])}>
          {finding.severity === "danger" ? (
            <CircleX aria-label="Danger" className="mt-0.5 text-danger" />
          ) : (
            <TriangleAlert aria-label="Caution" className="mt-0.5 text-caution" />
          )}
          <div>
            <p className="font-medium">{finding.title}</p>
            <p className="max-w-[80ch] text-ink-2">{finding.why}</p>
            <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
              {onMend && finding.mend && finding.mendId ? (
                <MendButton label={finding.mend} mendId={finding.mendId} onMend={onMend} />
              ) : null}
              <WhatIsThis id={finding.id} title={finding.title} />
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** In a tab of its own: what is half done on this page stays. */
function WhatIsThis({ id, title }: Pick<Finding, "id" | "title">) {
  return (
    <a
      href={paths.docsFinding(id)}
      target="_blank"
      rel="noopener"
      className="inline-flex min-h-6 items-center rounded-sm text-sm text-ink-2 underline decoration-line-2 underline-offset-2 hover:text-ink hover:decoration-current pointer-coarse:min-h-10"
    >
      What is this?
      <span className="sr-only"> {title}, in a new tab</span>
    </a>
  );
}

function MendButton({
  label,
  mendId,
  onMend,
}: {
  label: string;
  mendId: NonNullable<Finding["mendId"]>;
  onMend: NonNullable<FindingsListProps["onMend"]>;
}) {
  return (
    <Button size="small" onClick={() => onMend(mendId)}>
      {label}
    </Button>
  );
}
