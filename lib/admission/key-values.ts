import { anyOf } from "@/lib/iam/truth";
import { isIn } from "@/lib/iam/value-set";
import type { Pattern } from "@/lib/language/pattern";
import { either, onlyText } from "@/lib/language/pattern";
import type { Constraint, Found } from "@/lib/language/search";
import { example, takes } from "@/lib/language/search";
import type { KeyLiteral } from "./literal";
import { candidatesOf, kindOf, readableBy } from "./ranges";
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
  const ranges = literals.filter(({ inside, sets }) => inside !== null && sets.some(({ kind }) => kind !== "texts"));
  if (literals.some((literal) => literal.inside === null && ranges.some((range) => isOfKind(literal, range))))
    return "none";
  const constraints = [
    ...domain.values,
    ...literals.flatMap((literal) => (ranges.includes(literal) ? [] : constraintsOf(literal))),
  ];
  const named = constraints
    .flatMap(({ pattern, inside }) => (inside ? [finiteTexts(pattern)] : []))
    .find((texts) => texts.length > 0);
  if (named) return firstFitting(named, domain.values, literals) ?? "none";
  if (ranges.length === 0) {
    const found = example(constraints, budget);
    const rough = literals.filter(isRoughlyRead);
    if (found !== "none" || rough.length === 0) return found;
    const others = literals.filter((literal) => !rough.includes(literal));
    return presentValue(domain, others, budget) === "none" ? "none" : "over budget";
  }
  const found = firstFitting(candidatesOf(ranges.flatMap(({ sets }) => sets)), constraints, literals);
  // The candidates are complete as long as no text is asked for beside them.
  const isFree = constraints.every(({ inside }) => !inside);
  return found ?? (isFree || example(constraints, budget) === "none" ? "none" : "over budget");
}

/** Whether some text that it cannot read is among those that it is taken to read. */
function isRoughlyRead({ inside, sets: [set] }: KeyLiteral): boolean {
  return inside === null && set !== undefined && ["moment", "address"].includes(kindOf(set));
}

/** Whether what the one cannot read is what the other reads. */
function isOfKind({ sets: [set] }: KeyLiteral, { sets: [other] }: KeyLiteral): boolean {
  return set !== undefined && other !== undefined && kindOf(set) === kindOf(other);
}

/** Kept with the literal, so that its pattern stays the same one. */
const keptConstraints = new WeakMap<KeyLiteral, readonly Constraint[]>();

function constraintsOf(literal: KeyLiteral): readonly Constraint[] {
  const before = keptConstraints.get(literal);
  if (before) return before;
  const made = madeConstraints(literal);
  keptConstraints.set(literal, made);
  return made;
}

function madeConstraints({ inside, sets }: KeyLiteral): Constraint[] {
  const readable = sets.slice(0, 1).map(readableBy);
  if (inside === null) return readable.map((pattern) => ({ pattern, inside: false }));
  const texts = sets.flatMap((set) => (set.kind === "texts" ? [set] : []));
  if (texts.length === 0) return [];
  const asked = { inside, pattern: either(...texts.map(({ pattern }) => pattern)) };
  return [asked, ...texts.slice(0, 1).flatMap(({ reads }) => (reads ? [{ pattern: reads, inside: true }] : []))];
}

/** Of the texts the first that fits. */
function firstFitting(
  texts: readonly string[],
  constraints: readonly Constraint[],
  literals: readonly KeyLiteral[],
): { text: string } | null {
  const text = texts.find(
    (one) =>
      literals.every(({ inside, sets }) => anyOf(sets.map((set) => isIn(set, one))) === inside) &&
      constraints.every(({ pattern, inside }) => takes(pattern, one) === inside),
  );
  return text === undefined ? null : { text };
}

/** The texts of a pattern that takes only a few, one by one; empty for one that takes many or none. */
export function finiteTexts(pattern: Pattern): readonly string[] {
  const before = few.get(pattern);
  if (before) return before;
  const found = textsOf(pattern);
  few.set(pattern, found);
  return found;
}

/** Kept with the pattern: the patterns of a project and of a policy are asked again and again. */
const few = new WeakMap<Pattern, readonly string[]>();

function textsOf(pattern: Pattern): string[] {
  const only = onlyText(pattern);
  if (only !== null) return [only];
  if (pattern.kind !== "either") return [];
  const texts = pattern.options.map(onlyText);
  return texts.flatMap((text) => text ?? []).length === texts.length ? texts.flatMap((text) => text ?? []) : [];
}
