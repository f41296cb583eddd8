"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ChooseProject } from "@/components/layout/choose-project";
import { ListHeader } from "@/components/layout/list-header";
import { QueryError } from "@/components/layout/query-error";
import { CopyButton } from "@/components/ui/copy-button";
import { DataList } from "@/components/ui/data-list";
import { useDebounced } from "@/components/ui/debounced";
import { EmptyState } from "@/components/ui/empty-state";
import { useLoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import { roleColumns } from "./role-columns";
import { RoleListChips, RoleListFilters, useRoleFilters } from "./role-list-filters";
import { standingFilter } from "./role-standing";

/** The roles that Trustdesk made, as far as the person may see them. */
export function RoleList() {
  const [filters, setFilters] = useRoleFilters();
  const query = useDebounced(filters.q.trim(), 120);
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
  return (
    <>
      <ListHeader
        filters={<RoleListFilters filters={filters} setFilters={setFilters} />}
        chips={<RoleListChips filters={filters} setFilters={setFilters} />}
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
          columns={roleColumns}
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
