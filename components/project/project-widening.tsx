import { Check, CircleHelp, type LucideIcon, TriangleAlert } from "lucide-react";
import { RecordSection } from "@/components/layout/record-section";
import { cn } from "@/components/ui/class-names";
import type { ProjectView } from "@/lib/project/model";

type Circumstance = ProjectView["widening"][number];

const marks: Record<Circumstance["state"], { icon: LucideIcon; label: string; colour: string }> = {
  widens: { icon: TriangleAlert, label: "Widens", colour: "text-caution" },
  unknown: { icon: CircleHelp, label: "Not known", colour: "text-ink-3" },
  narrow: { icon: Check, label: "Narrow", colour: "text-safe" },
};

/** Who can have a token of the project minted: one line a circumstance, what widens it first, with what to do. */
export function ProjectWidening({ widening }: Pick<ProjectView, "widening">) {
  return (
    <RecordSection title="Who can mint a token">
      <ul className="grid gap-1">
        {widening.map((circumstance) => (
          <Line key={circumstance.id} circumstance={circumstance} />
        ))}
      </ul>
    </RecordSection>
  );
}

function Line({ circumstance: { state, sentence, todo } }: { circumstance: Circumstance }) {
  const { icon: Icon, label, colour } = marks[state];
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2 [overflow-wrap:anywhere]">
      <Icon aria-label={label} className={cn("mt-0.5", colour)} />
      <span>
        {sentence} {todo ? <span className="text-ink-2">{todo}</span> : null}
      </span>
    </li>
  );
}
