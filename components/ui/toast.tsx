"use client";

import { Check, CircleX, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";

interface Notice {
  id: number;
  tone: "safe" | "danger";
  text: string;
}

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function put(next: readonly Notice[]) {
  notices = next;
  for (const listener of listeners) listener();
}

/** Says in one sentence what just happened, at the bottom of the page. Errors stay until closed. */
export function notify(text: string, tone: Notice["tone"] = "safe"): void {
  lastId += 1;
  put([...notices.slice(-2), { id: lastId, tone, text }]);
}

const none: readonly Notice[] = [];
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Where notices appear; once, in the shell. */
export function Toaster() {
  const shown = useSyncExternalStore(
    subscribe,
    () => notices,
    () => none,
  );
  return (
    <div
      role="region"
      aria-label="Notices"
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-60 flex w-[min(400px,calc(100vw-32px))] flex-col gap-2"
    >
      {shown.map((notice) => (
        <Toast key={notice.id} notice={notice} onClose={() => put(notices.filter((other) => other.id !== notice.id))} />
      ))}
    </div>
  );
}

function Toast({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { tone } = notice;
  useEffect(() => {
    if (tone === "danger") return undefined;
    const timer = setTimeout(onClose, 6000);
    return () => clearTimeout(timer);
  }, [tone, onClose]);
  return (
    <div className="floating pointer-events-auto flex items-start gap-2.5 py-2 pr-1.5 pl-3">
      {tone === "safe" ? (
        <Check aria-hidden className="mt-0.5 text-safe" />
      ) : (
        <CircleX aria-hidden className="mt-0.5 text-danger" />
      )}
      <p className="min-w-0 flex-1 py-px">{notice.text}</p>
      <button
        type="button"
        aria-label="Close notice"
        onClick={onClose}
        className="grid size-6 place-items-center rounded-md text-ink-3 hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}
