"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { QueryError } from "@/components/layout/query-error";
import { RecordSection } from "@/components/layout/record-section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import { RoleLine } from "./role-line";

const shown = 5;

/** The roles of the person's projects. */
export function OwnRoles() {
  const roles = useQuery(api.roles.list.queryOptions({ input: { query: "", limit: shown } }));
  const all =
    roles.data && roles.data.total > shown ? (
      <Link href={paths.roles()} className="text-accent hover:underline">
        All {roles.data.total.toLocaleString("en")}
      </Link>
    ) : null;
  return (
    <RecordSection title="Roles of your projects" note={all}>
      {roles.data?.rows.length === 0 ? <p className="border-t border-line py-2 text-ink-2">None yet.</p> : null}
      <ul>
        {roles.data?.rows.map((role) => (
          <li key={role.id} className="border-t border-line">
            <RoleLine role={role} />
          </li>
        ))}
      </ul>
      {roles.isPending ? <SkeletonRows rows={3} label="Loading roles" /> : null}
      {roles.isError && !roles.data ? (
        <QueryError what="The roles" error={roles.error} onRetry={() => void roles.refetch()} />
      ) : null}
    </RecordSection>
  );
}
