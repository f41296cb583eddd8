"use client";

import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { useField } from "./field";
import { useNonce } from "./nonce";
import { usePopup } from "./use-popup";

export interface Option<Value extends string = string> {
  value: Value;
  label: ReactNode;
  /** At the right, in mono: an id, a count. */
  note?: ReactNode;
  /** Why it can't be chosen. */
  reason?: string | null;
}

export interface SelectProps<Value extends string> {
  value: Value | "";
  onValueChange: (value: Value) => void;
  options: readonly Option<Value>[];
  placeholder?: string;
  /** Keeps the words on the button whatever is chosen, where the choice is shown elsewhere (a chip). */
  fixedLabel?: string;
  "aria-label"?: string;
  className?: string;
}

/** One of a few. For many, or to filter by typing: Combobox. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  placeholder = "Choose",
  fixedLabel,
  className,
  ...rest
}: SelectProps<Value>) {
  const field = useField();
  const nonce = useNonce();
  const { part, wanted, plain, trigger } = usePopup();
  const button = {
    ...field,
    ...rest,
    className: cn(
      "control flex h-8 base:w-full items-center gap-2 px-2.5 text-left pointer-coarse:h-10",
      !fixedLabel && value === "" && "text-ink-3",
      className,
    ),
    children: (
      <>
        <span className="min-w-0 flex-1 truncate">
          {fixedLabel ?? options.find((option) => option.value === value)?.label ?? placeholder}
        </span>
        <ChevronDown aria-hidden className="size-3.5 text-ink-3" />
      </>
    ),
  };
  if (!part)
    return (
      <button {...button} {...plain} type="button" role="combobox" aria-expanded={false} aria-autocomplete="none" />
    );
  const Radix = part.Select;
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as Value)} defaultOpen={wanted}>
      <Radix.Trigger {...button} ref={trigger} />
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="floating z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden p-1"
        >
          <Radix.Viewport nonce={nonce}>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={Boolean(option.reason)}
                className="flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none data-disabled:text-ink-3 data-highlighted:bg-accent-soft"
              >
                <span className="min-w-0 flex-1">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.reason ? <span className="block text-sm">{option.reason}</span> : null}
                </span>
                {option.note ? <span className="font-mono text-[12px] text-ink-3">{option.note}</span> : null}
                <Radix.ItemIndicator>
                  <Check aria-hidden className="size-3.5 text-accent" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
