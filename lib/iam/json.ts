/** Parses JSON text; a failure names the line (from 1) when the engine tells where it stumbled. */
export function parseJson(text: string): { ok: true; value: unknown } | { ok: false; reason: string; line?: number } {
  if (text.trim() === "") return { ok: false, reason: "The document is empty." };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const line = lineOf(text, message);
    return { ok: false, reason: "This is not JSON: look for a missing quote, comma or bracket.", ...(line === null ? {} : { line }) };
  }
}

/** Engines say "line 3" or "position 41"; V8 says neither when the text just ends. */
function lineOf(text: string, message: string): number | null {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  if (position) return text.slice(0, Number(position)).split("\n").length;
  return /end of/i.test(message) ? text.trimEnd().split("\n").length : null;
}
