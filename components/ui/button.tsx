"use client";

import * as Slot from "radix-ui/slot";
import { type ComponentProps, type ReactNode, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonLook } from "./button-look";
import { cn } from "./class-names";
import { Tooltip } from "./tooltip";

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Why the button does nothing now; it stays focusable, and the reason is its tooltip and description. */
  reason?: string | null;
  /** Names what is running, e.g. "Applying"; the button does nothing meanwhile. */
  busy?: string | null;
  /** Gives the look to the one child, e.g. a link. */
  asChild?: boolean;
  children: ReactNode;
}

/** A button. With `reason` it is disabled and says why. */
export function Button({
  variant,
  size,
  reason,
  busy,
  asChild,
  className,
  onClick,
  type = "button",
  children,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const inert = Boolean(reason) || Boolean(busy);
  const shared = { className: cn(buttonLook(variant, size), className), ...rest };
  if (asChild && !inert) return <Slot.Root {...shared}>{children}</Slot.Root>;

  const button = (
    <button
      {...shared}
      type={inert ? "button" : type}
      aria-disabled={inert || undefined}
      aria-busy={busy ? true : undefined}
      aria-describedby={reason ? reasonId : rest["aria-describedby"]}
      onClick={inert ? (event) => event.preventDefault() : onClick}
    >
      {busy ?? children}
    </button>
  );
  if (!reason) return button;
  return (
    <>
      <Tooltip text={reason}>{button}</Tooltip>
      <span id={reasonId} className="sr-only">
        {reason}
      </span>
    </>
  );
}
