import { either, text } from "@/lib/language/pattern";
import type { ValueSet } from "../clause";
import type { Piece } from "../policy-value";
import { literalText } from "../policy-value";
import { unreadable } from "./operator";

/** Bytes by their base64 text, with or without the padding. */
export function bytes(pieces: readonly Piece[]): ValueSet {
  const value = literalText(pieces);
  const bare = value.replace(/={1,2}$/, "");
  const padded = `${bare}${"=".repeat((4 - (bare.length % 4)) % 4)}`;
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || bare.length % 4 === 1 || ![bare, padded].includes(value))
    return unreadable(value, `${JSON.stringify(value)} is no base64.`);
  return { kind: "texts", pattern: bare === padded ? text(bare) : either(text(padded), text(bare)) };
}
