"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { QueryError } from "@/components/layout/query-error";
import { RecordSection } from "@/components/layout/record-section";
import { RoleMark } from "@/components/role/role-grade";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";

/** The roles made by Trustdesk that trust the project. */
export function ProjectRoles({ projectId }: { projectId: number }) {
  const roles = useQuery(api.roles.list.queryOptions({ input: { projectId, limit: 200 } }));
  const rows = roles.data?.rows ?? [];
  return (
    <RecordSection
      title="Roles that trust it"
      note={roles.data ? <span className="tabular-nums">{roles.data.total}</span> : null}
    >
      {roles.isPending ? <SkeletonRows rows={2} label="Loading roles" /> : null}
      {roles.isError && !roles.data ? (
        <QueryError what="The roles" error={roles.error} onRetry={() => void roles.refetch()} />
      ) : null}
      {roles.data && rows.length === 0 ? (
        <p className="text-ink-2">No role made here trusts this project yet.</p>
      ) : null}
      <ul aria-label="Roles that trust the project">
        {rows.map((role) => (
          <li key={role.id} className="flex flex-wrap items-center gap-x-4 border-t border-line py-1.5">
            <Link
              href={paths.role(role.id)}
              className="min-w-0 flex-1 basis-48 font-mono text-accent [overflow-wrap:anywhere] hover:underline"
            >
              {role.name}
            </Link>
            <span className="text-ink-2">
              {role.account.name} <code className="font-mono text-ink-3">{role.account.accountId}</code>
            </span>
            <RelativeTime at={role.updatedAt} className="text-sm text-ink-3" />
            <RoleMark role={role} />
          </li>
        ))}
      </ul>
    </RecordSection>
  );
}
