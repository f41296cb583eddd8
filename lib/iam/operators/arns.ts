import { nothing, sequence, text } from "@/lib/language/pattern";
import type { ValueSet } from "../clause";
import type { Piece } from "../policy-value";
import { literalText } from "../policy-value";
import { unreadable } from "./operator";
import { globOf } from "./texts";

const segments = 6;

/**
 * An ARN by its six parts, each with wildcards of its own: those of the first five do not cross a colon, the sixth holds
 * all that is left. Source: IAM user guide, reference_policies_elements_condition_operators, "ARN condition operators".
 */
export function arnLike(pieces: readonly Piece[]): ValueSet {
  const parts = splitAtColons(pieces);
  if (parts.length < segments)
    return unreadable(literalText(pieces), "The value has not the six parts of an ARN, and no page of AWS says more.");
  const last = parts.length - 1;
  // What a variable brings is literal, and a colon in it makes no further part: nothing that has six parts is like it.
  const crosses = parts.some((part, index) => index < last && part.some((piece) => isColon(piece, true)));
  if (crosses) return { kind: "texts", pattern: nothing };
  const patterns = parts.map((part, index) => globOf(part, index < last ? ":" : ""));
  return {
    kind: "texts",
    pattern: sequence(...patterns.flatMap((pattern, index) => (index === 0 ? [pattern] : [text(":"), pattern]))),
  };
}

function splitAtColons(pieces: readonly Piece[]): Piece[][] {
  const parts: Piece[][] = [[]];
  for (const piece of pieces) {
    if (parts.length < segments && isColon(piece, false)) parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts;
}

function isColon(piece: Piece, brought: boolean): boolean {
  if (typeof piece !== "object" || (piece.brought === true) !== brought) return false;
  return brought ? piece.text.includes(":") : piece.text === ":";
}
