/**
 * What a key does to what was typed of a shortcut so far. Shortcuts are keys ("j", "?") or sequences of them ("g p").
 * `run` is the shortcut that is now whole; `typed` the beginning of a longer one, else empty.
 */
export function typeKey(
  shortcuts: readonly string[],
  typed: string,
  key: string,
): { run: string | null; typed: string } {
  const candidates = typed ? [`${typed} ${key}`, key] : [key];
  for (const candidate of candidates) {
    if (shortcuts.includes(candidate)) return { run: candidate, typed: "" };
    if (shortcuts.some((shortcut) => shortcut.startsWith(`${candidate} `))) return { run: null, typed: candidate };
  }
  return { run: null, typed: "" };
}

/** Whether the event is the key of "Mod+<key>" with Command or Ctrl, and with no other modifier. */
export function pressesWithModifier(
  shortcut: string,
  event: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">,
): boolean {
  return (
    (event.metaKey || event.ctrlKey) &&
    !event.altKey &&
    !event.shiftKey &&
    shortcut.toLowerCase() === `mod+${event.key.toLowerCase()}`
  );
}
