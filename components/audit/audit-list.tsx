"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { ListHeader } from "@/components/layout/list-header";
import { QueryError } from "@/components/layout/query-error";
import { cn } from "@/components/ui/class-names";
import { DataList } from "@/components/ui/data-list";
import type { Column } from "@/components/ui/data-list-column";
import { useDebounced } from "@/components/ui/debounced";
import { EmptyState } from "@/components/ui/empty-state";
import { useLoadMore } from "@/components/ui/load-more";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { AuditEntryView } from "@/lib/audit-log/contract";
import { AuditEntryDetail } from "./audit-entry";
import { AuditExport } from "./audit-export";
import { AuditChips, AuditFilterBar, actionWords, auditInput, useAuditFilters } from "./audit-filters";

function auditColumns(isOpen: (entry: AuditEntryView) => boolean): readonly Column<AuditEntryView>[] {
  return [
    {
      id: "sentence",
      header: "What happened",
      width: "minmax(0,1fr)",
      cell: (entry) => (
        <span className="flex min-w-0 items-start gap-1.5 max-wide:py-1">
          <ChevronRight
            aria-hidden
            className={cn(
              "mt-[3px] size-3.5 text-ink-3 transition-transform duration-100",
              isOpen(entry) && "rotate-90",
            )}
          />
          <span className="min-w-0 wide:truncate" title={entry.sentence}>
            {entry.sentence}
            <span className="block text-sm text-ink-3 wide:hidden">
              <RelativeTime at={entry.at} className="relative z-1" /> · #{entry.seq}
            </span>
          </span>
        </span>
      ),
    },
    {
      id: "action",
      header: "Action",
      width: "152px",
      wideOnly: true,
      cell: (entry) => <span className="block truncate text-ink-2">{actionWords(entry.action)}</span>,
    },
    {
      id: "at",
      header: "When",
      width: "88px",
      wideOnly: true,
      cell: (entry) => <RelativeTime at={entry.at} className="relative z-1 text-sm text-ink-3" />,
    },
    {
      id: "seq",
      header: "Entry",
      width: "56px",
      align: "end",
      wideOnly: true,
      cell: (entry) => <code className="font-mono text-ink-3">#{entry.seq}</code>,
    },
  ];
}

/** Everything that was done, newest first: a sentence each, the documents before and after folded under it. */
export function AuditList() {
  const [filters, setFilters] = useAuditFilters();
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const input = useDebounced(JSON.stringify(auditInput(filters)), 150);
  const list = useInfiniteQuery({
    ...api.audit.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(JSON.parse(input) as ReturnType<typeof auditInput>),
        cursor,
        limit: 100,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const loadMore = useLoadMore(list);

  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  // The entry a permalink names begins open.
  const isOpen = (entry: AuditEntryView) => toggled.has(entry.seq) !== (entry.seq === filters.seq);
  const toggle = (entry: AuditEntryView) => {
    const next = new Set(toggled);
    if (!next.delete(entry.seq)) next.add(entry.seq);
    setToggled(next);
  };
  const filtered = input !== "{}";
  return (
    <>
      <ListHeader
        filters={<AuditFilterBar filters={filters} setFilters={setFilters} />}
        chips={<AuditChips filters={filters} setFilters={setFilters} />}
        count={
          <>
            {list.data
              ? `${rows.length.toLocaleString("en")} ${rows.length === 1 ? "entry" : "entries"}${list.hasNextPage ? " loaded, more below" : ""}`
              : null}
            <AuditExport input={auditInput(filters)} loaded={rows.length} more={list.hasNextPage} />
          </>
        }
      />
      {list.isPending ? <SkeletonRows rows={18} label="Loading the audit" /> : null}
      {list.isError && !list.data ? (
        <QueryError what="The audit" error={list.error} onRetry={() => void list.refetch()} />
      ) : null}
      {list.data && rows.length === 0 ? (
        <EmptyState title={filtered ? "No entry matches" : "Nothing has been recorded that you may see"}>
          {filtered
            ? "Person, role and project match as a whole, days are counted in UTC. Take a filter off to see more."
            : "Every sign-in, request and change in AWS is written here as it happens. Platform engineers and auditors see all of it, others what concerns their projects."}
        </EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <DataList
          label="Audit"
          items={rows}
          columns={auditColumns(isOpen)}
          itemKey={(entry) => entry.id}
          rowLabel={(entry) => entry.sentence}
          onOpen={toggle}
          below={(entry) => (isOpen(entry) ? <AuditEntryDetail entry={entry} /> : null)}
          onEnd={loadMore}
        />
      ) : null}
    </>
  );
}
