"use client";

import type { ReactNode } from "react";
import { cn } from "./class-names";
import { CopyButton } from "./copy-button";

export interface CodeBlockProps {
  text: string;
  /** Names the document, e.g. "Trust policy"; also what the copy button says. */
  label: string;
  /** Shown at the left of the bar, e.g. a file name. */
  title?: ReactNode;
  /** Grows to this height, then scrolls. A CSS length. */
  maxHeight?: string;
  className?: string;
}

/** A document in mono with a button that copies it. */
export function CodeBlock({ text, label, title, maxHeight, className }: CodeBlockProps) {
  return (
    <figure className={cn("overflow-hidden rounded-lg border border-line-2 bg-pane", className)}>
      <figcaption className="flex h-9 items-center gap-2 border-b border-line bg-sunk pr-1 pl-3 text-sm text-ink-2">
        <span className="min-w-0 flex-1 truncate">{title ?? label}</span>
        <CopyButton text={text} label={`Copy ${label}`} />
      </figcaption>
      <pre
        tabIndex={0}
        aria-label={label}
        style={{ maxHeight }}
        className="overflow-auto px-3 py-2.5 font-mono text-[12px] leading-[18px] -outline-offset-2"
      >
        {text}
      </pre>
    </figure>
  );
}
