/** A number as a JSON text writes it. */
interface NumberToken {
  literal: string;
  /** From 1. */
  line: number;
}

/** Strings are matched so that digits within them are passed over. */
const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/**
 * The first number of a JSON text that reading would change: it has more digits than a double holds, or is written in
 * another way than it would be again, e.g. 1.0. Null where every number is kept.
 */
export function inexactNumber(text: string): NumberToken | null {
  for (const { 0: literal, index } of text.matchAll(token))
    if (isInexact(literal)) return { literal, line: text.slice(0, index).split("\n").length };
  return null;
}

/**
 * The text with such numbers as strings, which keeps every digit. AWS reads a condition's number with or without quotes
 * (IAM user guide, "Grammar of the IAM JSON policy language": a condition value is a string, a number or a Boolean).
 */
export function withExactNumbers(text: string): string {
  return text.replace(token, (literal) => (isInexact(literal) ? JSON.stringify(literal) : literal));
}

function isInexact(literal: string): boolean {
  return !literal.startsWith('"') && String(Number(literal)) !== literal;
}
