"use client";

import { Search, X } from "lucide-react";
import { useEffect, useEffectEvent, useRef } from "react";
import { cn } from "./class-names";
import { Kbd } from "./kbd";
import { useSingleKeys } from "./single-keys";

export interface FilterFieldProps {
  value: string;
  onValueChange: (value: string) => void;
  /** Label and placeholder, e.g. "Filter 1,284 projects". */
  label: string;
  className?: string;
}

/** The field a list begins with. `/` focuses it, Escape empties it. */
export function FilterField({ value, onValueChange, label, className }: FilterFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const takeOver = useEffectEvent(() => {
    const typed = input.current?.value ?? "";
    if (typed !== value) onValueChange(typed);
  });
  // What was typed into the server's page before the scripts came; the next render would empty the field again.
  useEffect(() => takeOver(), []);
  useSingleKeys({
    "/": () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  return (
    <div className={cn("control flex h-8 min-w-0 items-center gap-2 px-2.5 pointer-coarse:h-10", className)}>
      <Search aria-hidden className="text-ink-3" />
      <input
        ref={input}
        type="text"
        role="searchbox"
        inputMode="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onValueChange("");
        }}
        className="h-full min-w-0 flex-1 bg-transparent outline-none"
      />
      {value ? (
        <button
          type="button"
          aria-label="Empty the filter"
          onClick={() => onValueChange("")}
          className="grid size-6 place-items-center rounded-md text-ink-3 hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : (
        <Kbd className="pointer-coarse:hidden">/</Kbd>
      )}
    </div>
  );
}
