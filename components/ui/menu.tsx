"use client";

import { Check } from "lucide-react";
import * as Slot from "radix-ui/slot";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";
import { useLater } from "./later";
import { popups, usePopup } from "./use-popup";

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
  const { part, wanted, plain, trigger: takeOver } = usePopup();
  if (!part)
    return (
      <Slot.Root {...plain} aria-haspopup="menu" aria-expanded={false}>
        {trigger}
      </Slot.Root>
    );
  const Radix = part.DropdownMenu;
  return (
    <Radix.Root modal={false} defaultOpen={wanted}>
      <Radix.Trigger asChild ref={takeOver}>
        {trigger}
      </Radix.Trigger>
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

/** The parts of an open Menu. */
function useMenuParts() {
  return useLater(popups, false).part?.DropdownMenu;
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
  const Radix = useMenuParts();
  if (!Radix) return null;
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
  const Radix = useMenuParts();
  if (!Radix) return null;
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
  const Radix = useMenuParts();
  if (!Radix) return null;
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-3">{children}</Radix.Label>;
}

/** A hairline between groups of a Menu's items. */
export function MenuLine() {
  const Radix = useMenuParts();
  if (!Radix) return null;
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
