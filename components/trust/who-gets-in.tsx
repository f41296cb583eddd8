"use client";

import { Check, CircleHelp, X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Badge } from "@/components/ui/badge";
import { useFold } from "@/components/ui/use-fold";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { WhoGetsIn as Answer, AnyoneElse } from "@/lib/judgement/judgement";
import { WhoeverElse } from "./whoever-else";

const shownAtFirst = 8;

interface WhoGetsInProps {
  who: Answer;
  /** Who else gets in; missing where that was not kept. */
  others?: readonly AnyoneElse[];
  /** Missing: not shown. */
  out?: readonly RefVerdict[];
}

/** Which refs may assume a role, of which that cannot be told and why, who else may, and which refs may not with what they lack. */
export function WhoGetsIn({ who, others, out = [] }: WhoGetsInProps) {
  if (who.kind !== "refs") return <WhoGetsInWords who={who} />;
  return (
    <div className="grid gap-5">
      <RefVerdicts
        title="In"
        verdicts={who.in}
        empty={emptyWords(who, others)}
        note={(verdict) =>
          verdict.by === "exact" ? (
            "by its exact name"
          ) : (
            <>
              by <code className="font-mono">{verdict.by}</code>
            </>
          )
        }
      />
      {who.untold.length > 0 ? (
        <RefVerdicts
          title="Cannot be told"
          hint="may get in"
          verdicts={who.untold}
          empty=""
          note={(verdict) => verdict.because}
        />
      ) : null}
      {others ? <WhoeverElse who={who} others={others} /> : null}
      {out.length > 0 ? (
        <RefVerdicts title="Not in" hint="nearest first" verdicts={out} empty="" note={(verdict) => verdict.because} />
      ) : null}
    </div>
  );
}

function emptyWords({ untold }: Extract<Answer, { kind: "refs" }>, others: readonly AnyoneElse[] | undefined): string {
  if (untold.length > 0) return "Of no branch or tag that exists now it is sure.";
  return others?.length === 0
    ? "Nobody: no branch or tag, and no other caller."
    : "No branch or tag that exists now gets in.";
}

/** Nobody, or nobody knows: in a sentence. */
export function WhoGetsInWords({ who }: { who: Exclude<Answer, { kind: "refs" }> }) {
  if (who.kind === "nobody") return <p className="text-ink-2">Nobody gets in: {who.because}.</p>;
  return <p className="text-ink-2">Cannot be told: {who.because}</p>;
}

interface RefVerdictsProps {
  title: string;
  hint?: string;
  verdicts: readonly RefVerdict[];
  empty: string;
  note: (verdict: RefVerdict) => ReactNode;
}

function RefVerdicts({ title, hint, verdicts, empty, note }: RefVerdictsProps) {
  const id = useId();
  const { shown, fold } = useFold(verdicts.length, shownAtFirst);
  return (
    <div>
      <p id={id} className="mb-1 flex gap-2 text-sm">
        <span className="font-medium">{title}</span>{" "}
        <span className="text-ink-3 tabular-nums">{verdicts.length.toLocaleString("en")}</span>
        {hint ? <span className="text-ink-3">{hint}</span> : null}
      </p>
      {verdicts.length === 0 ? <p className="text-ink-2">{empty}</p> : null}
      <ul aria-labelledby={id}>
        {verdicts.slice(0, shown).map((verdict) => (
          <li
            key={`${verdict.ref.type} ${verdict.ref.name}`}
            className="grid grid-cols-[16px_minmax(0,1fr)] items-start gap-x-2 border-t border-line py-1.5"
          >
            <VerdictIcon verdict={verdict.verdict} />
            <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-0.5">
              <code className="font-mono [overflow-wrap:anywhere]">{verdict.ref.name}</code>
              {verdict.ref.type === "tag" ? <Badge>tag</Badge> : null}
              {verdict.ref.protected ? <Badge>protected</Badge> : null}
              <span className="text-sm text-ink-2">{note(verdict)}</span>
            </div>
          </li>
        ))}
      </ul>
      {fold}
    </div>
  );
}

function VerdictIcon({ verdict }: { verdict: RefVerdict["verdict"] }) {
  if (verdict === "in") return <Check aria-label="in" className="mt-0.5 text-safe" />;
  if (verdict === "out") return <X aria-label="not in" className="mt-0.5 text-ink-3" />;
  return <CircleHelp aria-label="cannot be told" className="mt-0.5 text-caution" />;
}
