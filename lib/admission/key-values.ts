import type { Pattern } from "@/lib/language/pattern";
import { either, onlyText } from "@/lib/language/pattern";
import type { Constraint, Found } from "@/lib/language/search";
import { example, takes } from "@/lib/language/search";
import type { KeyLiteral, ToldSet } from "./literal";
import { candidatesOf, holdsText } from "./ranges";
import type { Domain } from "./slice";

/** A value that a key can have, that it is absent, that there is none, or that nobody could tell in time. */
export type KeyValue = { text: string } | "absent" | "none" | "over budget";

/** A value of the domain that fits all literals; a present one before an absent one. */
export function keyValue(domain: Domain, literals: readonly KeyLiteral[], budget?: number): KeyValue {
  const present = presentValue(domain, literals, budget);
  if (typeof present === "object") return present;
  if (domain.mayLack && literals.every(({ absent }) => absent)) return "absent";
  return present;
}

function presentValue(domain: Domain, literals: readonly KeyLiteral[], budget?: number): Found {
  // "Inside nothing" leaves no value; it is how a key is asked to be absent.
  if (literals.some(({ inside, sets }) => inside && sets.length === 0)) return "none";
  const texts = literals.filter(({ sets }) => sets.every(({ kind }) => kind === "texts"));
  const constraints = [...domain.values, ...texts.flatMap(constraintOf)];
  const others = literals.filter((literal) => !texts.includes(literal));
  const named = constraints
    .flatMap(({ pattern, inside }) => (inside ? [finiteTexts(pattern)] : []))
    .find((few) => few.length > 0);
  if (named) return firstFitting(named, constraints, others) ?? "none";
  if (others.length === 0) return example(constraints, budget);
  const found = firstFitting(candidatesOf(others.flatMap(({ sets }) => sets)), constraints, others);
  // The candidates are complete as long as no text is asked for beside them.
  const isFree = constraints.every(({ inside }) => !inside);
  return found ?? (isFree || example(constraints, budget) === "none" ? "none" : "over budget");
}

function constraintOf({ inside, sets }: KeyLiteral): Constraint[] {
  if (sets.length === 0) return [];
  return [{ inside, pattern: either(...sets.flatMap((set) => (set.kind === "texts" ? [set.pattern] : []))) }];
}

/** Of the texts the first that fits. */
function firstFitting(
  texts: readonly string[],
  constraints: readonly Constraint[],
  literals: readonly KeyLiteral[],
): { text: string } | null {
  const text = texts.find(
    (one) =>
      constraints.every(({ pattern, inside }) => takes(pattern, one) === inside) &&
      literals.every(({ inside, sets }) => isIn(sets, one) === inside),
  );
  return text === undefined ? null : { text };
}

function isIn(sets: readonly ToldSet[], text: string): boolean {
  return sets.some((set) => (set.kind === "texts" ? takes(set.pattern, text) : holdsText(set, text)));
}

/** The texts of a pattern that takes only a few, one by one; empty for one that takes many or none. */
export function finiteTexts(pattern: Pattern): string[] {
  const only = onlyText(pattern);
  if (only !== null) return [only];
  if (pattern.kind !== "either") return [];
  const texts = pattern.options.map(onlyText);
  return texts.flatMap((text) => text ?? []).length === texts.length ? texts.flatMap((text) => text ?? []) : [];
}
