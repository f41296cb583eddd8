"use client";

import { useEffect, useSyncExternalStore } from "react";

const signsOfHands = ["pointermove", "pointerdown", "keydown"] as const;

let seen = false;
const listeners = new Set<() => void>();

function see(): void {
  seen = true;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Once, around the application: watches for the first move of a pointer or press of a key. */
export function useWatchForHands(): void {
  useEffect(() => {
    const gone = new AbortController();
    const first = () => {
      gone.abort();
      see();
    };
    for (const sign of signsOfHands)
      document.addEventListener(sign, first, { capture: true, passive: true, signal: gone.signal });
    return () => gone.abort();
  }, []);
}

/** Whether somebody has moved or pressed anything since the first load. */
export function useHands(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => seen,
    () => false,
  );
}
