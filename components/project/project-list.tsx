"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ListHeader } from "@/components/layout/list-header";
import { usePerson } from "@/components/layout/person";
import { QueryError } from "@/components/layout/query-error";
import { Badge } from "@/components/ui/badge";
import { DataList } from "@/components/ui/data-list";
import type { Column } from "@/components/ui/data-list-column";
import { useDebounced } from "@/components/ui/debounced";
import { EmptyState } from "@/components/ui/empty-state";
import { Grade } from "@/components/ui/grade";
import { useLoadMore } from "@/components/ui/load-more";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { accessLevelName } from "@/lib/identity/model";
import { paths } from "@/lib/paths";
import type { ProjectRow } from "@/lib/project/model";
import { ProjectListChips, ProjectListFilters, useProjectFilters } from "./project-list-filters";
import { ProjectListSync } from "./project-list-sync";

const columns: readonly Column<ProjectRow>[] = [
  { id: "path", header: "Project", width: "minmax(0,1fr)", cell: (project) => <ProjectPath project={project} /> },
  {
    id: "my-role",
    header: "My role",
    width: "104px",
    wideOnly: true,
    cell: (project) => <span className="text-ink-2">{accessLevelName(project.accessLevel)}</span>,
  },
  {
    id: "branch",
    header: "Default branch",
    width: "128px",
    wideOnly: true,
    cell: (project) =>
      project.defaultBranch ? (
        <code className="block truncate font-mono text-ink-2">{project.defaultBranch}</code>
      ) : (
        <span className="text-sm text-ink-3">empty repository</span>
      ),
  },
  {
    id: "activity",
    header: "Active",
    width: "96px",
    wideOnly: true,
    cell: (project) =>
      project.lastActivityAt ? (
        <RelativeTime at={project.lastActivityAt} className="relative z-1 text-sm text-ink-3" />
      ) : null,
  },
  {
    id: "roles",
    header: "Roles",
    width: "48px",
    align: "end",
    cell: (project) => <span className={project.roles === 0 ? "text-ink-3" : undefined}>{project.roles}</span>,
  },
  { id: "grade", header: "Worst", width: "84px", cell: (project) => <WorstOfRoles project={project} /> },
];

/** The projects a person is a member of, found by typing. */
export function ProjectList() {
  const [filters, setFilters] = useProjectFilters();
  const query = useDebounced(filters.q.trim(), 120);
  const search = useInfiniteQuery({
    ...api.projects.search.infiniteOptions({
      input: (cursor: string | undefined) => ({
        query,
        group: filters.group ?? undefined,
        minAccessLevel: filters.role ?? undefined,
        archived: filters.archived,
        cursor,
        limit: 100,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
    refetchInterval: (state) => (state.state.data?.pages[0]?.sync.state === "running" ? 1000 : false),
  });
  const loadMore = useLoadMore(search);

  const first = search.data?.pages[0];
  const rows = search.data?.pages.flatMap((page) => page.rows) ?? [];
  const filtered = Boolean(query || filters.group || filters.role);
  return (
    <>
      <ListHeader
        filters={
          <ProjectListFilters filters={filters} setFilters={setFilters} total={first?.total} filtered={filtered} />
        }
        chips={<ProjectListChips filters={filters} setFilters={setFilters} />}
        count={first ? <ProjectListSync total={first.total} filtered={filtered} sync={first.sync} /> : null}
      />
      {search.isPending ? <SkeletonRows rows={18} label="Loading projects" /> : null}
      {search.isError && !first ? (
        <QueryError what="The projects" error={search.error} onRetry={() => void search.refetch()} />
      ) : null}
      {first && rows.length === 0 ? <NoProjects filtered={filtered} reading={first.sync.state === "running"} /> : null}
      {rows.length > 0 && first ? (
        <DataList
          label="Projects"
          items={rows}
          total={first.total}
          columns={columns}
          itemKey={(project) => String(project.projectId)}
          href={(project) => paths.project(project.projectId)}
          rowLabel={(project) => project.path}
          onEnd={loadMore}
        />
      ) : null}
    </>
  );
}

function WorstOfRoles({ project: { differing, worstGrade } }: { project: ProjectRow }) {
  if (differing > 0) return <Badge tone="danger">{differing === 1 ? "1 differs" : `${differing} differ`}</Badge>;
  return worstGrade ? <Grade grade={worstGrade} /> : <span className="text-sm text-ink-3">no roles</span>;
}

function ProjectPath({ project }: { project: ProjectRow }) {
  const leaf = project.path.slice(project.path.lastIndexOf("/") + 1);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="flex min-w-0" title={project.path}>
        <span className="min-w-6 truncate text-ink-3">{project.path.slice(0, -leaf.length)}</span>
        <span className="max-w-full shrink-0 truncate font-medium max-wide:max-w-[80%]">{leaf}</span>
      </span>
      {project.archived ? <Badge>archived</Badge> : null}
    </span>
  );
}

function NoProjectOfOnesOwn() {
  const seesAll = usePerson().role !== "member";
  return (
    <EmptyState title="GitLab names no project that you are a member of">
      {seesAll
        ? "The roles and requests of all projects are in the lists beside this one. Here stand only projects that you are a member of in GitLab."
        : "Ask a Maintainer of your project to add you, then refresh this list."}
    </EmptyState>
  );
}

function NoProjects({ filtered, reading }: { filtered: boolean; reading: boolean }) {
  if (reading && !filtered)
    return <EmptyState title="Your projects are being read from GitLab">They appear here as they come.</EmptyState>;
  if (filtered)
    return (
      <EmptyState title="No project matches">
        Only projects that you are a member of are listed. Type a whole path, such as{" "}
        <code className="font-mono">group/project</code>, to ask GitLab for one that the list does not know yet.
      </EmptyState>
    );
  return <NoProjectOfOnesOwn />;
}
