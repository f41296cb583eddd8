"use client";

import { PlanDocuments } from "@/components/plan/plan-documents";
import { PlanLines } from "@/components/plan/plan-lines";
import { PolicyDocumentView } from "@/components/plan/policy-document";
import { RefusalNote } from "@/components/request/refusal-note";
import { FindingsList } from "@/components/trust/findings-list";
import { WhoGetsIn } from "@/components/trust/who-gets-in";
import { WhoGetsInChange } from "@/components/trust/who-gets-in-change";
import { WhoeverElse } from "@/components/trust/whoever-else";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { RequestRule } from "@/lib/request/model";
import type { Consequence } from "@/lib/role-form/consequence";
import type { EditedRole } from "@/lib/role-form/desired";
import type { Submission } from "./use-submit";

interface ReviewProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  words: { send: string; busy: string };
  rule: RequestRule;
  roleName: string;
  accountName: string;
  consequence: Consequence;
  busy: boolean;
  refusal: Submission["refusal"];
  /** The role that the form changes, as it was when the form opened; null for a new one. */
  edited: (EditedRole & { roleId: string }) | null;
  /** Why the plan can't be applied any more, e.g. AWS was read again and the name is taken; or null. */
  reason: string | null;
  onApply: () => void;
}

/** The whole consequence once more, before AWS is touched. */
export function ReviewDialog({
  open,
  onOpenChange,
  words,
  rule,
  roleName,
  accountName,
  consequence,
  busy,
  refusal,
  edited,
  reason,
  onApply,
}: ReviewProps) {
  const { plan, judgement, trustPolicy, permissionPolicy } = consequence;
  const before = judgement?.before ?? null;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`${rule === "approval" ? "Request" : "Apply"} ${roleName} in ${accountName}`}
      description={
        rule === "approval"
          ? "A platform engineer approves this very plan, or says why not. Your name, the plan and the reason go on record."
          : "No approval is needed: you are a platform engineer. Your name, the plan and the reason go on record."
      }
      className={before ? "w-[min(920px,94vw)]" : "w-[min(720px,94vw)]"}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Back to the form</Button>
          {reason ? <span className="text-sm text-ink-2">{reason}</span> : null}
          <Button variant="primary" reason={reason} busy={busy ? words.busy : null} onClick={onApply}>
            {words.send}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {refusal ? <RefusalNote {...refusal} edited={edited} /> : null}
        <section>
          <h3 className="mb-1 font-semibold">What happens in AWS</h3>
          {plan ? <PlanLines changes={plan.changes} /> : null}
        </section>
        {judgement && judgement.findings.length > 0 ? (
          <section>
            <h3 className="mb-1 font-semibold">What to look at</h3>
            <FindingsList findings={judgement.findings} />
          </section>
        ) : null}
        <section>
          <h3 className="mb-1 font-semibold">Who gets in</h3>
          {judgement && before ? (
            <WhoGetsInChange before={before} after={judgement.after} beyond={judgement.beyond} />
          ) : null}
          {judgement && !before ? <WhoGetsIn who={judgement.after} others={judgement.others} /> : null}
          {judgement && before ? <WhoeverElse who={judgement.after} others={judgement.others} /> : null}
        </section>
        {before && plan ? <PlanDocuments changes={plan.changes} /> : null}
        {!before && trustPolicy ? <PolicyDocumentView document={trustPolicy} label="Trust policy" /> : null}
        {!before && permissionPolicy ? (
          <PolicyDocumentView document={permissionPolicy} label="Permission policy" />
        ) : null}
      </div>
    </Dialog>
  );
}
