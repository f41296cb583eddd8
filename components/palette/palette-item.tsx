"use client";

import { ChevronRight, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Keys } from "@/components/layout/keys";
import { Command } from "@/components/ui/popups";

/** Lines of the palette under a heading. */
export function PaletteGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

export interface PaletteItemProps {
  /** Unique in the palette. */
  value: string;
  label: ReactNode;
  /** Said at the right, and less loud. */
  note?: ReactNode;
  icon?: LucideIcon;
  keys?: string | undefined;
  onSelect: () => void;
}

/** One line of the palette. */
export function PaletteItem({ value, label, note, icon: Icon = ChevronRight, keys, onSelect }: PaletteItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-8 cursor-default items-center gap-x-2.5 rounded-md max-sm:flex-wrap px-2 py-1 data-[selected=true]:bg-accent-soft pointer-coarse:min-h-10"
    >
      <Icon aria-hidden className="text-ink-3" />
      <span className="min-w-0 flex-1 sm:truncate">{label}</span>
      {note ? (
        <span className="flex min-w-0 items-center gap-2 text-sm text-ink-2 max-sm:basis-full max-sm:pl-[26px] sm:max-w-[50%]">
          {note}
        </span>
      ) : null}
      {keys ? (
        <span aria-hidden className="shrink-0 pointer-coarse:hidden">
          <Keys keys={keys} />
        </span>
      ) : null}
    </Command.Item>
  );
}
