"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { Command, Dialog as Radix } from "@/components/ui/popups";
import type { SignedInPerson } from "@/lib/identity/model";
import { PaletteResults } from "./palette-results";
import { type EarlyInput, paletteField, paletteFrame } from "./palette-stand-in";
import type { CurrentRecord } from "./use-current-record";

export interface PaletteProps {
  person: SignedInPerson;
  /** What the page behind it is about. */
  here: CurrentRecord | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Gives the focus back to what had it before. */
  onClosed: () => void;
  onShowShortcuts: () => void;
  early: EarlyInput;
}

/** One field for everything: projects, roles, requests and people by words, and what the person may do. */
export function Palette({ open, onOpenChange, onClosed, ...rest }: PaletteProps) {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          ref={content}
          onOpenAutoFocus={(event) => {
            // By itself it would select what was typed early, and the next key would replace it.
            event.preventDefault();
            const field = content.current?.querySelector("input");
            field?.focus();
            field?.setSelectionRange(field.value.length, field.value.length);
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          aria-describedby={undefined}
          className={paletteFrame}
        >
          <Radix.Title className="sr-only">Search</Radix.Title>
          <PaletteSearch {...rest} onClose={() => onOpenChange(false)} />
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

type PaletteSearchProps = Pick<PaletteProps, "person" | "here" | "early" | "onShowShortcuts"> & { onClose: () => void };

/** The field and what it finds; mounted anew each time the palette opens. */
function PaletteSearch({ early, ...rest }: PaletteSearchProps) {
  const [typed, setTyped] = useState(early.typed);
  const field = useRef<HTMLInputElement>(null);
  const { current: keys } = useRef(early.keys);
  useEffect(() => {
    // The list chooses its first line only after it was drawn.
    const frame = requestAnimationFrame(() => {
      for (const key of keys)
        field.current?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    });
    return () => cancelAnimationFrame(frame);
  }, [keys]);
  return (
    <Command
      label="Search projects, roles, requests, people and actions"
      shouldFilter={false}
      vimBindings={false}
      className="flex max-h-[min(560px,72dvh)] flex-col"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search aria-hidden className="text-ink-3" />
        <Command.Input ref={field} {...paletteField} value={typed} onValueChange={setTyped} />
      </div>
      <PaletteResults {...rest} typed={typed} />
    </Command>
  );
}
