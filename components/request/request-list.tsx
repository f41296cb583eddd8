"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ChooseProject } from "@/components/layout/choose-project";
import { ListHeader } from "@/components/layout/list-header";
import { QueryError } from "@/components/layout/query-error";
import { DataList } from "@/components/ui/data-list";
import type { Column } from "@/components/ui/data-list-column";
import { useDebounced } from "@/components/ui/debounced";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterChips } from "@/components/ui/filter-chips";
import { FilterField } from "@/components/ui/filter-field";
import { Grade } from "@/components/ui/grade";
import { useLoadMore } from "@/components/ui/load-more";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import { goalWords } from "@/lib/plan/goal-words";
import type { RequestRow } from "@/lib/request/contract";
import { finalStates, requestStates, stateName } from "@/lib/request/model";
import { RequestStateBadge } from "./request-state";

const columns: readonly Column<RequestRow>[] = [
  { id: "role", header: "Role", width: "minmax(0,2fr)", cell: (request) => <RequestName request={request} /> },
  {
    id: "kind",
    header: "To",
    width: "136px",
    wideOnly: true,
    cell: (request) => <span className="block truncate text-ink-2">{goalWords[request.kind]}</span>,
  },
  {
    id: "project",
    header: "Project",
    width: "minmax(0,3fr)",
    wideOnly: true,
    cell: (request) => (
      <span className="block truncate text-ink-2" title={request.projectPath}>
        {request.projectPath}
      </span>
    ),
  },
  {
    id: "account",
    header: "Account",
    width: "176px",
    wideOnly: true,
    cell: (request) => (
      <span className="block truncate">
        {request.account.name} <code className="font-mono text-ink-3">{request.account.accountId}</code>
      </span>
    ),
  },
  {
    id: "requester",
    header: "Asked by",
    width: "104px",
    wideOnly: true,
    cell: (request) => <span className="block truncate text-ink-2">{request.requester.name}</span>,
  },
  {
    id: "created",
    header: "Asked",
    width: "92px",
    wideOnly: true,
    cell: (request) => <RelativeTime at={request.createdAt} className="relative z-1 text-sm text-ink-3" />,
  },
  { id: "grade", header: "Grade", width: "80px", wideOnly: true, cell: (request) => <Grade grade={request.grade} /> },
  {
    id: "state",
    header: "State",
    width: "148px",
    wideOnly: true,
    cell: (request) => <RequestStateBadge state={request.state} />,
  },
];

/** On a narrow screen what the hidden columns say stands below the name. */
function RequestName({ request: { roleName, kind, requester, projectPath, state } }: { request: RequestRow }) {
  return (
    <>
      <span className="flex items-center justify-between gap-2">
        <code className="truncate font-mono" title={roleName}>
          {roleName}
        </code>
        <span className="shrink-0 wide:hidden">
          <RequestStateBadge state={state} />
        </span>
      </span>
      <span className="block text-sm text-ink-3 [overflow-wrap:anywhere] wide:hidden">
        {requester.name} asks to {goalWords[kind]}, {projectPath}
      </span>
    </>
  );
}

/** The requests for roles, newest first, as far as the person may see them. */
export function RequestList() {
  const [filters, setFilters] = useQueryStates(
    { q: parseAsString.withDefault(""), state: parseAsStringLiteral(requestStates) },
    { history: "replace" },
  );
  const query = useDebounced(filters.q.trim(), 120);
  const list = useInfiniteQuery({
    ...api.requests.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ query, state: filters.state ?? undefined, cursor, limit: 100 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.pages[0]?.rows.some((row) => !finalStates.includes(row.state)) ? 2000 : false,
  });
  const loadMore = useLoadMore(list);

  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const filtered = Boolean(query || filters.state);
  return (
    <>
      <ListHeader
        filters={
          <>
            <FilterField
              label="Filter requests by role, project, account or person"
              value={filters.q}
              onValueChange={(q) => void setFilters({ q })}
              className="w-full sm:w-auto sm:flex-1"
            />
            <Select
              aria-label="Add filter: state"
              fixedLabel="State"
              value={filters.state ?? ""}
              onValueChange={(state) => void setFilters({ state })}
              options={requestStates.map((state) => ({ value: state, label: stateName[state] }))}
              className="w-28"
            />
          </>
        }
        chips={
          <FilterChips
            chips={
              filters.state
                ? [
                    {
                      id: "state",
                      name: "State",
                      value: stateName[filters.state],
                      onRemove: () => void setFilters({ state: null }),
                    },
                  ]
                : []
            }
            onClear={() => void setFilters({ state: null })}
          />
        }
        count={
          list.data
            ? `${rows.length.toLocaleString("en")}${list.hasNextPage ? " or more" : ""} ${rows.length === 1 && !list.hasNextPage ? "request" : "requests"}${filtered ? " found" : ""}`
            : null
        }
      />
      {list.isPending ? <SkeletonRows rows={18} label="Loading requests" /> : null}
      {list.isError && !list.data ? (
        <QueryError what="The requests" error={list.error} onRetry={() => void list.refetch()} />
      ) : null}
      {list.data && rows.length === 0 && !list.hasNextPage ? <NoRequests filtered={filtered} /> : null}
      {rows.length > 0 ? (
        <DataList
          label="Requests"
          items={rows}
          columns={columns}
          itemKey={(request) => request.id}
          href={(request) => paths.request(request.id)}
          rowLabel={(request) =>
            `${request.roleName}, to ${goalWords[request.kind]} in ${request.account.name}, ${stateName[request.state]}`
          }
          onEnd={loadMore}
        />
      ) : null}
    </>
  );
}

function NoRequests({ filtered }: { filtered: boolean }) {
  if (filtered)
    return (
      <EmptyState title="No request matches">
        Take the filter off, or search by a part of the role&apos;s name, its project, account or requester.
      </EmptyState>
    );
  return (
    <EmptyState title="No requests yet" action={<ChooseProject />}>
      A project&apos;s Maintainers ask for a role with the form on its page. The request stays here with its plan and
      everything that was done for it.
    </EmptyState>
  );
}
