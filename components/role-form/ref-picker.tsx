"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { LockKeyhole } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/class-names";
import { FilterField } from "@/components/ui/filter-field";
import { RelativeTime } from "@/components/ui/relative-time";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { refsHidden } from "@/lib/judgement/project";
import { withPattern, withRef, withSubject } from "@/lib/role-form/draft-choices";
import type { RefRow } from "@/lib/role-form/ref-rows";
import { refRows } from "@/lib/role-form/ref-rows";
import type { RoleDraft } from "@/lib/role-form/schema";

const rowHeight = 34;

interface RefPickerProps {
  /** Null where GitLab does not show them. */
  refs: readonly GitRef[] | null;
  refsComplete: boolean;
  draft: RoleDraft;
  change: (next: RoleDraft) => void;
}

/** Branches and tags as they are in GitLab, with who may push; typing a pattern offers it. Thousands of refs scroll. */
export function RefPicker({ refs, refsComplete, draft, change }: RefPickerProps) {
  const [filter, setFilter] = useState("");
  // What was taken out can be kept after all.
  const [subjects] = useState(draft.otherSubjects);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => refRows(refs, draft, filter, subjects), [refs, draft, filter, subjects]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const toggle = (row: RefRow, on: boolean) => change(toggled(draft, row, on));
  return (
    <div className="overflow-hidden rounded-lg border border-line-2 bg-pane">
      <FilterField value={filter} onValueChange={setFilter} label="Filter refs" className="m-2" />
      <p className="border-b border-line px-3 pb-1.5 text-sm text-ink-3">
        {listWords(refs, refsComplete, rows.length)}
      </p>
      <div
        ref={scroller}
        className="max-h-[308px] overflow-auto"
        tabIndex={0}
        role="group"
        aria-label="Branches and tags"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row ? (
              <div
                key={row.key}
                className="absolute inset-x-0"
                style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
              >
                <RefLine row={row} isWhole={refs !== null && refsComplete} onToggle={(on) => toggle(row, on)} />
              </div>
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

function listWords(refs: RefPickerProps["refs"], refsComplete: boolean, listed: number): string {
  if (!refs) return `${refsHidden} Type a pattern with * to trust names by rule.`;
  const count = refs.length.toLocaleString("en");
  if (listed === 0)
    return `None of ${refsComplete ? "" : "the first "}${count} refs matches. Type a pattern with * to trust names that do not exist yet.`;
  const all = refsComplete ? `${count} branches and tags` : "The first 5,000 branches and 5,000 tags";
  return `${all}. Type a pattern like release/* to trust names by rule.`;
}

function toggled(draft: RoleDraft, row: RefRow, on: boolean): RoleDraft {
  switch (row.kind) {
    case "ref":
      return withRef(draft, row.ref, on);
    case "missing":
      return withRef(draft, row, on);
    case "subject":
      return withSubject(draft, row.subject, on);
    case "pattern":
      return withPattern(draft, { pattern: row.pattern, type: row.type }, on);
  }
}

/** `isWhole`: GitLab shows all branches and tags, so what is not among them is not there. */
function RefLine({ row, isWhole, onToggle }: { row: RefRow; isWhole: boolean; onToggle: (on: boolean) => void }) {
  return (
    <div className={cn("flex h-full items-center gap-2 border-b border-line px-3", row.on && "bg-accent-soft")}>
      <Checkbox
        checked={row.on}
        onCheckedChange={onToggle}
        label={<RefName row={row} isWhole={isWhole} />}
        className="min-w-0 flex-1"
      />
      <Protection row={row} isWhole={isWhole} />
    </div>
  );
}

const nouns = {
  branch: ["branch", "branches"],
  tag: ["tag", "tags"],
  "*": ["branch or tag", "branches and tags"],
} as const;

function RefName({ row, isWhole }: { row: RefRow; isWhole: boolean }) {
  if (row.kind === "subject" || row.kind === "missing") {
    return (
      <span className="flex items-baseline gap-1.5 whitespace-nowrap">
        <code className="truncate font-mono text-sm">{row.kind === "subject" ? row.subject : row.name}</code>{" "}
        <span className="shrink-0 text-sm text-ink-3">{row.kind === "subject" ? "subject" : row.type}</span>
      </span>
    );
  }
  if (row.kind === "pattern") {
    const noun = nouns[row.type][row.matches === 1 ? 0 : 1];
    const count = row.matches === null ? "which" : `${isWhole ? "" : "at least "}${row.matches}`;
    return (
      <span className="flex items-baseline gap-1.5 whitespace-nowrap">
        <code className="truncate font-mono text-sm">{row.pattern}</code>{" "}
        <span className="shrink-0 text-sm text-ink-3">
          <span className="max-sm:sr-only">pattern · </span>
          {count} {noun}
          <span className="max-sm:sr-only">{row.matches === null ? " is not shown" : " now"}</span>
        </span>
      </span>
    );
  }
  return (
    <span className="flex items-baseline gap-1.5 whitespace-nowrap">
      <code className="truncate font-mono text-sm">{row.ref.name}</code>{" "}
      <span className="shrink-0 text-sm text-ink-3">
        {row.ref.type}
        {row.ref.default ? " · default" : ""}
        {row.ref.pushedAt ? (
          <span className="max-sm:hidden">
            {" "}
            · pushed <RelativeTime at={row.ref.pushedAt} />
          </span>
        ) : null}
      </span>
    </span>
  );
}

function Protection({ row, isWhole }: { row: RefRow; isWhole: boolean }) {
  if (row.kind === "subject") return <Badge>as recorded</Badge>;
  if (row.kind === "missing") return <Badge>{isWhole ? "not in GitLab" : "not shown"}</Badge>;
  if (row.kind === "pattern")
    return row.guarded && isWhole ? (
      <Badge tone="safe" icon={LockKeyhole}>
        protected
      </Badge>
    ) : (
      <Badge>by name</Badge>
    );
  return row.ref.protected ? (
    <Badge tone="safe" icon={LockKeyhole}>
      protected<span className="max-sm:hidden"> · {row.ref.whoMayPush} push</span>
    </Badge>
  ) : (
    <Badge>
      {row.ref.whoMayPush}
      <span className="max-sm:hidden"> push</span>
    </Badge>
  );
}
