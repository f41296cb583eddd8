"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleDashed, Equal, type LucideIcon, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import { cn } from "@/components/ui/class-names";
import { DiffView } from "@/components/ui/diff-view";
import { RelativeTime } from "@/components/ui/relative-time";
import { api, refusalOf } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import { documentDiff } from "@/lib/plan/describe";
import type { Difference } from "@/lib/plan/drift";
import { goalWords } from "@/lib/plan/goal-words";
import type { LiveState } from "@/lib/plan/live-state";
import type { RoleView } from "@/lib/role/contract";

/** The server compares a role at most once in 10 s. */
const whileOpen = 15_000;

const words: Record<LiveState, { sentence: string; icon: LucideIcon; look: string }> = {
  unknown: { sentence: "Not compared with AWS yet.", icon: CircleDashed, look: "text-ink-3" },
  same: { sentence: "AWS holds what was recorded last.", icon: Equal, look: "text-safe" },
  drifted: { sentence: "AWS differs from what was recorded last.", icon: TriangleAlert, look: "text-danger" },
  gone: { sentence: "AWS holds this role no more.", icon: TriangleAlert, look: "text-danger" },
};

/** AWS as it is against what was recorded last, compared again while the page is open: what differs, in words, with both sides. */
export function RoleLive({ role }: { role: RoleView }) {
  const check = useCheck(role);
  const differences = role.drift ?? [];
  const { sentence, icon: Icon, look } = words[role.liveState];
  const trouble = check.error
    ? refusalOf(check.error).message
    : check.data?.failure
      ? `${check.data.failure.message} ${check.data.failure.todo}`
      : check.data?.waiting;
  return (
    <section
      aria-label="AWS now"
      className={cn(
        "mb-4 rounded-lg border px-3 py-2.5",
        differences.length > 0 ? "border-danger bg-danger-soft" : "border-line bg-sunk",
      )}
    >
      <p role="status" className="flex flex-wrap items-center gap-x-2">
        <Icon aria-hidden className={look} />
        <span>{sentence}</span>
        <span className="text-sm text-ink-2">
          {role.checkedAt ? (
            <>
              Compared <RelativeTime at={role.checkedAt} />
            </>
          ) : null}
          {role.driftSince ? (
            <>
              ; differs since <RelativeTime at={role.driftSince} /> or before
            </>
          ) : null}
          {check.data?.state === "checking" && !trouble ? " · comparing" : null}
        </span>
      </p>
      {trouble ? <p className="mt-1 text-sm text-ink-2">{trouble}</p> : null}
      {role.halfDone && differences.length > 0 ? (
        <p className="mt-1">
          A request to {goalWords[role.halfDone.kind]} failed midway, which may be why.{" "}
          <Link href={paths.request(role.halfDone.id)} className="underline">
            See what it did, try it again, or undo it
          </Link>
        </p>
      ) : null}
      {differences.length > 0 ? (
        <ul className="mt-2 grid gap-2">
          {differences.map((difference) => (
            <li key={difference.sentence}>
              <DifferenceItem difference={difference} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function DifferenceItem({ difference: { sentence, ours, theirs, what } }: { difference: Difference }) {
  return (
    <details className="rounded-md border border-line-2 bg-pane">
      <summary className="cursor-pointer px-3 py-1.5">{sentence}</summary>
      <div className="border-t border-line p-2">
        <DiffView
          label={`${what}: recorded, and in AWS`}
          lines={documentDiff(ours, theirs)}
          layout={ours === null || theirs === null ? "unified" : "split"}
          className="max-h-[420px] overflow-auto"
        />
      </div>
    </details>
  );
}

/** Asks for a comparison when the page opens, polls until it is there, then reads the role again. */
function useCheck(role: RoleView) {
  const queries = useQueryClient();
  const check = useQuery(
    api.roles.check.queryOptions({
      input: { id: role.id },
      enabled: role.can.check.ok,
      refetchInterval: ({ state }) => (state.data?.state === "checking" ? 1000 : whileOpen),
    }),
  );
  const checkedAt = check.data?.checkedAt;
  useEffect(() => {
    if (checkedAt && checkedAt !== role.checkedAt)
      void queries.invalidateQueries({ queryKey: api.roles.get.queryKey({ input: { id: role.id } }) });
  }, [checkedAt, role.checkedAt, role.id, queries]);
  return check;
}
