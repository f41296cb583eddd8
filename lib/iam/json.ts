/** Parses JSON text; a failure names the line (from 1) when the engine tells where it stumbled. */
export function parseJson(text: string): { ok: true; value: unknown } | { ok: false; reason: string; line?: number } {
  if (text.trim() === "") return { ok: false, reason: "The document is empty." };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const line = lineOf(text, message);
    return {
      ok: false,
      reason: "This is not JSON: look for a missing quote, comma or bracket.",
      ...(line === null ? {} : { line }),
    };
  }
}

/** Engines say "line 3" or "position 41"; for an unexpected token V8 says neither. */
function lineOf(text: string, message: string): number | null {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  if (position) return text.slice(0, Number(position)).split("\n").length;
  if (/end of/i.test(message)) return text.trimEnd().split("\n").length;
  return /^Unexpected token/.test(message) ? lineOfToken(text.split("\n")) : null;
}

/** The first line whose text, with all before it, fails for another reason than that it ends too early. */
function lineOfToken(lines: readonly string[]): number {
  let fine = 0;
  let bad = lines.length;
  while (bad - fine > 1) {
    const middle = Math.floor((fine + bad) / 2);
    if (mayGoOn(lines.slice(0, middle).join("\n"))) fine = middle;
    else bad = middle;
  }
  return bad;
}

function mayGoOn(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return /end of JSON/.test(message) || /position (\d+)/.exec(message)?.[1] === String(start.length);
  }
}

/** JSON with sorted keys and no white space, so that equal values give equal text. `undefined` members are dropped. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
}
