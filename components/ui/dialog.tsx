"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { buttonLook } from "./button-look";
import { cn } from "./class-names";
import { useFocusReturn } from "./focus-return";
import { useLater } from "./later";
import { popups } from "./use-popup";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One sentence under the title: what this does, and to whom. */
  description?: ReactNode;
  /** The buttons, right-aligned, the main one last. */
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** A pane over the page that must be answered or closed. Focus stays inside and returns to where it was. */
export function Dialog({ open, onOpenChange, title, description, footer, className, children }: DialogProps) {
  const focusReturn = useFocusReturn();
  const { part, failed } = useLater(popups, open);
  if (!part) return open && failed ? <DialogNotOpened /> : null;
  const Radix = part.Dialog;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          {...focusReturn}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "floating fixed top-1/2 left-1/2 z-50 flex max-h-[min(800px,94dvh)] base:w-[min(560px,94vw)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl",
            className,
          )}
        >
          <header className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description ? <Radix.Description className="mt-0.5 text-ink-2">{description}</Radix.Description> : null}
            </div>
            <Radix.Close className={buttonLook("ghost", "icon")} aria-label="Close">
              <X aria-hidden />
            </Radix.Close>
          </header>
          {children ? <div className="min-h-0 overflow-y-auto px-4 py-4">{children}</div> : null}
          {footer ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 rounded-b-xl border-t border-line bg-sunk px-4 py-3">
              {footer}
            </footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Stands where a dialog would, when its module did not come. */
export function DialogNotOpened() {
  return (
    <p role="alert" className="floating fixed bottom-4 left-1/2 z-50 -translate-x-1/2 px-3 py-2">
      This could not be opened. Check the connection, then load the page again.
    </p>
  );
}
