import type { ReactNode } from "react";
import { cn } from "./class-names";

/** A key to press. */
export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={cn(
        "inline-block rounded-sm border border-b-2 border-line-2 bg-sunk px-1 font-mono text-[11px] leading-4 text-ink-3",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
