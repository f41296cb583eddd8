"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent as KeyPress, type RefObject, useEffect, useRef, useState } from "react";
import { FieldError } from "@/components/ui/field";
import { useFocusReturn } from "@/components/ui/focus-return";
import { Kbd } from "@/components/ui/kbd";
import { useLater } from "@/components/ui/later";
import type { SignedInPerson } from "@/lib/identity/model";
import { paletteResults } from "./palette-later";
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

const listKeys: ReadonlySet<string> = new Set(["Enter", "ArrowDown", "ArrowUp"]);

/** The field and what it finds; mounted anew each time the palette opens. */
function PaletteSearch(props: Pick<PaletteProps, "person" | "here" | "onShowShortcuts"> & { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const { part, failed } = useLater(paletteResults);
  const keepEarly = useEarlyKeys(field, part !== null);
  return (
    <Command
      label="Search projects, roles, requests, people and actions"
      shouldFilter={false}
      vimBindings={false}
      className="flex max-h-[min(560px,72dvh)] flex-col"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search aria-hidden className="text-ink-3" />
        <Command.Input
          ref={field}
          value={typed}
          onValueChange={setTyped}
          onKeyDown={keepEarly}
          placeholder="Search, or do something"
          className="h-11 w-full bg-transparent text-lg outline-none"
        />
      </div>
      {part ? <part.PaletteResults {...props} typed={typed} /> : <NoResultsYet failed={failed} />}
    </Command>
  );
}

function NoResultsYet({ failed }: { failed: boolean }) {
  if (!failed)
    return (
      <p role="status" className="px-3.5 py-3 text-ink-2">
        Loading
      </p>
    );
  return (
    <div className="px-3.5 py-3">
      <FieldError>The search could not be loaded. Check the connection, then close and open it again.</FieldError>
    </div>
  );
}

/** Keys for the list that are pressed before it is there are pressed again once it is. */
function useEarlyKeys(field: RefObject<HTMLInputElement | null>, ready: boolean): (event: KeyPress) => void {
  const early = useRef<string[]>([]);
  useEffect(() => {
    if (!ready || early.current.length === 0) return undefined;
    // The list chooses its first line after it was drawn.
    const frame = requestAnimationFrame(() => {
      for (const key of early.current.splice(0))
        field.current?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    });
    return () => cancelAnimationFrame(frame);
  }, [field, ready]);
  return ({ key, nativeEvent }) => {
    if (!ready && listKeys.has(key) && !nativeEvent.isComposing) early.current.push(key);
  };
}
