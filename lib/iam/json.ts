import { placeAt, scanJson } from "./json-text";

/** A text that is no JSON, or not what is wanted, in a sentence, with its place where there is one. */
export interface NotRead {
  ok: false;
  reason: string;
  /** From 1. */
  line?: number;
  column?: number;
  /** JSON pointer (RFC 6901) into the text. */
  pointer?: string;
}

/**
 * Parses JSON text. `doubled` are JSON pointers of members that stand twice in one object: of these the last one is
 * read, as AWS does, and the others are lost. A failure names the place.
 */
export function parseJson(text: string): { ok: true; value: unknown; doubled: string[] } | NotRead {
  if (text.trim() === "") return { ok: false, reason: "The document is empty." };
  const json = scanJson(text);
  if (json.ok) return { ok: true, value: json.value, doubled: json.doubled.map(({ pointer }) => pointer) };
  return { ok: false, reason: `This is not JSON: ${json.reason}`, ...placeAt(text, json.offset) };
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
