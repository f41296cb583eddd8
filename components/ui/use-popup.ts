"use client";

import { type KeyboardEvent, type PointerEvent, useCallback, useRef, useState } from "react";
import { useHands, useWatchForHands } from "./hands";
import { later, useLater } from "./later";
import { notify } from "./toast";

/** The parts of whatever opens over the page. */
export const popups = later(() => import("./popups"));

/** Fetches what opens over the page with the first hand on it. */
export function usePopupsOnHands(): void {
  useWatchForHands();
  useLater(popups, useHands());
}

const openingKeys: ReadonlySet<string> = new Set(["Enter", " ", "ArrowDown", "ArrowUp"]);

/** For the button that stands where a popup's trigger will be; what is pressed on it opens the popup once that is there. */
export interface PlainTrigger {
  ref: (button: HTMLButtonElement | null) => (() => void) | undefined;
  onPointerDown: (event: PointerEvent) => void;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * A popup whose parts come later. Until then `plain` goes on the button; `wanted` says that it was pressed meanwhile,
 * and `trigger` on what replaces it takes the focus over.
 */
export function usePopup(onWanted?: () => void) {
  const [wanted, setWanted] = useState(false);
  const { part } = useLater(popups, false);
  const hadFocus = useRef(false);
  const plainRef = useCallback((button: HTMLButtonElement | null) => {
    if (!button) return undefined;
    return () => {
      hadFocus.current = document.activeElement === button;
    };
  }, []);
  const trigger = useCallback((button: HTMLButtonElement | null) => {
    if (button && hadFocus.current) button.focus();
    hadFocus.current = false;
  }, []);
  const want = () => {
    setWanted(true);
    onWanted?.();
    void popups.fetch().then((fetched) => {
      if (!fetched) notify("This could not be opened. Check the connection and try again.", "danger");
    });
  };
  const plain: PlainTrigger = {
    ref: plainRef,
    // A button that is replaced between press and release gets no click.
    onPointerDown: (event) => {
      if (event.button === 0 && event.pointerType === "mouse") want();
    },
    onClick: want,
    onKeyDown: (event) => {
      if (!openingKeys.has(event.key)) return;
      event.preventDefault();
      want();
    },
  };
  return { part, wanted, plain, trigger };
}
