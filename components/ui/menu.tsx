"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";

const line =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none data-highlighted:bg-accent-soft data-disabled:text-ink-3";

/** A list of actions under the button that opens it. */
export function Menu({
  trigger,
  label,
  align = "end",
  side,
  children,
}: {
  trigger: ReactElement;
  label: string;
  align?: "start" | "end";
  side?: "top" | "bottom";
  children: ReactNode;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="floating z-50 min-w-44 p-1"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface MenuItemProps {
  onSelect?: () => void;
  /** Why it can't be done now; set under the words. */
  reason?: string | null;
  danger?: boolean;
  /** Takes the one child, e.g. a link, as the item. */
  asChild?: boolean;
  children: ReactNode;
}

/** One action of a Menu. */
export function MenuItem({ onSelect, reason, danger, asChild, children }: MenuItemProps) {
  return (
    <Radix.Item
      asChild={asChild}
      disabled={Boolean(reason)}
      onSelect={onSelect}
      className={cn(line, danger && "text-danger")}
    >
      {asChild ? (
        children
      ) : (
        <>
          {children}
          {reason ? <span className="ml-auto max-w-48 text-sm">{reason}</span> : null}
        </>
      )}
    </Radix.Item>
  );
}

/** One of several in a Menu, of which one is on. */
export function MenuChoice({
  checked,
  onSelect,
  children,
}: {
  checked: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Radix.CheckboxItem checked={checked} onSelect={onSelect} role="menuitemradio" className={line}>
      <span className="grid w-4 place-items-center">
        <Radix.ItemIndicator>
          <Check aria-hidden className="size-3.5 text-accent" />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

/** The words above a group of a Menu's items. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-3">{children}</Radix.Label>;
}

/** A hairline between groups of a Menu's items. */
export function MenuLine() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
