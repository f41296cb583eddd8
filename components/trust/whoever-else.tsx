import { Check, CircleHelp } from "lucide-react";
import { useId } from "react";
import { Badge } from "@/components/ui/badge";
import { useFold } from "@/components/ui/use-fold";
import type { AnyoneElse, WhoGetsIn } from "@/lib/judgement/judgement";

const shownAtFirst = 5;

/** Who gets in beside the refs that exist: what may be pushed tomorrow, and callers from elsewhere. What is wrong with it is a finding. */
export function WhoeverElse({ who, others }: { who: WhoGetsIn; others: readonly AnyoneElse[] }) {
  const id = useId();
  const rows = shownOf(who, others);
  const { shown, fold } = useFold(rows.length, shownAtFirst);
  if (rows.length === 0) return null;
  return (
    <div>
      <p id={id} className="mb-1 flex flex-wrap gap-x-2 text-sm">
        <span className="font-medium">And whoever comes</span>{" "}
        <span className="text-ink-3">beside the branches and tags that exist</span>
      </p>
      <ul aria-labelledby={id}>
        {rows.slice(0, shown).map((row) => (
          <li
            key={`${row.kind} ${row.words}`}
            className="grid grid-cols-[16px_minmax(0,1fr)] items-start gap-x-2 border-t border-line py-1.5"
          >
            {row.sure ? (
              <Check aria-label="in" className="mt-0.5 text-ink-2" />
            ) : (
              <CircleHelp aria-label="cannot be told" className="mt-0.5 text-caution" />
            )}
            <Comer {...row} />
          </li>
        ))}
      </ul>
      {fold}
    </div>
  );
}

function Comer({ kind, words, who, when, witness }: AnyoneElse) {
  const ref = refOf(kind, witness);
  const by = who === "not known" ? "who may write it is not known" : who;
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-0.5">
      {ref === null ? (
        <span className="[overflow-wrap:anywhere]">{upper(words)}</span>
      ) : (
        <>
          <code className="font-mono [overflow-wrap:anywhere]">{ref}</code>
          {kind === "other-tag" ? <Badge>tag</Badge> : null}
        </>
      )}
      <span className="text-sm text-ink-2 [overflow-wrap:anywhere]">
        {[ref === null ? null : words, by === words ? null : by].filter((part) => part !== null).join(": ")}
        {when === null ? null : `${by === words && ref === null ? "O" : "; o"}nly when ${when}`}
      </span>
    </div>
  );
}

/** A merge request's token is its source branch's, and of who may push there: where a branch is listed, it adds nobody. */
function shownOf(who: WhoGetsIn, others: readonly AnyoneElse[]): readonly AnyoneElse[] {
  if (who.kind !== "refs") return [];
  const branches = [...who.in, ...who.untold].some(({ ref }) => ref.type === "branch");
  const isListed = branches || others.some(({ kind }) => kind === "other-branch");
  return isListed ? others.filter(({ kind }) => kind !== "merge-request") : others;
}

/** The name of the example's branch or tag, of one that does not exist yet. */
function refOf(kind: AnyoneElse["kind"], witness: AnyoneElse["witness"]): string | null {
  if (kind !== "other-branch" && kind !== "other-tag") return null;
  return /(?:^|:)ref:([^:]+)/.exec(witness?.claims["sub"] ?? "")?.[1] ?? null;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
