"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ChooseProject } from "@/components/layout/choose-project";
import { ListHeader } from "@/components/layout/list-header";
import { QueryError } from "@/components/layout/query-error";
import { Badge } from "@/components/ui/badge";
import { Combobox } from "@/components/ui/combobox";
import { CopyButton } from "@/components/ui/copy-button";
import { DataList } from "@/components/ui/data-list";
import type { Column } from "@/components/ui/data-list-column";
import { useDebounced } from "@/components/ui/debounced";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterChips } from "@/components/ui/filter-chips";
import { FilterField } from "@/components/ui/filter-field";
import { gradeWord } from "@/components/ui/grade";
import { useLoadMore } from "@/components/ui/load-more";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { grades } from "@/lib/iam/findings/finding";
import { paths } from "@/lib/paths";
import type { RoleRow } from "@/lib/role/contract";
import type { LiveState } from "@/lib/role/model";
import { liveStates } from "@/lib/role/model";
import { RoleGrade } from "./role-grade";

const standings = [...liveStates, "removed"] as const;
type Standing = (typeof standings)[number];
const standingWord: Record<Standing, string> = {
  same: "as recorded",
  drifted: "differs",
  gone: "gone",
  unknown: "not compared",
  removed: "removed here",
};

/** Removed roles are kept for the record and listed only when asked for. */
function standingFilter(standing: Standing | null): { live?: LiveState; removed?: boolean } {
  if (standing === "removed") return { removed: true };
  return standing === null ? {} : { live: standing };
}

const columns: readonly Column<RoleRow>[] = [
  {
    id: "name",
    header: "Role",
    width: "minmax(0,1.1fr)",
    cell: (role) => (
      <>
        <code className="block truncate font-mono" title={role.path + role.name}>
          {role.path === "/" ? null : <span className="text-ink-3">{role.path}</span>}
          {role.name}
        </code>
        <span className="block text-sm text-ink-3 [overflow-wrap:anywhere] wide:hidden">
          {role.projectPath}, {role.account.name} · <StandingWord role={role} />
        </span>
      </>
    ),
  },
  {
    id: "project",
    header: "Trusts",
    width: "minmax(0,1fr)",
    wideOnly: true,
    cell: (role) => (
      <span className="block truncate text-ink-2" title={role.projectPath}>
        {role.projectPath}
      </span>
    ),
  },
  {
    id: "account",
    header: "Account",
    width: "176px",
    wideOnly: true,
    cell: (role) => (
      <span className="block truncate">
        {role.account.name} <code className="font-mono text-ink-3">{role.account.accountId}</code>
      </span>
    ),
  },
  {
    id: "owner",
    header: "Made by",
    width: "120px",
    wideOnly: true,
    cell: (role) => <span className="block truncate text-ink-2">{role.owner.name}</span>,
  },
  {
    id: "updated",
    header: "Changed",
    width: "92px",
    wideOnly: true,
    cell: (role) => <RelativeTime at={role.updatedAt} className="relative z-1 text-sm text-ink-3" />,
  },
  { id: "live", header: "AWS now", width: "112px", wideOnly: true, cell: (role) => <StandingWord role={role} /> },
  { id: "grade", header: "Grade", width: "84px", cell: (role) => <RoleGrade role={role} /> },
];

function StandingWord({ role }: { role: RoleRow }) {
  const standing: Standing = role.removedAt ? "removed" : role.liveState;
  if (standing === "drifted" || standing === "gone") return <Badge tone="danger">{standingWord[standing]}</Badge>;
  return <span className="text-sm text-ink-3">{standingWord[standing]}</span>;
}

/** The roles that Trustdesk made, as far as the person may see them. */
export function RoleList() {
  const [filters, setFilters] = useQueryStates(
    {
      q: parseAsString.withDefault(""),
      account: parseAsString,
      grade: parseAsStringLiteral(grades),
      live: parseAsStringLiteral(standings),
    },
    { history: "replace" },
  );
  const query = useDebounced(filters.q.trim(), 120);
  const accounts = useQuery(api.accounts.list.queryOptions());
  const list = useInfiniteQuery({
    ...api.roles.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        query,
        awsAccountId: filters.account ?? undefined,
        grade: filters.grade ?? undefined,
        ...standingFilter(filters.live),
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
  const total = list.data?.pages[0]?.total;
  const filtered = Boolean(query || filters.account || filters.grade || filters.live);
  const accountName = accounts.data?.find((account) => account.id === filters.account)?.name ?? filters.account;
  const chips = [
    ...(filters.account
      ? [{ id: "account", name: "Account", value: accountName, onRemove: () => void setFilters({ account: null }) }]
      : []),
    ...(filters.grade
      ? [
          {
            id: "grade",
            name: "Grade",
            value: gradeWord[filters.grade],
            onRemove: () => void setFilters({ grade: null }),
          },
        ]
      : []),
    ...(filters.live
      ? [
          {
            id: "live",
            name: "AWS now",
            value: standingWord[filters.live],
            onRemove: () => void setFilters({ live: null }),
          },
        ]
      : []),
  ];
  return (
    <>
      <ListHeader
        filters={
          <>
            <FilterField
              label="Filter roles by name, ARN or project"
              value={filters.q}
              onValueChange={(q) => void setFilters({ q })}
              className="w-full sm:w-auto sm:flex-1"
            />
            <Combobox
              aria-label="Add filter: account"
              fixedLabel="Account"
              filterLabel="Filter accounts"
              empty="No account matches."
              value={filters.account ?? ""}
              onValueChange={(account) => void setFilters({ account: account || null })}
              options={(accounts.data ?? []).map((account) => ({
                value: account.id,
                label: account.name,
                note: account.accountId,
                search: `${account.name} ${account.accountId}`,
              }))}
              className="w-28"
            />
            <Select
              aria-label="Add filter: grade"
              fixedLabel="Grade"
              value={filters.grade ?? ""}
              onValueChange={(grade) => void setFilters({ grade })}
              options={grades.map((grade) => ({ value: grade, label: gradeWord[grade] }))}
              className="w-28"
            />
            <Select
              aria-label="Add filter: AWS now"
              fixedLabel="AWS now"
              value={filters.live ?? ""}
              onValueChange={(live) => void setFilters({ live })}
              options={standings.map((standing) => ({ value: standing, label: standingWord[standing] }))}
              className="w-32"
            />
          </>
        }
        chips={
          <FilterChips chips={chips} onClear={() => void setFilters({ account: null, grade: null, live: null })} />
        }
        count={
          total === undefined
            ? null
            : `${total.toLocaleString("en")} ${total === 1 ? "role" : "roles"}${filtered ? " found" : ""}`
        }
      />
      {list.isPending ? <SkeletonRows rows={18} label="Loading roles" /> : null}
      {list.isError && !list.data ? (
        <QueryError what="The roles" error={list.error} onRetry={() => void list.refetch()} />
      ) : null}
      {list.data && rows.length === 0 ? <NoRoles filtered={filtered} /> : null}
      {rows.length > 0 ? (
        <DataList
          label="Roles"
          items={rows}
          total={total}
          columns={columns}
          itemKey={(role) => role.id}
          href={(role) => paths.role(role.id)}
          rowLabel={(role) => `${role.path}${role.name} in ${role.account.name}`}
          actions={(role) => <CopyButton text={role.arn} label={`Copy ARN of ${role.name}`} />}
          onEnd={loadMore}
        />
      ) : null}
    </>
  );
}

function NoRoles({ filtered }: { filtered: boolean }) {
  if (filtered)
    return (
      <EmptyState title="No role matches">
        Take a filter off, or search by a part of the role&apos;s name, its ARN or its project.
      </EmptyState>
    );
  return (
    <EmptyState title="No roles yet" action={<ChooseProject />}>
      A role belongs to a project: its Maintainers choose &quot;New role&quot; on its page. What it lets in and what it
      may do is shown before anything is made.
    </EmptyState>
  );
}
