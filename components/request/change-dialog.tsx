"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePerson } from "@/components/layout/person";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RelativeTime } from "@/components/ui/relative-time";
import { Textarea } from "@/components/ui/textarea";
import { api, client, refusalOf } from "@/lib/api/client";
import type { WhoGetsIn } from "@/lib/judgement/judgement";
import { paths } from "@/lib/paths";
import type { RoleChange } from "@/lib/request/schema";
import { ChangeMeaning } from "./change-meaning";
import type { PlanNow } from "./plan-now";
import { obstacleOf, PlanNowView, planInterval } from "./plan-now";
import { RefusalNote } from "./refusal-note";
import { useKeptText } from "./use-kept-text";

const words: Record<
  RoleChange["kind"],
  { title: (name: string) => string; description: string; button: string; busy: string }
> = {
  remove: {
    title: (name) => `Remove ${name}`,
    description: "Every pipeline that assumes the role is denied from then on. Its history stays here.",
    button: "Remove the role",
    busy: "Sending",
  },
  restore: {
    title: (name) => `Put our version of ${name} back`,
    description: "AWS is changed to what was recorded and approved last.",
    button: "Put ours back",
    busy: "Sending",
  },
  adopt: {
    title: (name) => `Take AWS's version of ${name}`,
    description: "What AWS holds becomes a new version here. Nothing changes in AWS.",
    button: "Take AWS's",
    busy: "Sending",
  },
  retry: {
    title: (name) => `Try ${name} again`,
    description: "It goes on where the failed apply stopped, with a plan against AWS as it is now.",
    button: "Try again",
    busy: "Sending",
  },
  undo: {
    title: (name) => `Undo the failed apply of ${name}`,
    description: "Takes away what the failed apply made or changed, and nothing else.",
    button: "Undo",
    busy: "Sending",
  },
};

interface ChangeDialogProps {
  change: RoleChange;
  roleName: string;
  /** Said below the title, where the kind of change alone does not say enough. */
  description?: string | undefined;
  /** Whom the recorded version of the role let in. */
  asRecorded?: WhoGetsIn | undefined;
  onClose: () => void;
}

/** A change that needs no form: its plan against AWS now, the reason, and the button that sends it. */
export function ChangeDialog({ change: asked, roleName, description: given, asRecorded, onClose }: ChangeDialogProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const [change, setChange] = useState(asked);
  const [typedName, setTypedName] = useState("");
  const why = useKeptText(`${asked.kind} ${"roleId" in asked ? asked.roleId : asked.requestId}`);
  const { title, description: usual, button, busy } = words[change.kind];
  const preview = useQuery(
    api.requests.previewChange.queryOptions({ input: { change }, refetchInterval: planInterval }),
  );
  const person = usePerson();
  const send = useMutation({
    mutationFn: ({ planDigest, judgementDigest }: Partial<PlanNow>) =>
      client.requests.submitChange({
        change: { ...change, justification: why.text },
        planDigest: planDigest ?? "",
        judgementDigest: judgementDigest ?? "",
      }),
    onSuccess: ({ id }) => {
      why.forget();
      router.push(paths.request(id));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: api.requests.previewChange.key() }),
  });
  const now = preview.data;
  const nothingThere = change.kind === "remove" && now !== undefined && now.plan !== null && !deletesRole(now);
  const description = nothingThere
    ? "AWS holds the role no more, so nothing changes for any pipeline. It is taken off the list here; its history stays."
    : (given ?? usual);
  const refusal = send.error ? refusalOf(send.error) : null;
  const needsName = change.kind === "remove";
  const unsaid =
    why.text.trim() === ""
      ? "Say why first."
      : needsName && typedName !== roleName
        ? "Type the role's name to confirm."
        : null;
  const reason = preview.error ? refusalOf(preview.error).message : (obstacleOf(now) ?? unsaid);
  const approval = person.role !== "platform-engineer" ? " A platform engineer has to approve it." : "";
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title(roleName)}
      description={description + approval}
      className="w-[min(760px,94vw)]"
      footer={
        <>
          {reason ? <span className="mr-auto text-sm text-ink-2">{reason}</span> : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={change.kind === "remove" || change.kind === "undo" ? "danger" : "primary"}
            reason={reason}
            busy={send.isPending ? busy : null}
            onClick={() => send.mutate(now ?? {})}
          >
            {button}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {refusal ? <RefusalNote {...refusal} /> : null}
        {change.kind === "remove" ? <RemovalFacts now={now} change={change} onChange={setChange} /> : null}
        <ChangeMeaning kind={change.kind} now={now} asRecorded={asRecorded} />
        <section>
          <h3 className="mb-1 font-semibold">What happens in AWS</h3>
          <PlanNowView reading={preview} />
        </section>
        <Field label="Why" required hint="Goes on record with the plan.">
          <Textarea value={why.text} onChange={(event) => why.setText(event.target.value)} rows={2} maxLength={4000} />
        </Field>
        {needsName ? (
          <Field label={`Type ${roleName} to confirm`}>
            <Input
              value={typedName}
              onChange={(event) => setTypedName(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
        ) : null}
      </div>
    </Dialog>
  );
}

function deletesRole({ plan }: PlanNow): boolean {
  return plan?.changes.some(({ kind }) => kind === "delete-role") ?? false;
}

function RemovalFacts({
  now,
  change,
  onChange,
}: {
  now: PlanNow | undefined;
  change: Extract<RoleChange, { kind: "remove" }>;
  onChange: (next: RoleChange) => void;
}) {
  const users = now?.providerUsers;
  return (
    <div className="grid gap-2">
      {now?.readAt && deletesRole(now) ? (
        <p>
          {now.lastUsedAt ? (
            <>
              Last used <RelativeTime at={now.lastUsedAt} />, as AWS tells it (up to 4 hours late).
            </>
          ) : (
            "AWS knows of no use of this role."
          )}
        </p>
      ) : null}
      <Checkbox
        checked={change.removeProvider}
        onCheckedChange={(checked) => onChange({ ...change, removeProvider: checked === true })}
        label="Delete the account's OIDC provider too, if no other role trusts it"
      />
      {change.removeProvider && typeof users === "number" ? (
        <p className="text-ink-2">
          {users === 0
            ? "No other role trusts it: it goes."
            : `${users.toLocaleString("en")} other ${users === 1 ? "role trusts" : "roles trust"} it: it stays.`}
        </p>
      ) : null}
    </div>
  );
}
