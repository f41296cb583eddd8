"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { places } from "@/components/layout/places";
import { shortcut } from "@/components/layout/shortcuts";
import { ShortcutsDialog } from "@/components/layout/shortcuts-dialog";
import { pressesWithModifier } from "@/components/ui/key-sequence";
import { useSingleKeys } from "@/components/ui/single-keys";
import type { SignedInPerson } from "@/lib/identity/model";
import { Palette } from "./palette";
import { paletteResults } from "./palette-later";
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

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === "Control" || event.key === "Meta") void paletteResults.fetch();
      if (!pressesWithModifier(shortcut.palette.keys, event)) return;
      event.preventDefault();
      setOpen((now) => (now === "palette" ? null : "palette"));
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  useSingleKeys({
    [shortcut.help.keys]: () => setOpen("shortcuts"),
    ...Object.fromEntries(places.map(({ keys, href }) => [keys, () => router.push(href)])),
  });

  const { kind, href, label, note } = here ?? {};
  useEffect(() => {
    if (kind && href && label !== undefined && note !== undefined)
      rememberRecent(person.id, { kind, href, label, note });
  }, [person.id, kind, href, label, note]);

  return (
    <PaletteContext value={() => setOpen("palette")}>
      {children}
      <Palette
        person={person}
        here={here}
        open={open === "palette"}
        onOpenChange={(next) => setOpen(next ? "palette" : null)}
        onShowShortcuts={() => setOpen("shortcuts")}
      />
      <ShortcutsDialog open={open === "shortcuts"} onOpenChange={(next) => setOpen(next ? "shortcuts" : null)} />
    </PaletteContext>
  );
}
