"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { useField } from "./field";

export interface InputProps extends ComponentProps<"input"> {
  /** Set in the mono face: names, ARNs, refs. */
  mono?: boolean;
  before?: ReactNode;
  after?: ReactNode;
}

/** One line of text. Inside a Field it takes its id and descriptions from there. */
export function Input({ mono, before, after, className, ...rest }: InputProps) {
  const field = useField();
  const face = mono ? "font-mono text-[12px]" : "text-base";
  if (!before && !after)
    return (
      <input {...field} {...rest} className={cn("control h-8 w-full px-2.5 pointer-coarse:h-10", face, className)} />
    );
  return (
    <div className={cn("control flex h-8 w-full items-center gap-2 px-2.5 pointer-coarse:h-10", className)}>
      {before}
      <input {...field} {...rest} className={cn("h-full min-w-0 flex-1 bg-transparent outline-none", face)} />
      {after ? <span className="flex shrink-0 items-center gap-1.5 text-sm text-ink-3">{after}</span> : null}
    </div>
  );
}
