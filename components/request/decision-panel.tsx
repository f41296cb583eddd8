"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RecordSection } from "@/components/layout/record-section";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { api, client, refusalOf } from "@/lib/api/client";
import type { AnyoneElse, Judgement } from "@/lib/judgement/judgement";
import type { RequestView } from "@/lib/request/contract";
import { obstacleOf, PlanNowView, planInterval } from "./plan-now";
import { useKeptText } from "./use-kept-text";

/** What a platform engineer decides on: the plan against AWS as it is now. */
export function PlanToDecide({ request }: { request: RequestView }) {
  const now = usePlanNow(request, true);
  return (
    <RecordSection title="What you approve">
      <PlanNowView reading={now} />
    </RecordSection>
  );
}

function usePlanNow({ id }: RequestView, deciding: boolean) {
  return useQuery(
    api.requests.planNow.queryOptions({ input: { id }, refetchInterval: planInterval, enabled: deciding }),
  );
}

/** What is to be said of a request's plan: to who decides, of the plan that they decide on and GitLab as it is; to all others, what was said when it was asked for or decided. */
export function useJudgement(request: RequestView, deciding: boolean): JudgedRequest {
  const now = usePlanNow(request, deciding).data;
  if (!now?.judgement) return { judgement: request.judgement, anew: false };
  return { judgement: now.judgement, others: now.others, anew: true };
}

interface JudgedRequest {
  judgement: Judgement;
  /** Who else gets in than refs that exist; missing where that was not kept. */
  others?: AnyoneElse[];
  anew: boolean;
}

/** Approves the plan and the judgement on screen by their digests, or rejects the request with a reason. */
export function DecisionPanel({ request }: { request: RequestView }) {
  const queries = useQueryClient();
  const { text: reason, setText: setReason, forget } = useKeptText(`decision ${request.id}`);
  const now = usePlanNow(request, true);
  const decide = useMutation({
    mutationFn: (verdict: "approve" | "reject") =>
      verdict === "approve"
        ? client.requests.approve({
            id: request.id,
            planDigest: now.data?.planDigest ?? "",
            judgementDigest: now.data?.judgementDigest ?? "",
            reason,
          })
        : client.requests.reject({ id: request.id, reason }),
    onSuccess: (next) => {
      forget();
      queries.setQueryData(api.requests.get.queryKey({ input: { id: request.id } }), next);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: api.requests.key() }),
  });
  const { approve, reject } = request.can;
  const inTheWay = now.error ? refusalOf(now.error).message : obstacleOf(now.data);
  const moved = now.data?.planDigest && now.data.planDigest !== request.planDigest;
  const running = decide.isPending ? decide.variables : null;
  return (
    <RecordSection title="Your decision">
      {moved ? (
        <p className="mb-2 rounded-md bg-caution-soft px-3 py-2">
          AWS has changed since this was asked for, so the plan is another one now. You approve the one on this page.
        </p>
      ) : null}
      <Field
        label="Reason"
        hint="Needed to reject; the requester and auditors read it."
        error={decide.error ? refusalOf(decide.error).message : undefined}
      >
        <Textarea value={reason} onChange={(event) => setReason(event.target.value)} rows={2} maxLength={4000} />
      </Field>
      <div className="mt-3 flex flex-wrap items-center justify-end gap-2">
        {approve.ok && inTheWay ? <FieldError>{inTheWay}</FieldError> : null}
        <Button
          variant="danger"
          reason={reject.ok ? (reason.trim() === "" ? "Say why first." : null) : reject.reason}
          busy={running === "reject" ? "Rejecting" : null}
          onClick={() => decide.mutate("reject")}
        >
          Reject
        </Button>
        <Button
          variant="primary"
          reason={approve.ok ? inTheWay : approve.reason}
          busy={running === "approve" ? "Approving" : null}
          onClick={() => decide.mutate("approve")}
        >
          Approve and apply
        </Button>
      </div>
    </RecordSection>
  );
}
