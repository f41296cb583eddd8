import type { CSSProperties } from "react";
import { cn } from "./class-names";

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
}

export interface DiffViewProps {
  lines: readonly DiffLine[];
  /** Names the document to a screen reader. */
  label: string;
  /** "split": before and after side by side where there is room. */
  layout?: "unified" | "split";
  className?: string;
}

const sign: Record<DiffLine["kind"], string> = { same: " ", added: "+", removed: "-" };
const spoken: Record<DiffLine["kind"], string> = { same: "", added: "added: ", removed: "removed: " };

/** What changed in a document, line by line, by sign and tint. */
export function DiffView({ lines, label, layout = "unified", className }: DiffViewProps) {
  const frame = cn(
    "overflow-x-auto rounded-lg border border-line-2 bg-pane py-1.5 font-mono text-[12px] leading-[18px] -outline-offset-2",
    className,
  );
  if (layout === "unified") return <Lines lines={lines} label={label} className={frame} />;
  return (
    <>
      <Lines lines={lines} label={label} className={cn(frame, "wide:hidden")} />
      <div className="hidden gap-2 wide:grid wide:grid-cols-2">
        <Lines lines={lines.filter((line) => line.kind !== "added")} label={`${label}, before`} className={frame} />
        <Lines lines={lines.filter((line) => line.kind !== "removed")} label={`${label}, after`} className={frame} />
      </div>
    </>
  );
}

/** What does not fit goes on a little deeper than its line begins. */
function hanging(text: string): CSSProperties {
  const depth = Math.max(0, text.search(/\S/)) + 2;
  return { paddingLeft: `${depth}ch`, textIndent: `-${depth}ch` };
}

function Lines({ lines, label, className }: { lines: readonly DiffLine[]; label: string; className: string }) {
  return (
    <div role="group" aria-label={label} tabIndex={0} className={className}>
      {lines.map((line, index) => (
        <div
          key={index}
          className={cn("flex px-3", line.kind === "added" && "bg-added", line.kind === "removed" && "bg-removed")}
        >
          <span
            aria-hidden
            className={cn(
              "w-4 shrink-0 select-none",
              line.kind === "added" && "text-safe",
              line.kind === "removed" && "text-danger",
            )}
          >
            {sign[line.kind]}
          </span>
          <span className="sr-only">{spoken[line.kind]}</span>
          <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]" style={hanging(line.text)}>
            {line.text || " "}
          </span>
        </div>
      ))}
    </div>
  );
}
