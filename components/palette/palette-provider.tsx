"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef, useState } from "react";
import { places } from "@/components/layout/places";
import { shortcut } from "@/components/layout/shortcuts";
import { ShortcutsDialog } from "@/components/layout/shortcuts-dialog";
import { pressesWithModifier } from "@/components/ui/key-sequence";
import { useLater } from "@/components/ui/later";
import { useSingleKeys } from "@/components/ui/single-keys";
import type { SignedInPerson } from "@/lib/identity/model";
import type { PaletteProps } from "./palette";
import { paletteLater } from "./palette-later";
import { type EarlyInput, noEarlyInput, PaletteStandIn } from "./palette-stand-in";
import { rememberRecent } from "./recent";
import { useCurrentRecord } from "./use-current-record";

const PaletteContext = createContext<() => void>(() => undefined);

/** Opens the palette. */
export function useOpenPalette(): () => void {
  return useContext(PaletteContext);
}

/** Holds the palette and the list of shortcuts, and binds the keys that work on every page. */
export function PaletteProvider({ person, children }: { person: SignedInPerson; children: ReactNode }) {
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const router = useRouter();
  const here = useCurrentRecord();
  const showShortcuts = () => setOpen("shortcuts");
  const { openPalette, ...palette } = usePalette(open === "palette", (next) => setOpen(next ? "palette" : null));

  useSingleKeys({
    [shortcut.help.keys]: showShortcuts,
    ...Object.fromEntries(places.map(({ keys, href }) => [keys, () => router.push(href)])),
  });

  const { kind, href, label, note } = here ?? {};
  useEffect(() => {
    if (kind && href && label !== undefined && note !== undefined)
      rememberRecent(person.id, { kind, href, label, note });
  }, [person.id, kind, href, label, note]);

  return (
    <PaletteContext value={openPalette}>
      {children}
      <PaletteOrStandIn {...palette} person={person} here={here} onShowShortcuts={showShortcuts} />
      <ShortcutsDialog open={open === "shortcuts"} onOpenChange={(next) => setOpen(next ? "shortcuts" : null)} />
    </PaletteContext>
  );
}

/** The key that opens and closes the palette, what had the focus before, and what was typed before the palette was there. */
function usePalette(open: boolean, setOpen: (open: boolean) => void) {
  const before = useRef<HTMLElement | null>(null);
  const [early, setEarly] = useState(noEarlyInput);
  const onOpenChange = (next: boolean) => {
    setEarly(noEarlyInput);
    setOpen(next);
  };
  const openPalette = () => {
    before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    onOpenChange(true);
  };
  const press = useEffectEvent((event: KeyboardEvent): void => {
    // Who holds the modifier down reaches for the palette.
    if (event.key === "Control" || event.key === "Meta") void paletteLater.fetch();
    if (!pressesWithModifier(shortcut.palette.keys, event)) return;
    event.preventDefault();
    if (open) onOpenChange(false);
    else openPalette();
  });
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return { open, onOpenChange, openPalette, onClosed: () => before.current?.focus(), early, onEarly: setEarly };
}

function PaletteOrStandIn({ onEarly, ...props }: PaletteProps & { onEarly: (early: EarlyInput) => void }) {
  const { open, early, onOpenChange, onClosed } = props;
  const { part, failed } = useLater(paletteLater, open);
  if (part && !early.composing) return <part.Palette {...props} />;
  if (!open) return null;
  const close = () => {
    onOpenChange(false);
    onClosed();
  };
  return <PaletteStandIn early={early} onEarly={onEarly} failed={failed} onClose={close} />;
}
