"use client";

import * as Radix from "radix-ui/tabs";
import type { ReactNode } from "react";
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

/** Several views of one thing, one at a time. Arrow keys move between the tabs. */
export function Tabs<Id extends string>({ tabs, value, onValueChange, label, className, barClassName }: TabsProps<Id>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as Id)} className={className}>
      <Radix.List
        aria-label={label}
        className={cn("flex gap-0.5 overflow-x-auto border-b border-line [scrollbar-width:none]", barClassName)}
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="border-b-2 border-transparent px-2.5 pt-1.5 pb-1.5 whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="ml-1 text-xs font-normal text-ink-3 tabular-nums">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="-outline-offset-2">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
