"use client";

import * as Slot from "radix-ui/slot";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";
import { usePopup } from "./use-popup";

export interface PopoverProps {
  /** Both or none: a popover keeps by itself whether it is open. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it. */
  trigger: ReactElement;
  /** Names it to a screen reader. */
  label: string;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}

/** A small pane beside the button that opened it; the page behind stays usable. */
export function Popover({ trigger, label, align = "start", className, children, ...state }: PopoverProps) {
  const { part, wanted, plain, trigger: takeOver } = usePopup(() => state.onOpenChange?.(true));
  if (!part)
    return (
      <Slot.Root {...plain} aria-haspopup="dialog" aria-expanded={false}>
        {trigger}
      </Slot.Root>
    );
  const Radix = part.Popover;
  return (
    <Radix.Root {...state} defaultOpen={wanted}>
      <Radix.Trigger asChild ref={takeOver}>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn("floating z-50 p-3", className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
