"use client";

import { CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { buttonLook } from "./button-look";
import { cn } from "./class-names";

export interface ErrorStateProps {
  /** What happened. */
  title: ReactNode;
  /** Whose side it is on, and what to do. */
  children?: ReactNode;
  /** The id to quote, as the server logged it. */
  id?: string | null;
  onRetry?: () => void;
}

/** Something could not be shown: what happened, what to do, and an id to quote. */
export function ErrorState({ title, children, id, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className="mt-2 flex gap-3 rounded-lg border border-line-2 bg-pane px-4 py-3.5">
      <CircleX aria-hidden className="mt-0.5 text-danger" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {children ? <div className="max-w-[70ch] text-ink-2">{children}</div> : null}
        {id ? (
          <p className="mt-1 text-sm text-ink-3">
            Quote <code className="font-mono">{id}</code> when you ask for help.
          </p>
        ) : null}
        {onRetry ? (
          <button type="button" onClick={onRetry} className={cn(buttonLook("plain", "small"), "mt-2.5")}>
            Try again
          </button>
        ) : null}
      </div>
    </div>
  );
}
