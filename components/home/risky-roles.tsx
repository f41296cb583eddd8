"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { QueryError } from "@/components/layout/query-error";
import { RecordSection } from "@/components/layout/record-section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import type { RoleRow } from "@/lib/role/contract";
import { RoleLine } from "./role-line";

/** The roles that need a look, the worst first: gone, changed behind our back, or open to too many. */
export function RiskyRoles() {
  const overview = useQuery(api.roles.overview.queryOptions());
  if (overview.isError && !overview.data)
    return <QueryError what="The roles" error={overview.error} onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <SkeletonRows rows={8} label="Loading roles" />;
  const { drifted, gone, danger, total } = overview.data;
  const agrees =
    gone.total > 0
      ? "No other role differs from what was recorded, as far as they were compared."
      : total === 1
        ? "The only role is in AWS as it was recorded, as far as it was compared."
        : `All ${total.toLocaleString("en")} roles are in AWS as they were recorded, as far as they were compared.`;
  const narrow =
    total === 1
      ? "The only role is not graded danger."
      : `None of ${total.toLocaleString("en")} roles is graded danger.`;
  return (
    <>
      {gone.total > 0 ? <Part title="Gone from AWS" part={gone} href={`${paths.roles()}?live=gone`} empty="" /> : null}
      <Part
        title="Changed in AWS"
        part={drifted}
        href={`${paths.roles()}?live=drifted`}
        empty={total === 0 ? "No role is recorded yet." : agrees}
      />
      <Part
        title="Open to too many"
        part={danger}
        href={`${paths.roles()}?grade=danger`}
        empty={total === 0 ? "No role is recorded yet." : narrow}
      />
    </>
  );
}

function Part({
  title,
  part: { rows, total },
  href,
  empty,
}: {
  title: string;
  part: { rows: RoleRow[]; total: number };
  href: string;
  empty: string;
}) {
  const all =
    total > rows.length ? (
      <Link href={href} className="text-accent hover:underline">
        All {total.toLocaleString("en")}
      </Link>
    ) : null;
  return (
    <RecordSection title={title} note={all}>
      {rows.length === 0 ? <p className="border-t border-line py-2 text-ink-2">{empty}</p> : null}
      <ul>
        {rows.map((role) => (
          <li key={role.id} className="border-t border-line">
            <RoleLine role={role} />
          </li>
        ))}
      </ul>
    </RecordSection>
  );
}
