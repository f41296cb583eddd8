import { places } from "./places";

export interface Shortcut {
  /** "j", "g p" (one after the other), or "Mod+k" (Command on a Mac, else Ctrl). */
  keys: string;
  does: string;
}

/** The shortcuts that pages bind by name. */
export const shortcut = {
  palette: { keys: "Mod+k", does: "Search, or do something" },
  help: { keys: "?", does: "Show the shortcuts" },
  filter: { keys: "/", does: "Go to the filter" },
  next: { keys: "j", does: "Next row" },
  previous: { keys: "k", does: "Previous row" },
  open: { keys: "Enter", does: "Open the row" },
  review: { keys: "Mod+Enter", does: "Review the plan" },
} as const satisfies Record<string, Shortcut>;

/** Every shortcut, by where it works. */
export const shortcutGroups: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  { title: "Everywhere", shortcuts: [shortcut.palette, shortcut.help] },
  { title: "Go to", shortcuts: places.map(({ keys, label }) => ({ keys, does: label })) },
  { title: "In a list", shortcuts: [shortcut.filter, shortcut.next, shortcut.previous, shortcut.open] },
  { title: "In the form of a role", shortcuts: [shortcut.review] },
];

/** Whether a person can turn the shortcut off: it takes no modifier, so dictated words could press it. */
export function isSingleKey({ keys }: Shortcut): boolean {
  return !keys.startsWith("Mod+") && keys !== shortcut.open.keys;
}

/** The keys as they are printed, e.g. "Mod+k" as ["Ctrl", "K"] and "g p" as ["g", "p"]. */
export function printedKeys(keys: string, modifier: string): string[] {
  if (!keys.startsWith("Mod+")) return keys.split(" ");
  const key = keys.slice("Mod+".length);
  return [modifier, key.length === 1 ? key.toUpperCase() : key];
}
