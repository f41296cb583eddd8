"use client";

import { Popover as Radix } from "radix-ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { cn } from "./class-names";

export interface PopoverProps extends Pick<ComponentProps<typeof Radix.Root>, "open" | "onOpenChange"> {
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
  return (
    <Radix.Root {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
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
