"use client";

import Link from "next/link";
import { useQuery } from "@tanstack/react-query";
import { QueryError } from "@/components/layout/query-error";
import { RecordSection } from "@/components/layout/record-section";
import { Grade } from "@/components/ui/grade";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import type { RoleRow } from "@/lib/role/contract";

/** The roles that need a look, the worst first: changed behind our back, gone, or open to too many. */
export function RiskyRoles() {
  const overview = useQuery(api.roles.overview.queryOptions());
  if (overview.isError && !overview.data) return <QueryError what="The roles" error={overview.error} onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <SkeletonRows rows={8} label="Loading roles" />;
  const { drifted, gone, danger, total } = overview.data;
  const roles = total === 1 ? "role" : "roles";
  return (
    <>
      <Part title="Changed in AWS" part={drifted} href={`${paths.roles()}?live=drifted`} empty={total === 0 ? "No role is recorded yet." : `None of ${total.toLocaleString("en")} ${roles} differs from the record.`} />
      {gone.total > 0 ? <Part title="Gone from AWS" part={gone} href={`${paths.roles()}?live=gone`} empty="" /> : null}
      <Part title="Open to too many" part={danger} href={`${paths.roles()}?grade=danger`} empty={total === 0 ? "No role is recorded yet." : `None of ${total.toLocaleString("en")} ${roles} is graded danger.`} />
    </>
  );
}

function Part({ title, part: { rows, total }, href, empty }: { title: string; part: { rows: RoleRow[]; total: number }; href: string; empty: string }) {
  const all = total > rows.length ? (
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
            <Link href={paths.role(role.id)} className="grid gap-0.5 rounded-sm px-1 py-2 -outline-offset-2 hover:bg-accent-soft">
              <span className="flex flex-wrap items-center justify-between gap-x-3">
                <code className="min-w-0 font-mono [overflow-wrap:anywhere]">{role.name}</code>
                <Grade grade={role.grade} />
              </span>
              <span className="text-sm text-ink-3">
                {role.projectPath} · {role.account.name}
                {role.lastUsedAt ? (
                  <>
                    {" "}
                    · last used <RelativeTime at={role.lastUsedAt} />
                  </>
                ) : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </RecordSection>
  );
}
