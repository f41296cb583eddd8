"use client";

import { Search } from "lucide-react";
import type { KeyboardEvent } from "react";
import { FieldError } from "@/components/ui/field";

/** What was pressed before the palette was there. */
export interface EarlyInput {
  typed: string;
  /** Keys for its list, in order. */
  keys: readonly string[];
  /** An input method composes a word: the field must stay until it is whole. */
  composing: boolean;
}

export const noEarlyInput: EarlyInput = { typed: "", keys: [], composing: false };

/** Where the palette lies, and how it looks. */
export const paletteFrame =
  "floating fixed top-[min(14dvh,120px)] left-1/2 z-50 w-[min(640px,94vw)] -translate-x-1/2 overflow-hidden rounded-xl";

export const paletteField = {
  placeholder: "Search, or do something",
  className: "h-11 w-full bg-transparent text-lg outline-none",
};

const listKeys: ReadonlySet<string> = new Set(["Enter", "ArrowDown", "ArrowUp"]);

interface PaletteStandInProps {
  early: EarlyInput;
  onEarly: (early: EarlyInput) => void;
  /** The palette could not be fetched. */
  failed: boolean;
  onClose: () => void;
}

/** Holds the palette's place until it is there, and what is pressed meanwhile. */
export function PaletteStandIn({ early, onEarly, failed, onClose }: PaletteStandInProps) {
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Tab") event.preventDefault();
    if (event.key === "Escape") onClose();
    if (listKeys.has(event.key)) onEarly({ ...early, keys: [...early.keys, event.key] });
  };
  return (
    <>
      <div className="fixed inset-0 z-40 bg-veil" onPointerDown={onClose} />
      <div role="dialog" aria-modal aria-label="Search" className={paletteFrame}>
        <div className="flex items-center gap-2.5 border-b border-line px-3.5">
          <Search aria-hidden className="text-ink-3" />
          <input
            {...paletteField}
            autoFocus
            role="combobox"
            aria-expanded={false}
            aria-label="Search projects, roles, requests, people and actions"
            autoComplete="off"
            value={early.typed}
            onChange={(event) => onEarly({ ...early, typed: event.target.value })}
            onKeyDown={press}
            onCompositionStart={() => onEarly({ ...early, composing: true })}
            onCompositionEnd={(event) => onEarly({ ...early, typed: event.currentTarget.value, composing: false })}
          />
        </div>
        <div role="status" className="px-3.5 py-3 text-ink-2">
          {failed ? (
            <FieldError>The search could not be loaded. Check the connection, then close and open it again.</FieldError>
          ) : (
            "Loading"
          )}
        </div>
      </div>
    </>
  );
}
