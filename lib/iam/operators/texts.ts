import type { Pattern } from "@/lib/language/pattern";
import { either, many, one, sequence, text } from "@/lib/language/pattern";
import type { ValueSet } from "../clause";
import type { Piece } from "../policy-value";
import { literalText } from "../policy-value";
import { unreadable } from "./operator";

/** The text itself: `*` and `?` are characters like any other. */
export function equalTo(pieces: readonly Piece[]): ValueSet {
  return { kind: "texts", pattern: text(literalText(pieces)) };
}

/** The text in any letter case. */
export function equalIgnoringCase(pieces: readonly Piece[]): ValueSet {
  return { kind: "texts", pattern: text(literalText(pieces), { fold: true }) };
}

/** With wildcards: `*` is any number of characters, `/` and `:` included, `?` is one. */
export function alike(pieces: readonly Piece[]): ValueSet {
  return { kind: "texts", pattern: globOf(pieces) };
}

/** The pattern of a value with wildcards, which take every character but those of `except`. */
export function globOf(pieces: readonly Piece[], except = ""): Pattern {
  const parts: Pattern[] = [];
  let literal = "";
  const close = () => {
    if (literal !== "") parts.push(text(literal));
    literal = "";
  };
  for (const piece of pieces) {
    if (typeof piece === "object") literal += piece.text;
    else {
      close();
      parts.push(piece === "*" ? many({ except }) : one({ except }));
    }
  }
  close();
  return parts.length === 1 && parts[0] ? parts[0] : parts.length === 0 ? text("") : sequence(...parts);
}

const booleans = either(text("true", { fold: true }), text("false", { fold: true }));

/** `true` or `false` in any letter case; nothing else is a boolean. */
export function booleanOf(pieces: readonly Piece[]): ValueSet {
  const value = literalText(pieces);
  return /^(true|false)$/i.test(value)
    ? { kind: "texts", pattern: text(value, { fold: true }), reads: booleans }
    : unreadable(value, "Bool takes true or false.");
}
