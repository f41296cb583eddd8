import { Check, type LucideIcon, Minus, Plus, X } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import type { RefVerdict } from "@/lib/iam/admitted";
import { admittedChange } from "@/lib/iam/admitted-change";

const shownAtMost = 200;

/** Who gets in before and after, by name: who loses, who wins, who stays. */
export function WhoGetsInChange({ before, after }: { before: readonly RefVerdict[]; after: readonly RefVerdict[] }) {
  const { lost, gained, kept } = admittedChange(before, after);
  return (
    <div className="grid gap-4">
      {lost.length === 0 && gained.length === 0 ? (
        <p className="text-ink-2">The same branches and tags get in as before.</p>
      ) : null}
      <Names title="No longer in" verdicts={lost} icon={Minus} look="text-danger" />
      <Names title="Newly in" verdicts={gained} icon={Plus} look="text-caution" />
      <Names title="Still in" verdicts={kept} icon={after.length === 0 ? X : Check} look="text-safe" />
    </div>
  );
}

function Names({
  title,
  verdicts,
  icon: Icon,
  look,
}: {
  title: string;
  verdicts: readonly RefVerdict[];
  icon: LucideIcon;
  look: string;
}) {
  if (verdicts.length === 0) return null;
  return (
    <div>
      <p className="mb-1 flex gap-2 text-sm">
        <span className="font-medium">{title}</span>{" "}
        <span className="text-ink-3 tabular-nums">{verdicts.length.toLocaleString("en")}</span>
      </p>
      <ul aria-label={title}>
        {verdicts.slice(0, shownAtMost).map(({ ref }) => (
          <li key={`${ref.type} ${ref.name}`} className="flex min-w-0 items-center gap-2 border-t border-line py-1.5">
            <Icon aria-hidden className={cn("shrink-0", look)} />
            <code className="min-w-0 font-mono [overflow-wrap:anywhere]">{ref.name}</code>
            {ref.type === "tag" ? <Badge>tag</Badge> : null}
            {ref.protected ? <Badge>protected</Badge> : null}
          </li>
        ))}
      </ul>
      {verdicts.length > shownAtMost ? (
        <p className="text-sm text-ink-2">and {(verdicts.length - shownAtMost).toLocaleString("en")} more</p>
      ) : null}
    </div>
  );
}
