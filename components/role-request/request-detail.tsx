"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { QueryError } from "@/components/layout/query-error";
import { RecordLoading, RecordSection } from "@/components/layout/record-section";
import { PlanLines } from "@/components/plan/plan-lines";
import { FindingsList } from "@/components/trust/findings-list";
import { WhoGetsIn } from "@/components/trust/who-gets-in";
import { Button } from "@/components/ui/button";
import { Grade } from "@/components/ui/grade";
import { RelativeTime } from "@/components/ui/relative-time";
import { notify } from "@/components/ui/toast";
import { api, refusalOf } from "@/lib/api/client";
import type { RefVerdict } from "@/lib/iam/admitted";
import type { Finding } from "@/lib/iam/findings/table";
import { paths } from "@/lib/paths";
import type { Plan } from "@/lib/plan/change";
import type { RequestView } from "@/lib/role-request/contract";
import { finalStates } from "@/lib/role-request/model";
import { RequestOutcome } from "./request-outcome";
import { RequestReasons } from "./request-reasons";
import { RequestStateBadge } from "./request-state";

/** A request for a role: its plan with the state of every step while the worker applies it, and what was decided on. */
export function RequestDetail({ id }: { id: string }) {
  const request = useQuery(
    api.requests.get.queryOptions({ input: { id }, refetchInterval: ({ state }) => (state.data && !finalStates.includes(state.data.state) ? 700 : false) }),
  );
  if (request.data) return <Request request={request.data} />;
  if (request.isPending) return <RecordLoading title="Request" />;
  return (
    <>
      <PageHeader crumbs={[{ label: "Requests", href: paths.requests() }]} title="Request" />
      <QueryError what="The request" error={request.error} onRetry={() => void request.refetch()} />
    </>
  );
}

function Request({ request }: { request: RequestView }) {
  const plan = request.plan as Plan;
  const admitted = request.admitted as RefVerdict[];
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Requests", href: paths.requests() }]}
        title={<code className="font-mono">{request.roleName}</code>}
        marks={
          <>
            <RequestStateBadge state={request.state} />
            <Grade grade={request.grade} />
          </>
        }
        facts={<RequestFacts request={request} />}
        actions={finalStates.includes(request.state) ? null : <CancelButton request={request} />}
      />
      <RequestOutcome request={request} />
      <div className="grid gap-x-10 wide:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
        <div className="min-w-0">
          <RecordSection title="What happens in AWS" note={<span className="tabular-nums">{stepCount(request)}</span>}>
            <PlanLines changes={plan.changes} steps={request.steps} />
          </RecordSection>
          <RequestReasons request={request} />
        </div>
        <div className="min-w-0">
          <RecordSection title="Who gets in" note="when it was asked for">
            <WhoGetsIn verdicts={{ in: admitted, out: [] }} />
          </RecordSection>
          <RecordSection title="Findings">
            <FindingsList findings={request.findings as Finding[]} />
          </RecordSection>
        </div>
      </div>
    </>
  );
}

function stepCount({ steps }: RequestView): string {
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
      <span>
        asked by {request.requester.name} <RelativeTime at={request.createdAt} />
      </span>
    </>
  );
}

function CancelButton({ request }: { request: RequestView }) {
  const queries = useQueryClient();
  const cancel = useMutation(
    api.requests.cancel.mutationOptions({
      onSuccess: (next) => queries.setQueryData(api.requests.get.queryKey({ input: { id: request.id } }), next),
      onError: (error) => notify(refusalOf(error).message, "danger"),
      onSettled: () => queries.invalidateQueries({ queryKey: api.requests.key() }),
    }),
  );
  return (
    <Button variant="danger" reason={request.can.cancel.ok ? null : request.can.cancel.reason} busy={cancel.isPending ? "Cancelling" : null} onClick={() => cancel.mutate({ id: request.id })}>
      Cancel request
    </Button>
  );
}
