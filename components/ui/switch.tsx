"use client";

import * as Radix from "radix-ui/switch";
import { type ReactNode, useId } from "react";
import { cn } from "./class-names";

export interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  /** Why it can't be changed. */
  reason?: string | null;
  className?: string;
}

/** Turns one thing on or off, at once. */
export function Switch({ checked, onCheckedChange, label, hint, reason, className }: SwitchProps) {
  const id = useId();
  const note = reason ?? hint;
  return (
    <div className={cn("flex items-start gap-3 py-0.5", className)}>
      <Radix.Root
        id={id}
        checked={checked}
        aria-disabled={reason ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onCheckedChange={(next) => (reason ? undefined : onCheckedChange(next))}
        className="relative mt-px h-[18px] w-8 shrink-0 rounded-full border border-edge bg-sunk transition-colors duration-100 after:absolute after:-inset-1 data-[state=checked]:border-accent data-[state=checked]:bg-accent aria-disabled:cursor-not-allowed aria-disabled:opacity-60"
      >
        <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-edge transition-transform duration-100 data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
      </Radix.Root>
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {note ? (
          <p id={`${id}-note`} className="text-sm text-ink-2">
            {note}
          </p>
        ) : null}
      </div>
    </div>
  );
}
