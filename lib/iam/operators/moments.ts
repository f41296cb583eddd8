import type { ValueSet } from "../clause";
import type { Piece } from "../policy-value";
import { literalText } from "../policy-value";
import type { Order } from "./numbers";
import { rangeOf } from "./numbers";
import { unreadable } from "./operator";

const date = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/;
const dateAndTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * A moment in milliseconds since 1970, or null: one of the W3C's forms of ISO 8601 (a date alone begins at midnight UTC), or
 * seconds since 1970. Four digits alone may be a year or seconds, and a time without its zone is none of the forms.
 * Source: IAM user guide, reference_policies_elements_condition_operators, "Date condition operators".
 */
export function momentOf(text: string): number | null {
  if (/^-?\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const [, year, month, day = "01"] = date.exec(text) ?? [];
  if (year !== undefined && month !== undefined) return validMoment(`${year}-${month}-${day}T00:00:00Z`);
  return dateAndTime.test(text) ? validMoment(text) : null;
}

/** `Date.parse` takes 31 February for 3 March. */
function validMoment(text: string): number | null {
  const at = Date.parse(text);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at) || Number.isNaN(day.getTime()) || day.getUTCDate() !== Number(text.slice(8, 10)) ? null : at;
}

/** Reads a value of a date operator. */
export function moments(order: Order): (pieces: readonly Piece[]) => ValueSet {
  return (pieces) => {
    const value = literalText(pieces);
    const at = momentOf(value);
    return at === null
      ? unreadable(value, `${JSON.stringify(value)} is no moment that AWS's pages define.`)
      : { kind: "range", of: "moment", ...rangeOf(order, at) };
  };
}
