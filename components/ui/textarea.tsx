"use client";

import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { useField } from "./field";

/** Several lines of text. Inside a Field it takes its id and descriptions from there. */
export function Textarea({ mono, className, ...rest }: ComponentProps<"textarea"> & { mono?: boolean }) {
  const field = useField();
  return (
    <textarea
      rows={3}
      {...field}
      {...rest}
      className={cn("control block w-full resize-y px-2.5 py-1.5", mono && "font-mono text-[12px]", className)}
    />
  );
}
