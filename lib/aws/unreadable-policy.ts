/** A policy that AWS holds and nobody here can read: IAM takes documents that are no JSON, with a raw tab in a string for one. */
export class UnreadablePolicy extends Error {
  /** Which it is, as the end of "cannot read …", e.g. "the inline policy deploy of the role web". */
  readonly which: string;

  constructor(which: string, reason: string) {
    super(`${capital(which)} cannot be read. ${reason}`);
    this.name = "UnreadablePolicy";
    this.which = which;
  }
}

const names: Record<string, string> = { "\t": "tab", "\n": "line break", "\r": "line break" };

/** The raw control character that stands in a string of a JSON text, where JSON has an escape for it: in words, or null. */
export function rawControlIn(json: string): string | null {
  for (const [text] of json.matchAll(/"(?:[^"\\]|\\[^])*"/g)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const control = /[\u0000-\u001f]/.exec(text)?.[0];
    if (control === undefined) continue;
    const code = `U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return `A raw ${names[control] ?? "control character"} (${code}) stands in the string ${JSON.stringify(text.slice(1, -1)).slice(0, 200)}.`;
  }
  return null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
