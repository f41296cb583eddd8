"use client";

import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";
import { type Theme, themes } from "./preferences";
import { usePreferences } from "./preferences-provider";

const words: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };

/** Theme and shortcuts of this browser; each choice takes effect at once. */
export function PreferencesForm() {
  const { theme, setTheme, singleKeys, setSingleKeys } = usePreferences();
  return (
    <div className="max-w-[640px] divide-y divide-line">
      <p className="pb-4 text-ink-2">Kept in this browser only.</p>
      <fieldset className="py-5">
        <legend className="sr-only">Theme</legend>
        <h2 aria-hidden className="mb-1.5 text-lg font-semibold">
          Theme
        </h2>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {themes.map((choice) => (
            <label key={choice} className="flex min-h-7 cursor-pointer items-center gap-2">
              <input
                type="radio"
                name="theme"
                value={choice}
                checked={theme === choice}
                onChange={() => setTheme(choice)}
                className="size-[15px] accent-accent"
              />
              {words[choice]}
            </label>
          ))}
        </div>
      </fieldset>
      <section className="pt-5">
        <h2 className="mb-1.5 text-lg font-semibold">Keyboard</h2>
        <Switch
          checked={singleKeys}
          onCheckedChange={setSingleKeys}
          label="Shortcuts of one key"
          hint={
            <>
              <Kbd>/</Kbd> goes to a list&apos;s filter, <Kbd>j</Kbd> and <Kbd>k</Kbd> walk through its rows,{" "}
              <Kbd>?</Kbd> lists all. Turn them off if you speak to your computer. <Kbd>Enter</Kbd> opens a row in
              either case.
            </>
          }
        />
      </section>
    </div>
  );
}
