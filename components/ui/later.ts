"use client";

import { useEffect, useSyncExternalStore } from "react";

interface Fetched<Part> {
  part: Part | null;
  /** The last try to fetch it failed. */
  failed: boolean;
}

/** A module of the page that is fetched when somebody needs it. */
export interface Later<Part> {
  /** Fetches it once; null when that failed, and the next call tries again. */
  fetch: () => Promise<Part | null>;
  subscribe: (listener: () => void) => () => void;
  current: () => Fetched<Part>;
}

const nothing = { part: null, failed: false } as const;

/** Sets a module apart from the first load: `later(() => import("./palette-results"))`. */
export function later<Part>(load: () => Promise<Part>): Later<Part> {
  let current: Fetched<Part> = nothing;
  let fetching: Promise<Part | null> | null = null;
  const listeners = new Set<() => void>();
  const put = (next: Fetched<Part>): Part | null => {
    current = next;
    for (const listener of listeners) listener();
    return next.part;
  };
  return {
    fetch: () => {
      fetching ??= load().then(
        (part) => put({ part, failed: false }),
        () => {
          fetching = null;
          return put({ part: null, failed: true });
        },
      );
      return fetching;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    current: () => current,
  };
}

/** The module once it is there; asks for it while it is `wanted`. */
export function useLater<Part>({ fetch, subscribe, current }: Later<Part>, wanted = true): Fetched<Part> {
  const fetched = useSyncExternalStore(subscribe, current, () => nothing);
  useEffect(() => {
    if (wanted) void fetch();
  }, [fetch, wanted]);
  return fetched;
}
