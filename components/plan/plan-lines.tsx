"use client";

import { Check, CircleDashed, CircleSlash, CircleX, Equal, Loader, type LucideIcon } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { ClockTime } from "@/components/ui/relative-time";
import type { Change } from "@/lib/plan/change";
import { callName, describeChange, symbol } from "@/lib/plan/describe";
import type { AwsFailure } from "@/lib/plan/failure";
import type { StepView } from "@/lib/request/contract";
import type { StepState } from "@/lib/request/model";

const symbolLook = { "+": "text-safe", "~": "text-caution", "-": "text-danger", "=": "text-ink-3" } as const;
const symbolName = { "+": "create", "~": "change", "-": "remove", "=": "unchanged" } as const;

const stateLook: Record<StepState, { word: string; icon: LucideIcon; look: string }> = {
  pending: { word: "waiting", icon: CircleDashed, look: "text-ink-3" },
  intent: { word: "under way", icon: Loader, look: "text-accent" },
  done: { word: "done", icon: Check, look: "text-safe" },
  unchanged: { word: "there already", icon: Equal, look: "text-ink-2" },
  failed: { word: "failed", icon: CircleX, look: "text-danger" },
  skipped: { word: "not done", icon: CircleSlash, look: "text-ink-3" },
};

export interface PlanLinesProps {
  changes: readonly Change[];
  /** How far each change is; without it the lines are only a plan. */
  steps?: readonly StepView[];
}

/** A plan, one line a change; while it runs the same lines tell their state, and a failure opens in place. */
export function PlanLines({ changes, steps }: PlanLinesProps) {
  return (
    <ol aria-label="Plan">
      {changes.map((change, index) => {
        const step = steps?.find((candidate) => candidate.index === index);
        return (
          <li
            key={index}
            className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2 border-t border-line py-2 first:border-t-0"
          >
            <PlanSymbol change={change} />
            <div className="min-w-0">
              <div className="flex justify-between gap-x-4 max-sm:flex-wrap">
                <p className="min-w-0 [overflow-wrap:anywhere]">{describeChange(change)}</p>
                {step ? <StepStateWord state={step.state} /> : null}
              </div>
              {step ? <StepFacts step={step} call={callName(change)} /> : null}
              {step?.failure ? <StepFailure failure={step.failure} /> : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function PlanSymbol({ change }: { change: Change }) {
  const sign = symbol(change);
  return (
    <span className={cn("text-center font-mono font-semibold", symbolLook[sign])}>
      <span aria-hidden>{sign}</span>
      <span className="sr-only">{symbolName[sign]}: </span>
    </span>
  );
}

function StepStateWord({ state }: { state: StepState }) {
  const { word, icon: Icon, look } = stateLook[state];
  return (
    <span className={cn("inline-flex h-5 items-center gap-1.5 text-sm whitespace-nowrap", look)}>
      <Icon aria-hidden className="size-3.5" />
      {word}
    </span>
  );
}

function StepFacts({ step, call }: { step: StepView; call: string | null }) {
  const at = step.finishedAt ?? step.startedAt;
  if (!at && !step.awsRequestId) return null;
  return (
    <p className="flex flex-wrap gap-x-3 text-sm text-ink-3">
      {call ? <code className="font-mono">{call}</code> : null}
      {at ? <ClockTime at={at} className="tabular-nums" /> : null}
      {step.awsRequestId ? (
        <span>
          AWS request <code className="font-mono [overflow-wrap:anywhere]">{step.awsRequestId}</code>
        </span>
      ) : null}
    </p>
  );
}

function StepFailure({ failure }: { failure: AwsFailure }) {
  return (
    <div className="mt-1.5 rounded-md bg-danger-soft px-3 py-2">
      <p className="font-medium [overflow-wrap:anywhere]">{failure.message}</p>
      <p>{failure.todo}</p>
      <p className="mt-0.5 text-sm text-ink-2">
        AWS said <code className="font-mono">{failure.code}</code>
        {failure.requestId ? (
          <>
            ; quote <code className="font-mono [overflow-wrap:anywhere]">{failure.requestId}</code>
          </>
        ) : null}
      </p>
    </div>
  );
}
