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
import { withPattern, withRef, withSubject } from "@/lib/role-form/draft-choices";
import type { RefRow } from "@/lib/role-form/ref-rows";
import { refRows } from "@/lib/role-form/ref-rows";
import type { RoleDraft } from "@/lib/role-form/schema";

const rowHeight = 34;

interface RefPickerProps {
  refs: readonly GitRef[];
  draft: RoleDraft;
  change: (next: RoleDraft) => void;
}

/** Branches and tags as they are in GitLab, with who may push; typing a pattern offers it. Thousands of refs scroll. */
export function RefPicker({ refs, draft, change }: RefPickerProps) {
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
        {rows.length === 0
          ? `None of ${refs.length.toLocaleString("en")} refs matches. Type a pattern with * to trust names that do not exist yet.`
          : `${refs.length.toLocaleString("en")} branches and tags. Type a pattern like release/* to trust names by rule.`}
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
                <RefLine row={row} onToggle={(on) => toggle(row, on)} />
              </div>
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
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

function RefLine({ row, onToggle }: { row: RefRow; onToggle: (on: boolean) => void }) {
  return (
    <div className={cn("flex h-full items-center gap-2 border-b border-line px-3", row.on && "bg-accent-soft")}>
      <Checkbox checked={row.on} onCheckedChange={onToggle} label={<RefName row={row} />} className="min-w-0 flex-1" />
      <Protection row={row} />
    </div>
  );
}

const nouns = {
  branch: ["branch", "branches"],
  tag: ["tag", "tags"],
  "*": ["branch or tag", "branches and tags"],
} as const;

function RefName({ row }: { row: RefRow }) {
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
    return (
      <span className="flex items-baseline gap-1.5 whitespace-nowrap">
        <code className="truncate font-mono text-sm">{row.pattern}</code>{" "}
        <span className="shrink-0 text-sm text-ink-3">
          <span className="max-sm:sr-only">pattern · </span>
          {row.matches} {noun}
          <span className="max-sm:sr-only"> now</span>
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

function Protection({ row }: { row: RefRow }) {
  if (row.kind === "subject") return <Badge>as recorded</Badge>;
  if (row.kind === "missing") return <Badge>not in GitLab</Badge>;
  if (row.kind === "pattern")
    return row.guarded ? (
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
