import type { Clause, Comparison, ValueSet } from "@/lib/iam/clause";

/** A set of values that can be told. */
export type ToldSet = Exclude<ValueSet, { kind: "untold" }>;

/** What one key must be: absent where that will do, or a value that is (not) in one of the sets. */
export interface KeyLiteral {
  key: string;
  inside: boolean;
  sets: readonly ToldSet[];
  /** Whether an absent key will do. */
  absent: boolean;
}

/** What nobody can tell, taken to be so or not; equal names mean the same. */
export interface Assumption {
  atom: string;
  is: boolean;
  /** What it is about: "StringEquals on aws:PrincipalOrgID", "Principal". */
  name: string;
  /** Why it cannot be told, in a sentence. */
  because: string;
}

export type Literal = KeyLiteral | Assumption;

/** All of its literals hold. */
export type Conjunction = readonly Literal[];

/** How a clause can hold: any of these. */
export function waysToHold(clause: Clause): Conjunction[] {
  switch (clause.kind) {
    case "untold":
      return [[untoldClause(clause, true)]];
    case "presence":
      return [[presence(clause.key, clause.present)]];
    case "comparison":
      return counting(clause, clause.negated ? waysToStayOut(clause, true) : waysToBeIn(clause, true));
  }
}

/** How a clause can fail: any of these. */
export function waysToFail(clause: Clause): Conjunction[] {
  switch (clause.kind) {
    case "untold":
      return [[untoldClause(clause, false)]];
    case "presence":
      return [[presence(clause.key, !clause.present)]];
    case "comparison":
      return [
        ...(clause.negated ? waysToBeIn(clause, false) : waysToStayOut(clause, false)),
        ...unresolvedIn(clause).map((atom): Conjunction => [{ ...atom, is: false }]),
      ];
  }
}

export function isAssumption(literal: Literal): literal is Assumption {
  return "atom" in literal;
}

function presence(key: string, present: boolean): KeyLiteral {
  return present ? { key, inside: false, sets: [], absent: false } : { key, inside: true, sets: [], absent: true };
}

/** The value is in a set that can be told, or in one that cannot. `holds`: whether the clause is to hold by that. */
function waysToBeIn(clause: Comparison, holds: boolean): Conjunction[] {
  const { key } = clause;
  const { told, untold } = sorted(clause);
  return [
    [{ key, inside: true, sets: told, absent: clause.whenAbsent === holds }],
    ...untold.map((atom) => [presence(key, true), { ...atom, is: true }]),
    ...whenAbsent(clause, holds),
  ];
}

/** The value is in no set, also in none that cannot be told. */
function waysToStayOut(clause: Comparison, holds: boolean): Conjunction[] {
  const { key } = clause;
  const { told, untold } = sorted(clause);
  const absent = clause.whenAbsent === holds;
  const outside: KeyLiteral = { key, inside: false, sets: told, absent: absent && untold.length === 0 };
  return [
    [outside, ...untold.map((atom) => ({ ...atom, is: false }))],
    ...(absent && untold.length > 0 ? [[presence(key, false)]] : []),
    ...whenAbsent(clause, holds),
  ];
}

/** Where nobody knows what an absent key does, it may do either. */
function whenAbsent(clause: Comparison, holds: boolean): Conjunction[] {
  if (clause.whenAbsent !== null) return [];
  const { operator, key } = clause.written;
  const atom = `absent ${operator} ${clause.key}`;
  const name = `${operator} on ${key}`;
  return [
    [
      presence(clause.key, false),
      { atom, is: holds, name, because: `What ${operator} makes of an absent ${key} is not documented.` },
    ],
  ];
}

/** A value whose variable stands for nothing takes nothing, and may make its statement count for nothing. */
function counting(clause: Comparison, ways: readonly Conjunction[]): Conjunction[] {
  const atoms = unresolvedIn(clause).map((atom) => ({ ...atom, is: true }));
  return ways.map((way) => [...way, ...atoms]);
}

function unresolvedIn({ key, values, written }: Comparison): Omit<Assumption, "is">[] {
  const name = `${written.operator} on ${written.key}`;
  return values.flatMap((value) =>
    value.kind === "untold" && value.unresolved
      ? [{ atom: `${key} ${value.atom} counts`, name, because: value.because }]
      : [],
  );
}

function sorted({ key, values, written }: Comparison) {
  const name = `${written.operator} on ${written.key}`;
  return {
    told: values.filter((value) => value.kind !== "untold"),
    untold: values.flatMap((value) =>
      value.kind === "untold" && !value.unresolved
        ? [{ atom: `${key} ${value.atom}`, name, because: value.because }]
        : [],
    ),
  };
}

function untoldClause({ written, key, because }: Extract<Clause, { kind: "untold" }>, is: boolean): Assumption {
  const { operator, values } = written;
  return {
    atom: `${operator} ${key} ${[...values].sort().join("|")}`,
    is,
    name: `${operator} on ${written.key}`,
    because,
  };
}
