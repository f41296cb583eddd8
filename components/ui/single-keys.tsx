"use client";

import { createContext, useContext, useEffect, useRef, type ReactNode } from "react";

const SingleKeysContext = createContext(true);

/** Turns the one-key shortcuts below it on or off (WCAG 2.1.4: a person must be able to turn them off). */
export function SingleKeysProvider({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  return <SingleKeysContext value={enabled}>{children}</SingleKeysContext>;
}

/** Runs a function when its key is pressed anywhere but in a field, menu or dialog. */
export function useSingleKeys(keys: Record<string, () => void>): void {
  const enabled = useContext(SingleKeysContext);
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTaken(event.target)) return;
      const run = latest.current[event.key];
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable='true'], [role='dialog'], [role='menu'], [role='listbox']") !== null;
}
