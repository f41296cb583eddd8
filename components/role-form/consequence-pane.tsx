"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { PlanLines } from "@/components/plan/plan-lines";
import { PolicyDocumentView } from "@/components/plan/policy-document";
import { FindingsList } from "@/components/trust/findings-list";
import { WhoGetsIn } from "@/components/trust/who-gets-in-later";
import { CodeBlock } from "@/components/ui/code-block";
import { ErrorState } from "@/components/ui/error-state";
import { GradeMark } from "@/components/ui/grade";
import { ClockTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import type { Finding } from "@/lib/findings/table";
import { ciVariables, gitlabCiYaml } from "@/lib/gitlab-ci/ci-job";
import type { Budget } from "@/lib/iam/budget";
import { describePermissions } from "@/lib/iam/permission-policy";
import { readPolicy } from "@/lib/iam/policy-schema";
import type { LiveJudgement } from "@/lib/judgement/judgement";
import { refsHidden } from "@/lib/judgement/project";
import type { Consequence } from "@/lib/role-form/consequence";
import type { SnapshotState } from "./use-snapshot";

interface PaneProps {
  consequence: Consequence;
  /** What is found of it, with the buttons that help. */
  findings: Finding[];
  snapshot: SnapshotState;
  /** Fetches the judge again where that failed. */
  fetchAgain?: (() => void) | null;
  /** How many branches and tags GitLab shows; null where it does not show them. */
  refCount: number | null;
  /** False where those are but the first of them. */
  refsComplete?: boolean;
  region: string;
  audience: string;
  onMend: (mendId: Finding["mendId"]) => void;
  /** The main button and why it is disabled. */
  action: ReactNode;
}

type Counted = Pick<PaneProps, "consequence" | "refCount" | "refsComplete">;

type Tab = "in" | "trust" | "permissions" | "ci";

/** What the choice on the left means: who gets in, what they can do, what is wrong with it, what will happen in AWS. */
export function ConsequencePane(props: PaneProps) {
  const { consequence, findings, snapshot, fetchAgain = null, region, audience, onMend, action } = props;
  const [tab, setTab] = useState<Tab>("in");
  const { judgement, judged, untold, trustPolicy, permissionPolicy, plan } = consequence;
  const after = judgement?.after;
  return (
    <aside
      aria-label="What it means"
      className="overflow-hidden rounded-xl border border-line bg-pane shadow-raised wide:sticky wide:top-4"
    >
      <div aria-busy={consequence.isJudging} className="aria-busy:opacity-60">
        <Verdict {...props} />
      </div>
      <Tabs
        label="Consequence"
        value={tab}
        onValueChange={setTab}
        barClassName="px-2.5 pt-1"
        tabs={[
          {
            id: "in",
            label: "Who gets in",
            count: after?.kind === "refs" ? after.in.length : undefined,
            content: (
              <div
                className="max-h-[340px] overflow-auto px-4 py-2"
                tabIndex={0}
                role="region"
                aria-label="Who gets in"
              >
                {judgement ? (
                  <WhoGetsIn who={judgement.after} others={judgement.others} out={judgement.out} />
                ) : judged ? (
                  <NotJudgedYet fetchAgain={fetchAgain} />
                ) : (
                  <p className="text-ink-2">{untold ?? "Nobody: no branch or tag is chosen yet."}</p>
                )}
              </div>
            ),
          },
          {
            id: "trust",
            label: "Trust policy",
            content: (
              <Document
                policy={trustPolicy}
                label="Trust policy"
                missing={untold ?? "Choose a branch or tag to see the trust policy."}
              />
            ),
          },
          {
            id: "permissions",
            label: "Permissions",
            content: (
              <Document
                policy={permissionPolicy}
                words={permissionPolicy ? describePermissions(readPolicy(permissionPolicy)) : []}
                label="Permission policy"
                missing="Fill in what they can do to see the policy."
              />
            ),
          },
          { id: "ci", label: "CI job", content: <CiJob plan={plan} region={region} audience={audience} /> },
        ]}
      />
      {findings.length > 0 ? <FindingsList findings={findings} look="rows" onMend={onMend} /> : null}
      <div className="border-t border-line px-4 py-2.5">
        <h3 className="mb-1 text-xs font-medium text-ink-3">Plan</h3>
        {plan ? (
          <PlanLines changes={plan.changes} />
        ) : (
          <p className="text-sm text-ink-2">{snapshot.note ?? "The plan appears when the form is complete."}</p>
        )}
      </div>
      <div className="hidden flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line bg-sunk px-4 py-3 wide:flex">
        <Budgets budgets={consequence.budgets} />
        {action}
      </div>
    </aside>
  );
}

function NotJudgedYet({ fetchAgain }: { fetchAgain: (() => void) | null }) {
  if (!fetchAgain) return <SkeletonRows rows={5} label="Judging who gets in" />;
  return (
    <ErrorState title="Who gets in could not be judged" onRetry={fetchAgain}>
      The part of the page that judges could not be loaded. Check the connection, then try again.
    </ErrorState>
  );
}

const verdicts = { safe: "Safe: nothing to look at", caution: "Caution", danger: "Danger" } as const;

/** How many get in, in words; of how many it cannot be told is said too. */
function countWords({ consequence: { judgement, judged, untold }, refCount, refsComplete = true }: Counted): string {
  if (refCount === null) return judgement?.after.kind === "nobody" ? "Nobody gets in." : refsHidden;
  const all = `${refsComplete ? "" : "the first "}${refCount.toLocaleString("en")} refs`;
  const inAll = refsComplete ? `The project has ${all}.` : `GitLab showed ${all} of the project.`;
  if (!judgement) return untold || judged ? inAll : `0 of ${all} get in.`;
  const { after } = judgement;
  if (after.kind === "nobody") return "Nobody gets in.";
  if (after.kind === "untold") return inAll;
  const open = after.untold.length > 0 ? `, of ${after.untold.length.toLocaleString("en")} it cannot be told` : "";
  const toCome = judgement.others.filter(({ kind }) => kind === "other-branch" || kind === "other-tag");
  const perhaps = toCome.some(({ sure }) => sure) ? "" : "perhaps ";
  const more = toCome.length > 0 ? `, and ${perhaps}some that do not exist yet` : "";
  return `${after.in.length.toLocaleString("en")} of ${all} get in${open}${more}.`;
}

/** The grade in one line, for the bar at the bottom of narrow screens. */
export function ShortVerdict(counted: Counted) {
  const { judgement, untold } = counted.consequence;
  const isUntold = judgement ? judgement.after.kind === "untold" : untold !== null;
  return (
    <span className="flex min-w-0 items-center gap-2">
      {judgement ? <GradeMark grade={judgement.grade} /> : null}
      <span className="text-sm text-ink-2">{isUntold ? "Who gets in: not known" : countWords(counted)}</span>
    </span>
  );
}

/** The grade in words. */
function Verdict({ snapshot, ...counted }: Counted & Pick<PaneProps, "snapshot">) {
  const { consequence } = counted;
  const { judgement } = consequence;
  return (
    <div className="flex items-start gap-3 border-b border-line px-4 pt-3.5 pb-3">
      {judgement ? <GradeMark grade={judgement.grade} /> : null}
      <div className="min-w-0" aria-live="polite">
        <p className="text-lg font-semibold">{judgement ? verdictWords(judgement) : verdictMissing(consequence)}</p>
        <p className="text-ink-2">
          {countWords(counted)}{" "}
          {snapshot.readAt ? (
            <>
              AWS read at <ClockTime at={snapshot.readAt} /> ·{" "}
              <button type="button" className="cursor-pointer underline" onClick={() => void snapshot.refresh()}>
                refresh
              </button>
            </>
          ) : null}
        </p>
      </div>
    </div>
  );
}

function verdictMissing({ judged, untold }: Consequence): string {
  if (judged) return "Judging who gets in";
  return untold ? "Who gets in can't be told" : "Nobody gets in yet";
}

function verdictWords({ grade, findings }: LiveJudgement): string {
  if (grade === "safe") return verdicts.safe;
  if (findings.some(({ id }) => id === "nobody")) return "Nobody gets in";
  return `${verdicts[grade]}: ${findings.length === 1 ? "one thing to look at" : `${findings.length} things to look at`}`;
}

function Document({
  policy,
  words = [],
  label,
  missing,
}: {
  policy: Consequence["trustPolicy"];
  words?: string[];
  label: string;
  missing: string;
}) {
  if (!policy) return <p className="px-4 py-3 text-ink-2">{missing}</p>;
  return (
    <div className="space-y-2 px-4 py-3">
      {words.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <PolicyDocumentView document={policy} label={label} />
    </div>
  );
}

function CiJob({ plan, region, audience }: { plan: Consequence["plan"]; region: string; audience: string }) {
  if (!plan) return <p className="px-4 py-3 text-ink-2">Complete the form to see the variables and the job.</p>;
  const variables = ciVariables({ region, roleArn: plan.roleArn, audience });
  return (
    <div className="space-y-2 px-4 py-3">
      <CodeBlock label="CI/CD variables" text={variables.map(({ key, value }) => `${key}=${value}`).join("\n")} />
      <CodeBlock label=".gitlab-ci.yml" text={gitlabCiYaml({ audience })} maxHeight="260px" />
    </div>
  );
}

function Budgets({ budgets }: { budgets: readonly Budget[] }) {
  const trust = budgets.find(({ label }) => label === "Trust policy");
  if (!trust) return null;
  const share = Math.min(100, Math.round((trust.used / trust.limit) * 100));
  return (
    <div className="max-w-[240px] min-w-[120px] flex-1 text-sm text-ink-3">
      <span className={trust.ok ? undefined : "text-danger"}>
        Trust {trust.used.toLocaleString("en")} of {trust.limit.toLocaleString("en")}
      </span>
      <span className="mt-1 block h-1 overflow-hidden rounded-sm bg-line">
        <span className={`block h-full ${trust.ok ? "bg-accent" : "bg-danger"}`} style={{ width: `${share}%` }} />
      </span>
    </div>
  );
}
