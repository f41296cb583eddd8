"use client";

import { Command } from "cmdk";
import { Dialog as Radix } from "radix-ui";
import { useFocusReturn } from "@/components/ui/focus-return";
import { Kbd } from "@/components/ui/kbd";
import type { SignedInPerson } from "@/lib/identity/model";
import { PaletteBody } from "./palette-body";
import type { CurrentRecord } from "./use-current-record";

export interface PaletteProps {
  person: SignedInPerson;
  /** What the page behind it is about. */
  here: CurrentRecord | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShowShortcuts: () => void;
}

/** One field for everything: projects, roles, requests and people by words, and what the person may do. */
export function Palette({ open, onOpenChange, ...rest }: PaletteProps) {
  const focusReturn = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          {...focusReturn}
          aria-describedby={undefined}
          className="floating fixed top-[min(14dvh,120px)] left-1/2 z-50 w-[min(640px,94vw)] -translate-x-1/2 overflow-hidden rounded-xl"
        >
          <Radix.Title className="sr-only">Search</Radix.Title>
          <Command
            label="Search projects, roles, requests, people and actions"
            shouldFilter={false}
            vimBindings={false}
            className="flex max-h-[min(560px,72dvh)] flex-col"
          >
            <PaletteBody {...rest} onClose={() => onOpenChange(false)} />
          </Command>
          <p
            aria-hidden
            className="flex gap-4 border-t border-line bg-sunk px-3 py-1.5 text-xs text-ink-3 pointer-coarse:hidden"
          >
            <span>
              <Kbd>↑</Kbd> <Kbd>↓</Kbd> move
            </span>
            <span>
              <Kbd>Enter</Kbd> opens
            </span>
            <span>
              <Kbd>Esc</Kbd> closes
            </span>
          </p>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
