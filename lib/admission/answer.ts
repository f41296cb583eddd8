import type { Clause } from "@/lib/iam/clause";
import { nothing, text } from "@/lib/language/pattern";
import type { Admission, Box } from "./box";
import { boxOfClause } from "./box";
import type { Conjunction } from "./literal";
import { isAssumption } from "./literal";
import type { Meeting } from "./meet";
import { meet } from "./meet";
import type { Domain, Slice } from "./slice";
import type { Goal, Point } from "./solve";
import type { When } from "./when";
import { denied, distinct, doubtOf, whenOf } from "./when";

/** Whether the calls of a slice get in. */
export type Answer =
  /** Whatever the caller does not choose is, they get in. */
  | { is: "in"; by: Box; point: Point }
  | { is: "out" }
  /** It depends: on `when`, clauses that hold or not, or on what nobody can tell. */
  | { is: "untold"; by: Box | null; point: Point | null; when: readonly When[] };

/**
 * Whether every call of the slice gets in. What the caller chooses (audience, session name, environment) is chosen so that
 * it does, if one choice will.
 */
export function answerOf(slice: Slice, admission: Admission): Answer {
  const possible = meet(slice, { within: admission, without: null }, "possible");
  if (possible === "none") return { is: "out" };
  if (possible === "over budget") return { is: "untold", by: null, point: null, when: [{ kind: "budget" }] };
  for (const by of admission.allows) {
    const point = pointBy(slice, admission, by);
    if (point && isSure(withChoices(slice, admission, point), admission)) return { is: "in", by, point };
  }
  const { by, point } = possible;
  return { is: "untold", by, point, when: unsettled(slice, admission, possible) };
}

/**
 * A call that the statement lets in, with nothing chosen that not every caller can choose: where a choice will do, it does
 * not hang on anything else.
 */
function pointBy(slice: Slice, { denies }: Admission, by: Box): Point | null {
  const atWill = { ...slice, domainOf: (key: string) => choosable(slice.domainOf(key)) };
  const sorted = (goal: Goal) => goal.toSorted((a, b) => leeway(slice, a) - leeway(slice, b));
  const within = {
    allows: [{ ...by, holds: by.holds.map(sorted) }],
    denies: denies.map((box) => ({ ...box, fails: sorted(box.fails) })),
  };
  for (const mode of ["proven", "possible"] as const) {
    const met = meet(atWill, { within, without: null }, mode);
    if (typeof met === "object") return met.point;
  }
  return null;
}

/** 0: the caller's choice alone, or no choice at all; 1: a circumstance; 2: what nobody can tell. */
function leeway(slice: Slice, way: Conjunction): number {
  const each = way.map((literal) => {
    if (isAssumption(literal)) return 2;
    const domain = slice.domainOf(literal.key);
    return !domain || domain.chosen || !domain.mayLack || domain.values.length > 0 ? 0 : 1;
  });
  return Math.max(0, ...each);
}

function choosable(domain: Domain | null): Domain | null {
  return domain?.atWill ? { ...domain, values: [...domain.values, ...domain.atWill] } : domain;
}

function isSure(slice: Slice, admission: Admission): boolean {
  return meet(slice, { within: null, without: admission }, "possible") === "none";
}

/** The slice with every key that the caller chooses as it is in the point; one that nothing asks for is left out. */
function withChoices(slice: Slice, admission: Admission, point: Point): Slice {
  const asked = new Set(
    [...admission.allows, ...admission.denies].flatMap(({ clauses }) => clauses.map(({ key }) => key)),
  );
  return {
    ...slice,
    domainOf: (key) => {
      const domain = slice.domainOf(key);
      if (!domain?.chosen || !asked.has(key)) return domain;
      const value = point.values.get(key);
      if (value === undefined) return domain;
      const pattern = value === null ? nothing : text(value);
      return { values: [{ pattern, inside: true }], mayLack: value === null, chosen: false };
    },
  };
}

/** What of the statement, and of those that deny, is not settled by the slice alone, and what was taken for so besides. */
function unsettled(slice: Slice, { denies }: Admission, { by, point }: Meeting): When[] {
  const open = ({ clauses }: Pick<Box, "clauses">) => clauses.filter((clause) => !isSettled(slice, clause));
  const allowing = by ? open(by) : [];
  const denying = denies.flatMap(open);
  const named = [...allowing, ...denying].map(({ written }) => `${written.operator} on ${written.key}`);
  const doubts = point.assumed.filter(({ name }) => !named.includes(name));
  return distinct([...allowing.map(whenOf), ...denying.map(whenOf).map(denied), ...doubts.map(doubtOf)]);
}

/** Whether the clause holds for all calls of the slice, or for none, or as the caller chooses. */
function isSettled(slice: Slice, clause: Clause): boolean {
  if (clause.kind === "untold") return false;
  const domain = slice.domainOf(clause.key);
  if (domain?.chosen && !domain.atWill) return true;
  const alone = { allows: [boxOfClause(clause)], denies: [] };
  return (
    meet(slice, { within: null, without: alone }, "possible") === "none" ||
    meet(slice, { within: alone, without: null }, "possible") === "none"
  );
}
