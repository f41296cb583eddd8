"use client";

import { QueryError } from "@/components/layout/query-error";
import { PlanDocuments } from "@/components/plan/plan-documents";
import { PlanLines } from "@/components/plan/plan-lines";
import { FieldError } from "@/components/ui/field";
import { ClockTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { client } from "@/lib/api/client";
import { unjudged } from "@/lib/request/model";

export type PlanNow = Awaited<ReturnType<typeof client.requests.planNow>>;

/** How often a plan is asked for again: often while AWS is read, else before it is older than the server accepts. */
export function planInterval({ state }: { state: { data?: PlanNow | undefined } }): number {
  return state.data?.state === "reading" ? 700 : 20_000;
}

/** Why the plan on screen cannot be sent, or null. */
export function obstacleOf(plan: PlanNow | undefined): string | null {
  if (!plan || (plan.state === "reading" && !plan.planDigest)) return plan?.waiting ?? "AWS is being read.";
  if (plan.failure) return `${plan.failure.message} ${plan.failure.todo}`;
  if (plan.problems[0]) return plan.problems[0];
  if (!plan.planDigest) return "AWS was not read yet.";
  return plan.judgementDigest ? null : unjudged;
}

/** The reading of a plan, as a query has it. */
interface PlanReading {
  data: PlanNow | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** A plan against AWS as it is now, with its documents; skeletons while it is read, and what is in the way. */
export function PlanNowView({ reading: { data: now, error, refetch } }: { reading: PlanReading }) {
  const plan = now?.plan;
  if (!now && error) return <QueryError what="The plan" error={error} onRetry={() => void refetch()} />;
  if (!now || (!plan && now.state === "reading"))
    return <SkeletonRows rows={4} label={now?.waiting ?? "Reading AWS"} />;
  const obstacle = obstacleOf(now);
  return (
    <div className="grid gap-3">
      {obstacle ? <FieldError>{obstacle}</FieldError> : null}
      {plan ? <PlanLines changes={plan.changes} /> : null}
      {plan && plan.changes.length === 0 ? <p className="text-ink-2">Nothing is left to do in AWS.</p> : null}
      {plan ? <PlanDocuments changes={plan.changes} /> : null}
      <p className="text-sm text-ink-3">
        {now.readAt ? (
          <>
            AWS read at <ClockTime at={now.readAt} />
          </>
        ) : null}
      </p>
    </div>
  );
}
