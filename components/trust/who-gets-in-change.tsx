import { Check, CircleHelp, type LucideIcon, Minus, Plus } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import type { RefVerdict } from "@/lib/admission/admitted";
import type { BeyondChange, CallerChange } from "@/lib/admission/beyond-change";
import type { WhoChanged } from "@/lib/judgement/change";
import { isSameAsBefore, whoChanged } from "@/lib/judgement/change";
import type { WhoGetsIn } from "@/lib/judgement/judgement";
import { WhoGetsInWords } from "./who-gets-in";

const shownAtMost = 200;

const groups: Record<keyof WhoChanged, ListLook> = {
  lost: { title: "No longer in", icon: Minus, look: "text-danger" },
  perhapsLost: { title: "Perhaps in before, no longer in", icon: Minus, look: "text-caution" },
  gained: { title: "Newly in", icon: Plus, look: "text-caution" },
  settled: { title: "Surely in now, perhaps before", icon: Plus, look: "text-caution" },
  perhapsGained: { title: "Perhaps newly in", icon: CircleHelp, look: "text-caution" },
  unsettled: { title: "In before, cannot be told now", icon: CircleHelp, look: "text-caution" },
  kept: { title: "Still in", icon: Check, look: "text-safe" },
  open: { title: "Cannot be told, before and now", icon: CircleHelp, look: "text-caution" },
};
/** In the order in which people should read them. */
const order = Object.keys(groups) as (keyof WhoChanged)[];

interface WhoGetsInChangeProps {
  before: WhoGetsIn;
  after: WhoGetsIn;
  /** Missing where it was not asked. */
  beyond?: BeyondChange | undefined;
}

interface ListLook {
  title: string;
  icon: LucideIcon;
  look: string;
}

/** Who gets in before and after, by name: who loses, who wins, who stays, and of whom that cannot be told. */
export function WhoGetsInChange({ before, after, beyond }: WhoGetsInChangeProps) {
  const changed = whoChanged(before, after);
  if (!changed)
    return (
      <div className="grid gap-4">
        <Untold before={before} after={after} />
        <Beyond beyond={beyond} />
      </div>
    );
  return (
    <div className="grid gap-4">
      {after.kind === "nobody" ? <WhoGetsInWords who={after} /> : null}
      {after.kind === "refs" && isSameAsBefore(changed) ? (
        <p className="text-ink-2">The same branches and tags get in as before.</p>
      ) : null}
      {order.map((group) => (
        <Names key={group} verdicts={changed[group]} {...groups[group]} />
      ))}
      <Beyond beyond={beyond} />
    </div>
  );
}

/** Callers beside the branches and tags that exist: one call of each kind, and who can make it. */
function Beyond({ beyond }: Pick<WhoGetsInChangeProps, "beyond">) {
  if (!beyond) return null;
  return (
    <>
      <Callers title="Beyond these, newly let in" callers={beyond.gained} icon={Plus} look="text-caution" />
      <Callers title="Beyond these, no longer let in" callers={beyond.lost} icon={Minus} look="text-danger" />
    </>
  );
}

function Callers({ title, callers, icon: Icon, look }: ListLook & { callers: readonly CallerChange[] }) {
  if (callers.length === 0) return null;
  return (
    <div>
      <p className="mb-1 text-sm font-medium">{title}</p>
      <ul aria-label={title}>
        {callers.map((caller) => (
          <li key={`${caller.words} ${caller.who}`} className="flex min-w-0 gap-2 border-t border-line py-1.5">
            <Icon aria-hidden className={cn("mt-1 shrink-0", look)} />
            <span className="min-w-0 [overflow-wrap:anywhere]">{callerWords(caller)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function callerWords({ words, who, when, sure }: CallerChange): string {
  const perhaps = sure ? "" : "Perhaps ";
  const circumstance = when === null ? "" : `, when ${when}`;
  const maker = who === words ? "" : ` Who can make such a call: ${who}.`;
  return `${perhaps}${words}${circumstance}.${maker}`;
}

/** Where one of the two is not told, the other is no change. */
function Untold({ before, after }: { before: WhoGetsIn; after: WhoGetsIn }) {
  return (
    <div className="grid gap-4">
      <WhoGetsInPart title="Afterwards" who={after} />
      <WhoGetsInPart title="Before" who={before} />
    </div>
  );
}

function WhoGetsInPart({ title, who }: { title: string; who: WhoGetsIn }) {
  return (
    <div>
      <p className="mb-1 text-sm font-medium">{title}</p>
      {who.kind === "refs" ? (
        <div className="grid gap-2">
          <Names title="In" verdicts={who.in} icon={Check} look="text-safe" />
          <Names title="Cannot be told" verdicts={who.untold} icon={CircleHelp} look="text-caution" />
          {who.in.length + who.untold.length === 0 ? <p className="text-ink-2">No branch or tag.</p> : null}
        </div>
      ) : (
        <WhoGetsInWords who={who} />
      )}
    </div>
  );
}

function Names({ title, verdicts, icon: Icon, look }: ListLook & { verdicts: readonly RefVerdict[] }) {
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
