import type { Pattern } from "./pattern";

/** The same texts in every spelling of letter case. */
export function folded(pattern: Pattern): Pattern {
  switch (pattern.kind) {
    case "text":
      return { ...pattern, fold: true };
    case "one":
    case "many":
      return pattern;
    case "sequence":
      return { ...pattern, parts: pattern.parts.map(folded) };
    case "either":
      return { ...pattern, options: pattern.options.map(folded) };
  }
}
