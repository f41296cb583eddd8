import type { ReactNode } from "react";

/** A line above the form: what it begins with, and the button that changes that. */
export function FormNote({ children }: { children: ReactNode }) {
  return (
    <p className="mb-3 flex flex-wrap items-center gap-2 rounded-md border border-line bg-sunk px-3 py-1.5 text-sm text-ink-2">
      {children}
    </p>
  );
}
