"use client";

import { TriangleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";
import { cn } from "./class-names";

interface FieldIds {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

const FieldContext = createContext<FieldIds | null>(null);

export interface FieldProps {
  label: ReactNode;
  /** What to know before typing. */
  hint?: ReactNode;
  /** What is wrong with what was typed, and how to mend it. */
  error?: ReactNode;
  required?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, control, hint and error, with their ids wired: the control inside takes them from `useField`. */
export function Field({ label, hint, error, required = false, className, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [error ? errorId : null, hint ? hintId : null].filter(Boolean).join(" ") || undefined;
  return (
    <FieldContext value={{ id, describedBy, invalid: Boolean(error), required }}>
      <div className={cn("min-w-0", className)}>
        <label htmlFor={id} className="mb-1 block text-sm font-medium">
          {label}
        </label>
        {children}
        <FieldError id={errorId}>{error}</FieldError>
        {hint ? (
          <p id={hintId} className="mt-1 max-w-[62ch] text-sm text-ink-2">
            {hint}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}

/** The sentence under a control that says what is wrong. Its place is announced when it fills. */
export function FieldError({ id, children }: { id?: string; children?: ReactNode }) {
  return (
    <div id={id} aria-live="polite">
      {children ? (
        <p className="mt-1 flex items-start gap-1.5 text-sm text-danger">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5" />
          <span className="min-w-0">{children}</span>
        </p>
      ) : null}
    </div>
  );
}

/** The attributes a control takes from the Field around it; empty outside of one. */
export function useField(): {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
} {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy ? { "aria-describedby": field.describedBy } : {}),
    ...(field.invalid ? { "aria-invalid": true as const } : {}),
    ...(field.required ? { "aria-required": true as const } : {}),
  };
}
