"use client";

import { Check, ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "./class-names";
import { useField } from "./field";
import type { Option } from "./select";
import { usePopup } from "./use-popup";

export interface ComboboxProps {
  value: string;
  onValueChange: (value: string) => void;
  options: readonly (Option & { /** What typing matches, when not the value. */ search?: string })[];
  placeholder?: string;
  /** Keeps the words on the button whatever is chosen, where the choice is shown elsewhere (a chip). */
  fixedLabel?: string;
  /** The filter's label and placeholder, e.g. "Filter accounts". */
  filterLabel: string;
  /** Shown when nothing matches. */
  empty?: ReactNode;
  /** Adds a first line that clears the choice, e.g. "All groups". */
  clearLabel?: string;
  "aria-label"?: string;
  className?: string;
}

const line =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 data-[disabled=true]:text-ink-3 data-[selected=true]:bg-accent-soft";

function contains(value: string, typed: string): number {
  return value.toLowerCase().includes(typed.trim().toLowerCase()) ? 1 : 0;
}

/** One of many, found by typing. */
export function Combobox({
  value,
  onValueChange,
  options,
  placeholder = "Choose",
  fixedLabel,
  filterLabel,
  empty = "Nothing matches.",
  clearLabel,
  className,
  ...rest
}: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const field = useField();
  const { part, plain, trigger } = usePopup(() => setOpen(true));
  const chosen = options.find((option) => option.value === value);
  const choose = (next: string) => {
    onValueChange(next);
    setOpen(false);
  };
  const button = {
    ...field,
    ...rest,
    className: cn("control flex h-8 base:w-full items-center gap-2 px-2.5 text-left pointer-coarse:h-10", className),
    children: (
      <>
        <span className={cn("min-w-0 flex-1 truncate", !chosen && !fixedLabel && "text-ink-3")}>
          {fixedLabel ?? chosen?.label ?? placeholder}
        </span>
        {chosen?.note && !fixedLabel ? <span className="font-mono text-[12px] text-ink-3">{chosen.note}</span> : null}
        <ChevronDown aria-hidden className="size-3.5 text-ink-3" />
      </>
    ),
  };
  if (!part) return <button {...button} {...plain} type="button" aria-haspopup="dialog" aria-expanded={false} />;
  const { Command, Popover: Radix } = part;
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger {...button} ref={trigger} />
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={filterLabel}
          className="floating z-50 w-max max-w-[min(480px,90vw)] min-w-(--radix-popover-trigger-width) overflow-hidden"
        >
          <Command label={filterLabel} defaultValue={value} filter={contains}>
            <Command.Input
              placeholder={filterLabel}
              className="h-9 w-full border-b border-line bg-transparent px-3 -outline-offset-2"
            />
            <Command.List className="max-h-72 overflow-y-auto p-1">
              <Command.Empty className="px-2 py-3 text-ink-2">{empty}</Command.Empty>
              {clearLabel ? (
                <Command.Item value={clearLabel} onSelect={() => choose("")} className={line}>
                  {clearLabel}
                </Command.Item>
              ) : null}
              {options.map((option) => (
                <Command.Item
                  key={option.value}
                  value={option.search ?? option.value}
                  disabled={Boolean(option.reason)}
                  onSelect={() => choose(option.value)}
                  className={line}
                >
                  <span className="min-w-0 flex-1">
                    {option.label}
                    {option.reason ? <span className="block text-sm">{option.reason}</span> : null}
                  </span>
                  {option.note ? <span className="font-mono text-[12px] text-ink-3">{option.note}</span> : null}
                  {option.value === value ? <Check aria-hidden className="size-3.5 text-accent" /> : null}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
