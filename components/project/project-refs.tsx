"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryError } from "@/components/layout/query-error";
import { RecordSection } from "@/components/layout/record-section";
import { Badge } from "@/components/ui/badge";
import { DataList } from "@/components/ui/data-list";
import type { Column } from "@/components/ui/data-list-column";
import { FilterField } from "@/components/ui/filter-field";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { refsHidden } from "@/lib/judgement/project";

const columns: readonly Column<GitRef>[] = [
  {
    id: "name",
    header: "Ref",
    width: "minmax(0,1fr)",
    cell: (ref) => (
      <code className="block truncate font-mono" title={ref.name}>
        {ref.name}
      </code>
    ),
  },
  {
    id: "type",
    header: "Type",
    width: "64px",
    wideOnly: true,
    cell: (ref) => <span className="text-ink-2">{ref.type}</span>,
  },
  {
    id: "protection",
    header: "Protection",
    width: "168px",
    wideOnly: true,
    cell: (ref) => <RefProtection gitRef={ref} />,
  },
  {
    id: "push",
    header: "Who may push",
    width: "minmax(0,0.8fr)",
    cell: (ref) => (
      <span className="block truncate text-ink-2" title={ref.whoMayPush}>
        {ref.whoMayPush}
      </span>
    ),
  },
  {
    id: "pushed",
    header: "Last commit",
    width: "100px",
    wideOnly: true,
    cell: (ref) => (ref.pushedAt ? <RelativeTime at={ref.pushedAt} className="text-sm text-ink-3" /> : null),
  },
];

/** Every branch and tag with its protection and who may push it, and the patterns that protect refs to come. */
export function ProjectRefs({ projectId, emptyRepository }: { projectId: number; emptyRepository: boolean }) {
  const [filter, setFilter] = useState("");
  const answer = useQuery(api.projects.refs.queryOptions({ input: { projectId } }));
  const text = filter.trim().toLowerCase();
  const all = answer.data?.refs ?? [];
  const refs = text ? all.filter((ref) => ref.name.toLowerCase().includes(text)) : all;
  return (
    <RecordSection
      title="Branches and tags"
      note={
        answer.data?.refs ? (
          <RefCount shown={refs.length} all={all.length} truncated={answer.data.truncated} asOf={answer.data.asOf} />
        ) : null
      }
    >
      {answer.isPending ? <SkeletonRows rows={8} label="Loading branches and tags" /> : null}
      {answer.isError && !answer.data ? (
        <QueryError what="The branches and tags" error={answer.error} onRetry={() => void answer.refetch()} />
      ) : null}
      {answer.data ? <ProtectedPatterns patterns={answer.data.protectedPatterns} /> : null}
      {all.length > 0 ? (
        <FilterField label="Filter branches and tags" value={filter} onValueChange={setFilter} className="mb-2" />
      ) : null}
      {answer.data && refs.length === 0 ? (
        <p className="text-ink-2">
          {answer.data.refs === null
            ? refsHidden
            : all.length > 0
              ? "No branch or tag matches."
              : emptyRepository
                ? "The repository is empty."
                : "There are no branches or tags."}
        </p>
      ) : null}
      {refs.length > 0 ? (
        <DataList
          label="Branches and tags"
          items={refs}
          columns={columns}
          itemKey={(ref) => `${ref.type} ${ref.name}`}
          rowLabel={(ref) => `${ref.name}, ${ref.type}`}
        />
      ) : null}
    </RecordSection>
  );
}

function RefProtection({ gitRef }: { gitRef: GitRef }) {
  return (
    <span className="flex gap-1.5">
      {gitRef.protected ? <Badge tone="safe">protected</Badge> : <Badge tone="caution">not protected</Badge>}
      {gitRef.default ? <Badge>default</Badge> : null}
    </span>
  );
}

function RefCount({ shown, all, truncated, asOf }: { shown: number; all: number; truncated: boolean; asOf: string }) {
  return (
    <span role="status" className="tabular-nums">
      {shown === all ? all.toLocaleString("en") : `${shown.toLocaleString("en")} of ${all.toLocaleString("en")}`}
      {truncated ? ", the first 5,000 of each" : ""}, read <RelativeTime at={asOf} />
    </span>
  );
}

function ProtectedPatterns({
  patterns,
}: {
  patterns: readonly { pattern: string; type: GitRef["type"]; whoMayPush: string }[];
}) {
  if (patterns.length === 0)
    return (
      <p className="mb-2 text-ink-2">
        GitLab shows no protection rules here. Whether a branch or tag is protected stands in its row.
      </p>
    );
  return (
    <ul aria-label="Protected patterns" className="mb-2 flex flex-wrap gap-x-5 gap-y-1">
      {patterns.map(({ pattern, type, whoMayPush }) => (
        <li key={`${type} ${pattern}`} className="text-sm text-ink-2">
          protected {type} <code className="font-mono text-ink">{pattern}</code>: {whoMayPush}
        </li>
      ))}
    </ul>
  );
}
