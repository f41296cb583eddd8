"use client";

import * as Slot from "radix-ui/slot";
import type { ReactElement, ReactNode } from "react";
import { usePopup } from "./use-popup";

/** Shows `text` on hover and focus of its one child, which must take a ref. */
export function Tooltip({
  text,
  side = "top",
  children,
}: {
  text: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactElement;
}) {
  const { part, plain, trigger } = usePopup();
  if (!part) return <Slot.Root ref={plain.ref}>{children}</Slot.Root>;
  const Radix = part.Tooltip;
  return (
    <Radix.Provider delayDuration={250}>
      <Radix.Root>
        <Radix.Trigger asChild ref={trigger}>
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="floating z-50 max-w-80 px-2.5 py-1.5 text-sm text-pretty"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
