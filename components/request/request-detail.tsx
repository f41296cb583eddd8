"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { PageTitle } from "@/components/layout/page-title";
import { QueryError } from "@/components/layout/query-error";
import { RecordLoading, RecordSection } from "@/components/layout/record-section";
import { PlanDocuments } from "@/components/plan/plan-documents";
import { PlanLines } from "@/components/plan/plan-lines";
import { FindingsList } from "@/components/trust/findings-list";
import { WhoGetsIn } from "@/components/trust/who-gets-in";
import { WhoGetsInChange } from "@/components/trust/who-gets-in-change";
import { WhoeverElse } from "@/components/trust/whoever-else";
import { Grade } from "@/components/ui/grade";
import { RelativeTime } from "@/components/ui/relative-time";
import { api } from "@/lib/api/client";
import type { AnyoneElse, Judgement } from "@/lib/judgement/judgement";
import { paths } from "@/lib/paths";
import { goalWords } from "@/lib/plan/goal-words";
import type { RequestView } from "@/lib/request/contract";
import { finalStates } from "@/lib/request/model";
import { DecisionPanel, PlanToDecide, useJudgement } from "./decision-panel";
import { RequestActions } from "./request-actions";
import { RequestLinks } from "./request-links";
import { RequestOutcome } from "./request-outcome";
import { RequestReasons } from "./request-reasons";
import { RequestStateBadge } from "./request-state";

/** A request for a role: its plan with the state of every step while the worker applies it, and what was decided on. */
export function RequestDetail({ id }: { id: string }) {
  const request = useQuery(
    api.requests.get.queryOptions({
      input: { id },
      refetchInterval: ({ state }) => (state.data && !finalStates.includes(state.data.state) ? 700 : false),
    }),
  );
  useRoleAnew(request.data?.state === "applied");
  if (request.data) return <Request request={request.data} />;
  if (request.isPending) return <RecordLoading title="Request" />;
  return (
    <>
      <PageHeader crumbs={[{ label: "Requests", href: paths.requests() }]} title="Request" />
      <QueryError what="The request" error={request.error} onRetry={() => void request.refetch()} />
    </>
  );
}

/** What other pages read of roles is old once a request was applied. */
function useRoleAnew(applied: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (applied) void queries.invalidateQueries({ queryKey: api.roles.key() });
  }, [applied, queries]);
}

function Request({ request }: { request: RequestView }) {
  const deciding = request.state === "requested" && request.can.approve.ok;
  const { judgement, others, anew } = useJudgement(request, deciding);
  return (
    <>
      <PageTitle name={`Request: ${goalWords[request.kind]} ${request.roleName}`} />
      <PageHeader
        crumbs={[{ label: "Requests", href: paths.requests() }]}
        title={<code className="font-mono">{request.roleName}</code>}
        marks={
          <>
            <RequestStateBadge state={request.state} />
            <Grade grade={judgement.grade} />
          </>
        }
        facts={<RequestFacts request={request} />}
        actions={<RequestActions request={request} />}
      />
      <RequestOutcome request={request} />
      <RequestLinks request={request} />
      <div className="grid gap-x-10 wide:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
        <div className="min-w-0">
          <RequestReasons request={request} />
          {deciding ? (
            <PlanToDecide request={request} />
          ) : (
            <RecordSection title={planTitle(request)} note={<span className="tabular-nums">{stepCount(request)}</span>}>
              <PlanAskedFor request={request} />
            </RecordSection>
          )}
        </div>
        <div className="min-w-0 wide:sticky wide:top-4 wide:self-start">
          <RecordSection title="Who gets in" note={anew ? "as it is now" : "when it was asked for"}>
            <Admitted judgement={judgement} others={others} />
          </RecordSection>
          <RecordSection title="Findings">
            <FindingsList findings={judgement.findings} />
          </RecordSection>
          {deciding ? <DecisionPanel request={request} /> : null}
        </div>
      </div>
    </>
  );
}

function PlanAskedFor({ request: { plan, steps } }: { request: RequestView }) {
  if (!plan)
    return (
      <p className="text-ink-2">
        The plan cannot be shown: another version of Trustdesk wrote it in a form that this one does not read.
      </p>
    );
  return (
    <>
      <PlanLines changes={plan.changes} steps={steps} />
      <div className="mt-4">
        <PlanDocuments changes={plan.changes} />
      </div>
    </>
  );
}

function Admitted({ judgement, others }: { judgement: Judgement; others?: readonly AnyoneElse[] }) {
  const { before, after, beyond } = judgement;
  if (!before) return <WhoGetsIn who={after} {...(others && { others })} />;
  return (
    <div className="grid gap-5">
      <WhoGetsInChange before={before} after={after} beyond={beyond} />
      <WhoeverElse who={after} others={others ?? []} />
    </div>
  );
}

function planTitle({ state, steps }: RequestView): string {
  if (!finalStates.includes(state)) return "What happens in AWS";
  return steps.some((step) => step.state !== "pending") ? "What happened in AWS" : "What it asked for";
}

function stepCount({ steps }: RequestView): string {
  if (steps.length === 0) return "";
  const done = steps.filter(({ state }) => state === "done" || state === "unchanged").length;
  return `${done} of ${steps.length} done`;
}

function RequestFacts({ request }: { request: RequestView }) {
  return (
    <>
      <span>
        {request.account.name} <code className="font-mono">{request.account.accountId}</code>
      </span>
      <Link href={paths.project(request.projectId)} className="text-accent hover:underline">
        {request.projectPath}
      </Link>
      <span>to {goalWords[request.kind]}</span>
      <span>
        asked by {request.requester.name} <RelativeTime at={request.createdAt} />
      </span>
    </>
  );
}
