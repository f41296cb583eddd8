import type { Bound, ValueSet } from "../clause";
import type { Piece } from "../policy-value";
import { literalText } from "../policy-value";
import { unreadable } from "./operator";

/** A whole number or a decimal (IAM user guide: "an integer or decimal value"), or null. */
export function numberOf(text: string): number | null {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** How a presented value stands to the policy's. */
export type Order = "equal" | "less" | "less or equal" | "greater" | "greater or equal";

const below: Bound = { at: Number.NEGATIVE_INFINITY, included: false };
const above: Bound = { at: Number.POSITIVE_INFINITY, included: false };

/** The numbers that stand so to the value. */
export function rangeOf(order: Order, at: number): { from: Bound; to: Bound } {
  switch (order) {
    case "equal":
      return { from: { at, included: true }, to: { at, included: true } };
    case "less":
      return { from: below, to: { at, included: false } };
    case "less or equal":
      return { from: below, to: { at, included: true } };
    case "greater":
      return { from: { at, included: false }, to: above };
    case "greater or equal":
      return { from: { at, included: true }, to: above };
  }
}

/** Reads a value of a numeric operator. */
export function numbers(order: Order): (pieces: readonly Piece[]) => ValueSet {
  return (pieces) => {
    const value = literalText(pieces);
    const at = numberOf(value);
    return at === null
      ? unreadable(value, `${JSON.stringify(value)} is no number.`)
      : { kind: "range", of: "number", ...rangeOf(order, at) };
  };
}
