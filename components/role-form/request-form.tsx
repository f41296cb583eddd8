"use client";

import { useEffect, useMemo, useState } from "react";
import { shortcut } from "@/components/layout/shortcuts";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { pressesWithModifier } from "@/components/ui/key-sequence";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AccountChoice } from "@/lib/account/model";
import type { Decision } from "@/lib/errors";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import type { LiveProject } from "@/lib/judgement/project";
import type { ProjectView } from "@/lib/project/model";
import type { RequestRule } from "@/lib/request/model";
import type { Consequence, ConsequenceInput } from "@/lib/role-form/consequence";
import { consequenceOf } from "@/lib/role-form/consequence";
import type { EditedRole } from "@/lib/role-form/desired";
import { formOf } from "@/lib/role-form/form";
import { mendedDraft } from "@/lib/role-form/mendable";
import type { DraftProblem, DraftSubject, RoleDraft } from "@/lib/role-form/schema";
import { BeyondForm } from "./beyond-form";
import { ConsequencePane, ShortVerdict } from "./consequence-pane";
import { FormNote } from "./form-note";
import type { FormPart } from "./form-part";
import { ReviewDialog } from "./review-dialog-later";
import { useDraft } from "./use-draft";
import { useFormJudgement } from "./use-form-judgement";
import { useSnapshot } from "./use-snapshot";
import { useSubmit } from "./use-submit";
import { WhatSection } from "./what-section";
import { WhereSection, WhySection } from "./where-section";
import { WhoSection } from "./who-section";

export interface RequestFormProps {
  project: ProjectView;
  /** Null where GitLab does not show them. */
  refs: readonly GitRef[] | null;
  /** False where `refs` is but the first of them. */
  refsComplete?: boolean;
  /** Who may push, merge and create by the project's rules. */
  rules?: LiveProject["rules"];
  accounts: readonly AccountChoice[];
  username: string;
  may: Decision;
  /** Under which rule it is carried out: at once, or after approval. */
  rule: RequestRule;
  /** Whose draft is kept: this form's. */
  subject: DraftSubject;
  /** What the form begins with. */
  initial: RoleDraft;
  /** The role that is changed; null for a new one. */
  edited: (EditedRole & { roleId: string }) | null;
  /** What was typed before and not submitted. */
  kept: { draft: RoleDraft; savedAt: string } | null;
  onStartOver: () => void;
}

/** Choice on the left, consequence on the right. */
export function RequestForm({
  project,
  refs,
  refsComplete = true,
  rules,
  accounts,
  username,
  may,
  rule,
  subject,
  initial,
  edited,
  kept,
  onStartOver,
}: RequestFormProps) {
  const { draft, change, notKept, keepAgain, forget } = useDraft(kept?.draft ?? initial, subject, may.ok);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [reviewing, setReviewing] = useState(false);
  const account = accounts.find(({ id }) => id === draft.awsAccountId) ?? null;
  const snapshot = useSnapshot(draft, may.ok);
  const input = useMemo<ConsequenceInput>(
    () => ({
      ...{ draft, project, account, edited, refs, refsComplete, ...(rules && { rules }) },
      owner: { username },
      snapshot: snapshot.snapshot,
    }),
    [draft, project, account, username, edited, refs, refsComplete, rules, snapshot.snapshot],
  );
  const derived = useMemo(() => consequenceOf(input), [input]);
  const { fetchAgain, findings, ...judged } = useFormJudgement(derived.judged, input);
  const consequence: Consequence = { ...derived, ...judged };
  const view = useMemo(() => edited && formOf(edited.document, { project, account }), [edited, project, account]);
  const submission = useSubmit(
    { edit: edited ? { roleId: edited.roleId, baseVersion: edited.version } : undefined, replaces: subject.requestId },
    { onSubmitted: forget, onRefused: keepAgain },
  );
  const reason = !may.ok
    ? may.reason
    : (consequence.problems[0]?.reason ??
      (consequence.plan ? null : (snapshot.note ?? "AWS was not read yet.")) ??
      (consequence.judgement ? null : "What it means is not judged yet."));

  const shown = (field: DraftProblem["field"]): boolean =>
    touched.has(field) || field === "roleName" || field === "boundaryArn";
  const part: FormPart = {
    draft,
    change,
    project,
    refs,
    refsComplete,
    accounts,
    account,
    consequence,
    existing: edited ? null : (snapshot.snapshot?.role ?? null),
    recorded: edited?.document ?? null,
    hasStatement: view?.hasStatement ?? true,
    fixedPlace: edited !== null,
    errorAt: (field) =>
      shown(field) && !(field === "roleName" && draft.roleName === "" && !touched.has(field))
        ? consequence.problems.find((problem) => problem.field === field)?.reason
        : undefined,
    touch: (field) => setTouched((known) => (known.has(field) ? known : new Set([...known, field]))),
  };
  const review = () => (submission.clear(), setReviewing(true));
  useReviewKey(reason === null, review);
  const words =
    rule === "approval"
      ? { review: "Review and request", send: "Request approval", busy: "Sending" }
      : { review: "Review and apply", send: "Apply", busy: "Applying" };
  const action = { reason, label: words.review, onReview: review };

  return (
    <>
      {kept ? <Restored at={kept.savedAt} onStartOver={() => (forget(), onStartOver())} /> : null}
      {view ? <BeyondForm sentences={view.beyond} /> : null}
      {notKept ? <FieldError>What you typed last is not kept. {notKept}</FieldError> : null}
      <div className="grid items-start gap-4 full:grid-cols-[minmax(0,1fr)_minmax(0,480px)] full:gap-8 max-wide:pb-28">
        <form onSubmit={(event) => event.preventDefault()} aria-label={edited ? "Change the role" : "New role"}>
          <WhoSection {...part} />
          <WhatSection {...part} />
          <WhereSection {...part} />
          <WhySection {...part} />
        </form>
        <ConsequencePane
          consequence={consequence}
          snapshot={snapshot}
          fetchAgain={fetchAgain}
          refCount={refs?.length ?? null}
          refsComplete={refsComplete}
          region={account?.region ?? "us-east-1"}
          audience={draft.audience}
          action={<ReviewButton {...action} said={snapshot.note} />}
          findings={findings}
          onMend={(mendId) => change(mendedDraft(draft, mendId, consequence.judgement))}
        />
      </div>
      <div data-bottom-bar className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-pane wide:hidden">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
          <ShortVerdict consequence={consequence} refCount={refs?.length ?? null} refsComplete={refsComplete} />
          <ReviewButton {...action} said={null} />
        </div>
      </div>
      <ReviewDialog
        open={reviewing}
        onOpenChange={setReviewing}
        words={words}
        rule={rule}
        roleName={draft.roleName}
        accountName={account?.name ?? ""}
        consequence={consequence}
        busy={submission.busy}
        refusal={submission.refusal}
        edited={edited}
        reason={reason ?? (consequence.isJudging ? "What it means is being judged." : null)}
        onApply={() => {
          const { plan, judgement } = consequence;
          if (plan && judgement) void submission.submit(draft, plan, judgement);
        }}
      />
    </>
  );
}

/** `said` is what stands beside the button already, and is not told twice. */
function ReviewButton({
  reason,
  label,
  onReview,
  said,
}: {
  reason: string | null;
  label: string;
  onReview: () => void;
  said: string | null;
}) {
  return (
    <>
      <Button variant="primary" reason={reason} onClick={onReview} className="ml-auto">
        {label}{" "}
        <span className="max-wide:hidden">
          <Kbd>Ctrl ↵</Kbd>
        </span>
      </Button>
      {reason && reason !== said ? <p className="basis-full text-right text-sm text-ink-2">{reason}</p> : null}
    </>
  );
}

function Restored({ at, onStartOver }: { at: string; onStartOver: () => void }) {
  return (
    <FormNote>
      <span>
        Restored what you typed <RelativeTime at={at} />.
      </span>
      <Button size="small" onClick={onStartOver}>
        Start over
      </Button>
    </FormNote>
  );
}

/** Ctrl or Command with Enter, from anywhere in the form. */
function useReviewKey(ready: boolean, review: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (ready && pressesWithModifier(shortcut.review.keys, event)) review();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  });
}
