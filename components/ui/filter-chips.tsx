"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";

export interface FilterChip {
  id: string;
  /** The kind, e.g. "Group". */
  name: string;
  value: ReactNode;
  onRemove: () => void;
}

/** The filters that are on, each with a button that takes it off. */
export function FilterChips({ chips, onClear }: { chips: readonly FilterChip[]; onClear: () => void }) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <li
          key={chip.id}
          className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line-2 bg-pane pl-2 text-sm"
        >
          <span className="text-ink-3">{chip.name}</span>
          <span className="max-w-64 truncate font-medium">{chip.value}</span>
          <button
            type="button"
            onClick={chip.onRemove}
            aria-label={`Remove filter ${chip.name}`}
            className="grid size-[26px] place-items-center rounded-md text-ink-3 hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <button type="button" onClick={onClear} className="h-7 rounded-md px-1.5 text-sm text-accent hover:underline">
            Clear all
          </button>
        </li>
      ) : null}
    </ul>
  );
}
