import { useDeferredValue, useMemo, useState } from "react";
import { useDebounced } from "@/components/ui/debounced";
import { later, useLater } from "@/components/ui/later";
import type { Finding } from "@/lib/findings/finding";
import type { Judged, Side } from "@/lib/judgement/judge";
import type { LiveJudgement } from "@/lib/judgement/judgement";
import type { ConsequenceInput } from "@/lib/role-form/consequence";
import { mendable } from "@/lib/role-form/mendable";

/** The judge is larger than the form: it comes once the form is up. */
const judging = later(async () => (await import("@/lib/judgement/judge")).judge);
/** Longer than between two keys: a judgement takes tens of milliseconds, and more on a slow machine. */
const settleMilliseconds = 250;

interface FormJudgement {
  /** Of what was judged last; null while nothing was. */
  judgement: LiveJudgement | null;
  /** What is found of it, each with its button only where that helps. */
  findings: Finding[];
  /** Whether that is of something else than what is chosen now. */
  isJudging: boolean;
  /** Fetches the judge again where that failed; else null. */
  fetchAgain: (() => void) | null;
}

/**
 * What is said of the form. It is judged anew only where what decides it has changed, once typing has paused, and in a
 * render that gives way to keys.
 */
export function useFormJudgement(judged: Judged | null, input: ConsequenceInput): FormJudgement {
  const [asked, setAsked] = useState({ judged, input });
  if (!isSameQuestion(asked.judged, judged)) setAsked({ judged, input });
  const settled = useDeferredValue(useDebounced(asked, settleMilliseconds));
  const { part: judge, failed } = useLater(judging);
  const judgement = useMemo(() => judge && settled.judged && judge(settled.judged), [judge, settled]);
  const findings = useMemo(() => (judge ? mendable(settled.input, judgement, judge) : []), [judge, settled, judgement]);
  return {
    judgement: asked.judged ? judgement : null,
    findings: asked.judged ? findings : [],
    isJudging: asked.judged !== null && (judge === null || settled !== asked),
    fetchAgain: failed && !judge ? () => void judging.fetch() : null,
  };
}

function isSameQuestion(one: Judged | null, other: Judged | null): boolean {
  if (one === other || !one || !other) return one === other;
  const isSameProject =
    one.live?.view === other.live?.view &&
    one.live?.refs === other.live?.refs &&
    one.live?.rules === other.live?.rules &&
    one.live?.refsComplete === other.live?.refsComplete;
  return isSameProject && textOf(one) === textOf(other);
}

/** All else that the judge reads, as text. */
function textOf({ project, hidden, place, after, before, lastUsedAt }: Judged): string {
  const { accountId, partition, issuer, audience } = place;
  const sides = [after, before].map((side) => side && sideOf(side));
  return JSON.stringify([project, hidden, accountId, partition, issuer, audience, sides, lastUsedAt]);
}

function sideOf(side: Side) {
  if ("nobody" in side) return side;
  const { trustPolicy, inlinePolicies, attachedPolicies } = side.document;
  return [trustPolicy, inlinePolicies, attachedPolicies, side.provider];
}
