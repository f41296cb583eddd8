"use client";

import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { cn } from "./class-names";

export interface TabsProps<Id extends string> {
  /** `count` stands behind the label, e.g. how many refs get in. */
  tabs: readonly { id: Id; label: ReactNode; count?: number | string; content: ReactNode }[];
  value: Id;
  onValueChange: (id: Id) => void;
  label: string;
  className?: string;
  /** Class names of the bar, e.g. its side padding. */
  barClassName?: string;
}

/** Which tab a key leads to, from the one at `index` of `count`; null for a key that leads nowhere. */
function tabAfter(key: string, index: number, count: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key === "ArrowRight") return (index + 1) % count;
  return key === "ArrowLeft" ? (index + count - 1) % count : null;
}

/** Several views of one thing, one at a time. Arrow keys move between the tabs (WAI-ARIA Authoring Practices, "Tabs"). */
export function Tabs<Id extends string>({ tabs, value, onValueChange, label, className, barClassName }: TabsProps<Id>) {
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const index = tabAfter(
      event.key,
      tabs.findIndex((tab) => tab.id === value),
      tabs.length,
    );
    const next = index === null ? undefined : tabs[index];
    if (!next) return;
    event.preventDefault();
    onValueChange(next.id);
    bar.current?.querySelectorAll<HTMLElement>("[role=tab]")[index ?? 0]?.focus();
  };
  return (
    <div className={className}>
      <div
        ref={bar}
        role="tablist"
        aria-label={label}
        onKeyDown={walk}
        className={cn("flex gap-0.5 overflow-x-auto border-b border-line [scrollbar-width:none]", barClassName)}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.id}`}
            aria-selected={tab.id === value}
            aria-controls={`${id}-${tab.id}`}
            tabIndex={tab.id === value ? 0 : -1}
            onClick={() => onValueChange(tab.id)}
            className="border-b-2 border-transparent px-2.5 pt-1.5 pb-1.5 whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink aria-selected:border-accent aria-selected:font-medium aria-selected:text-ink"
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="ml-1 text-xs font-normal text-ink-3 tabular-nums">{tab.count}</span>
            )}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`${id}-${tab.id}`}
          aria-labelledby={`${id}-tab-${tab.id}`}
          hidden={tab.id !== value}
          tabIndex={0}
          className="-outline-offset-2"
        >
          {tab.id === value ? tab.content : null}
        </div>
      ))}
    </div>
  );
}
