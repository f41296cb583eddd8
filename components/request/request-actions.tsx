"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { notify } from "@/components/ui/toast";
import { api, client, refusalOf } from "@/lib/api/client";
import { paths } from "@/lib/paths";
import type { RequestView } from "@/lib/request/contract";
import type { RoleChange } from "@/lib/request/schema";
import { ChangeDialog } from "./change-dialog-later";

/** What can be done with a request in its state; what its state rules out is left away, what the person may not do says why. */
export function RequestActions({ request }: { request: RequestView }) {
  const { can, state } = request;
  if (state === "requested") return <Waiting request={request} />;
  if (state === "queued" || state === "applying")
    return <EndButton request={request} verb="cancel" decision={can.cancel} label="Cancel request" busy="Cancelling" />;
  if (state === "failed") return <AfterFailure request={request} />;
  return can.replace.ok ? <AskAgain request={request} /> : null;
}

function Waiting({ request }: { request: RequestView }) {
  const { can } = request;
  if (!can.withdraw.ok) return null;
  return (
    <>
      <EndButton request={request} verb="withdraw" decision={can.withdraw} label="Withdraw" busy="Withdrawing" />
      <AskAgain request={request} />
    </>
  );
}

/** Opens the form with what was asked for; only what came from the form can be changed there. */
function AskAgain({ request }: { request: RequestView }) {
  if (request.kind !== "create" && request.kind !== "edit") return null;
  return (
    <Link href={paths.resubmit(request)} className={buttonLook("plain")}>
      Change and resubmit
    </Link>
  );
}

function EndButton({
  request,
  verb,
  decision,
  label,
  busy,
}: {
  request: RequestView;
  verb: "cancel" | "withdraw";
  decision: RequestView["can"]["cancel"];
  label: string;
  busy: string;
}) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => client.requests[verb]({ id: request.id }),
    onSuccess: (next) => queries.setQueryData(api.requests.get.queryKey({ input: { id: request.id } }), next),
    onError: (error) => notify(refusalOf(error).message, "danger"),
    onSettled: () => queries.invalidateQueries({ queryKey: api.requests.key() }),
  });
  return (
    <Button
      variant="danger"
      reason={decision.ok ? null : decision.reason}
      busy={end.isPending ? busy : null}
      onClick={() => end.mutate()}
    >
      {label}
    </Button>
  );
}

const backToRecord =
  "AWS is changed back to what was recorded last. Whatever else was changed there since goes with it: see the plan.";

function AfterFailure({ request }: { request: RequestView }) {
  const [change, setChange] = useState<RoleChange | null>(null);
  const { retry, undo } = request.can;
  const ask = (kind: "retry" | "undo") => () => setChange({ kind, requestId: request.id, justification: "" });
  return (
    <>
      <Button reason={undo.ok ? null : undo.reason} onClick={ask("undo")}>
        Undo what it made
      </Button>
      <Button variant="primary" reason={retry.ok ? null : retry.reason} onClick={ask("retry")}>
        Try again
      </Button>
      {change ? (
        <ChangeDialog
          change={change}
          roleName={request.roleName}
          description={
            change.kind === "undo" && request.roleId !== null && request.kind !== "create" ? backToRecord : undefined
          }
          onClose={() => setChange(null)}
        />
      ) : null}
    </>
  );
}
