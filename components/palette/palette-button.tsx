"use client";

import { Search } from "lucide-react";
import { Keys } from "@/components/layout/keys";
import { shortcut } from "@/components/layout/shortcuts";
import { paletteLater } from "./palette-later";
import { useOpenPalette } from "./palette-provider";

/** Opens the palette; in the bar of narrow pages an icon alone. */
export function PaletteButton() {
  const openPalette = useOpenPalette();
  const reachFor = () => void paletteLater.fetch();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onPointerEnter={reachFor}
      onFocus={reachFor}
      onClick={openPalette}
      className="flex items-center gap-2 rounded-md text-ink-2 hover:text-ink max-wide:size-9 max-wide:justify-center wide:mb-3 wide:h-8 wide:border wide:border-line-2 wide:bg-pane wide:px-2 wide:text-ink-3 wide:hover:border-edge pointer-coarse:max-wide:size-10"
    >
      <Search aria-hidden />
      <span className="max-wide:sr-only">Search</span>
      <span aria-hidden className="ml-auto max-wide:hidden pointer-coarse:hidden">
        <Keys keys={shortcut.palette.keys} />
      </span>
    </button>
  );
}
