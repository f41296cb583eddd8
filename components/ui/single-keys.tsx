"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import { typeKey } from "./key-sequence";

/** Keys further apart than this are no sequence. */
const sequenceMilliseconds = 1500;

const SingleKeysContext = createContext(true);

/** Turns the one-key shortcuts below it on or off (WCAG 2.1.4: a person must be able to turn them off). */
export function SingleKeysProvider({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  return <SingleKeysContext value={enabled}>{children}</SingleKeysContext>;
}

/** Runs a function when its key, or sequence of keys as in "g p", is pressed anywhere but in a field, menu or dialog. */
export function useSingleKeys(keys: Record<string, () => void>): void {
  const enabled = useContext(SingleKeysContext);
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    let typed = "";
    let typedAt = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTaken(event.target)) return;
      if (event.key === "Shift") return;
      const next = typeKey(
        Object.keys(latest.current),
        event.timeStamp - typedAt < sequenceMilliseconds ? typed : "",
        event.key,
      );
      typed = next.typed;
      typedAt = event.timeStamp;
      const run = next.run === null ? undefined : latest.current[next.run];
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}

function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "input, textarea, select, [contenteditable='true'], [role='dialog'], [role='menu'], [role='listbox']",
    ) !== null
  );
}
