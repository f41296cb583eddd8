"use client";

import Link from "next/link";
import { Dialog } from "@/components/ui/dialog";
import { paths } from "@/lib/paths";
import { Keys } from "./keys";
import { usePreferences } from "./preferences-provider";
import { isSingleKey, shortcutGroups } from "./shortcuts";

/** All shortcuts, by where they work. */
export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { singleKeys } = usePreferences();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Shortcuts">
      {singleKeys ? null : (
        <p className="mb-4 rounded-lg bg-sunk px-3 py-2 text-ink-2">
          The shortcuts without Ctrl or Command are off.{" "}
          <Link href={paths.settings()} onClick={() => onOpenChange(false)} className="text-accent hover:underline">
            Turn them on in the settings
          </Link>
        </p>
      )}
      <div className="-mb-5 gap-x-8 sm:columns-2">
        {shortcutGroups.map(({ title, shortcuts }) => (
          <section key={title} aria-label={title} className="break-inside-avoid pb-5">
            <h3 className="mb-1 font-semibold">{title}</h3>
            <dl>
              {shortcuts.map((one) => (
                <div key={one.keys} className="flex min-h-8 items-center justify-between gap-3 border-t border-line">
                  <dt>
                    {one.does}
                    {!singleKeys && isSingleKey(one) ? <span className="text-ink-3"> (off)</span> : null}
                  </dt>
                  <dd>
                    <Keys keys={one.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
