"use client";

import { Check, Minus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "./class-names";

export interface CheckboxProps {
  checked: boolean | "indeterminate";
  onCheckedChange: (checked: boolean) => void;
  /** Visible beside the box; without it give `aria-label` or `aria-labelledby`. */
  label?: ReactNode;
  hint?: ReactNode;
  /** Why it can't be changed; set beside the label. */
  reason?: string | null;
  id?: string;
  "aria-label"?: string;
  "aria-labelledby"?: string;
  className?: string;
}

/** A box to tick, its label and the sentence under it. The whole label is the target. */
export function Checkbox({ checked, onCheckedChange, label, hint, reason, id, className, ...rest }: CheckboxProps) {
  const own = useId();
  const boxId = id ?? own;
  const hintId = `${own}-hint`;
  const note = reason ?? hint;
  const box = (
    <button
      type="button"
      role="checkbox"
      id={boxId}
      aria-checked={checked === "indeterminate" ? "mixed" : checked}
      aria-disabled={reason ? true : undefined}
      aria-describedby={note ? hintId : undefined}
      onClick={() => (reason ? undefined : onCheckedChange(checked !== true))}
      onKeyDown={(event) => {
        // A box is ticked with Space alone (WAI-ARIA Authoring Practices, "Checkbox").
        if (event.key === "Enter") event.preventDefault();
      }}
      className={cn(
        "relative grid size-[15px] shrink-0 place-items-center rounded-sm border-[1.5px] border-edge bg-pane text-on-accent after:absolute after:-inset-1.5",
        "aria-[checked=mixed]:border-accent aria-[checked=mixed]:bg-accent aria-checked:border-accent aria-checked:bg-accent",
        "aria-disabled:cursor-not-allowed aria-disabled:opacity-60",
        label ? "mt-[2.5px]" : className,
      )}
      {...rest}
    >
      {checked === "indeterminate" ? <Minus className="size-[11px] stroke-[2.6]" /> : null}
      {checked === true ? <Check className="size-[11px] stroke-[2.6]" /> : null}
    </button>
  );
  if (!label) return box;
  return (
    <div className={cn("flex items-start gap-2.5 py-0.5", className)}>
      {box}
      <div className="min-w-0">
        <label htmlFor={boxId}>{label}</label>
        {note ? (
          <p id={hintId} className="text-sm text-ink-2">
            {note}
          </p>
        ) : null}
      </div>
    </div>
  );
}
