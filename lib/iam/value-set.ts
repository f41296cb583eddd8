import { compiledText } from "@/lib/language/compiled";
import type { Pattern } from "@/lib/language/pattern";
import { takes } from "@/lib/language/search";
import type { Bound, ValueSet } from "./clause";
import { addressOf } from "./operators/addresses";
import { momentOf } from "./operators/moments";
import { numberOf } from "./operators/numbers";

/** Whether a presented value is in the set; null where AWS's pages do not settle it. */
export function isIn(set: ValueSet, presented: string): boolean | null {
  switch (set.kind) {
    case "texts":
      return set.reads && !takes(set.reads, presented) ? null : isInTexts(set.pattern, presented);
    case "range": {
      const at = set.of === "number" ? numberOf(presented) : momentOf(presented);
      return at === null ? null : isAbove(set.from, at) && isBelow(set.to, at);
    }
    case "addresses": {
      const address = addressOf(presented);
      return address && address.family === set.family && set.from <= address.at && address.at <= set.to
        ? true
        : address && false;
    }
    case "untold":
      return set.unresolved === true ? false : null;
  }
}

function isAbove(from: Bound, at: number): boolean {
  return from.included ? at >= from.at : at > from.at;
}

function isBelow(to: Bound, at: number): boolean {
  return to.included ? at <= to.at : at < to.at;
}

/** No page says whether `?` is a code point or half a surrogate pair: where the two differ, it is not settled. */
function isInTexts(pattern: Pattern, presented: string): boolean | null {
  const byCodePoint = compiledText(pattern).matches(presented);
  if (!/[\u{10000}-\u{10FFFF}]/u.test(presented)) return byCodePoint;
  return takes(inUnits(pattern), unitsOf(presented)) === byCodePoint ? byCodePoint : null;
}

/** Each half of a surrogate pair as a character of its own, in the private use area. */
function unitsOf(text: string): string {
  return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, (pair) =>
    String.fromCharCode(pair.charCodeAt(0) + 0x0800, pair.charCodeAt(1) + 0x0800),
  );
}

function inUnits(pattern: Pattern): Pattern {
  switch (pattern.kind) {
    case "text":
      return { ...pattern, text: unitsOf(pattern.text) };
    case "sequence":
      return { ...pattern, parts: pattern.parts.map(inUnits) };
    case "either":
      return { ...pattern, options: pattern.options.map(inUnits) };
    case "one":
    case "many":
      return pattern;
  }
}
