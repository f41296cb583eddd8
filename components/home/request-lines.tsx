"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { RequestStateBadge } from "@/components/request/request-state";
import { Grade } from "@/components/ui/grade";
import { RelativeTime } from "@/components/ui/relative-time";
import { useFold } from "@/components/ui/use-fold";
import { paths } from "@/lib/paths";
import { goalWords } from "@/lib/plan/goal-words";
import type { RequestRow } from "@/lib/request/contract";

interface RequestLinesProps<Row extends RequestRow> {
  rows: readonly Row[];
  empty: string;
  /** What is said of each: by default who asks for what. */
  sentence?: (row: Row) => ReactNode;
}

/** A request as its own requester reads it. */
export function ownRequest({ kind, roleName }: RequestRow): ReactNode {
  const what = goalWords[kind];
  return (
    <>
      {what.charAt(0).toUpperCase() + what.slice(1)} <code className="font-mono">{roleName}</code>
    </>
  );
}

const shownAtFirst = 6;

/** Requests, one to two lines each, every one a link; many are folded. */
export function RequestLines<Row extends RequestRow>({ rows, empty, sentence }: RequestLinesProps<Row>) {
  const { shown, fold } = useFold(rows.length, shownAtFirst);
  if (rows.length === 0) return <p className="border-t border-line py-2 text-ink-2">{empty}</p>;
  return (
    <>
      <ul>
        {rows.slice(0, shown).map((row) => (
          <li key={row.id} className="border-t border-line">
            <Link
              href={paths.request(row.id)}
              className="grid gap-0.5 rounded-sm px-1 py-2 -outline-offset-2 hover:bg-accent-soft"
            >
              <span className="flex items-start justify-between gap-x-3 max-sm:flex-wrap">
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {sentence ? (
                    sentence(row)
                  ) : (
                    <>
                      {row.requester.name} asks to {goalWords[row.kind]}{" "}
                      <code className="font-mono">{row.roleName}</code>
                    </>
                  )}
                </span>
                <span className="flex shrink-0 items-center gap-2">
                  <Grade grade={row.grade} />
                  <RequestStateBadge state={row.state} />
                </span>
              </span>
              <span className="text-sm text-ink-3">
                {row.projectPath} · {row.account.name} · <RelativeTime at={row.finishedAt ?? row.createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {fold}
    </>
  );
}
