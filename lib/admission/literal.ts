import type { Clause, Comparison, ValueSet } from "@/lib/iam/clause";
import { text } from "@/lib/language/pattern";

/** A set of values that can be told. */
export type ToldSet = Exclude<ValueSet, { kind: "untold" }>;

/** What one key must be: absent where that will do, or a value that is (not) in one of the sets. */
export interface KeyLiteral {
  key: string;
  /** Null: a value of which nobody can tell whether it is in them, such as a text where they are of numbers. */
  inside: boolean | null;
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
      return [
        ...(clause.negated ? waysToStayOut(clause, true) : waysToBeIn(clause, true)).map((way) => [
          ...way,
          ...whenResolved(clause, true),
        ]),
        ...whenEmpty(clause, true),
        ...whenAbsent(clause, true),
      ];
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
        ...whenResolved(clause, false).map((doubt) => [presence(clause.key, true), ...counted(clause), doubt]),
        ...whenEmpty(clause, false),
        ...whenAbsent(clause, false),
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
  const absent = isPlain(clause) && clause.whenAbsent === holds;
  return [
    [{ key, inside: true, sets: told, absent }, ...counted(clause)],
    ...untold.map((atom) => [presence(key, true), ...counted(clause), { ...atom, is: true }]),
    ...whenUnread(clause, true),
  ];
}

/** The value is in no set, also in none that cannot be told. */
function waysToStayOut(clause: Comparison, holds: boolean): Conjunction[] {
  const { key } = clause;
  const { told, untold } = sorted(clause);
  const absent = isPlain(clause) && clause.whenAbsent === holds;
  const outside: KeyLiteral = { key, inside: false, sets: told, absent };
  return [
    [outside, ...counted(clause), ...untold.map((atom) => ({ ...atom, is: false }))],
    ...whenUnread(clause, false),
  ];
}

const empty: readonly ToldSet[] = [{ kind: "texts", pattern: text("") }];

/** An empty text is no value to a set operator (IAM user guide, reference_policies_multi-value-conditions, its note). */
function counted({ key, set }: Comparison): KeyLiteral[] {
  return set === null ? [] : [{ key, inside: false, sets: empty, absent: true }];
}

/** A way of its own for an absent key, where the other ways do not say it already. */
function whenEmpty(clause: Comparison, holds: boolean): Conjunction[] {
  const { key, set, whenAbsent } = clause;
  if (isPlain(clause) || whenAbsent !== holds) return [];
  return [[{ key, inside: true, sets: set === null ? [] : empty, absent: true }]];
}

/** Whether nothing is asked beside the value, so that an absent one is part of the same question. */
function isPlain({ set, values }: Comparison): boolean {
  return set === null && !values.some(({ kind }) => kind === "untold");
}

/** A variable without anything to stand for may make the statement count for nothing. */
function whenResolved({ values, written }: Comparison, is: boolean): Assumption[] {
  const open = values.find((value) => value.kind === "untold" && value.unresolved !== undefined);
  if (open?.kind !== "untold") return [];
  return [{ atom: `resolved ${open.atom}`, is, name: `${written.operator} on ${written.key}`, because: open.because }];
}

/** Whether a value that the operator cannot read is in the sets, no page says: it may be either. */
function whenUnread(clause: Comparison, isIn: boolean): Conjunction[] {
  const { key, written } = clause;
  const { told, untold } = sorted(clause);
  if (!told.some((set) => set.kind !== "texts" || set.reads)) return [];
  const base = written.operator.replace(/^\w+:|IfExists$/g, "");
  const doubt: Assumption = {
    atom: `unread ${base} ${key} ${[...written.values].sort().join("|")}`,
    is: isIn,
    name: `${written.operator} on ${written.key}`,
    because: `What ${base} makes of a text of another kind, AWS's pages do not say.`,
  };
  const others = isIn ? [] : untold.map((atom) => ({ ...atom, is: false }));
  return [[{ key, inside: null, sets: told, absent: false }, ...counted(clause), doubt, ...others]];
}

/** Where nobody knows what an absent key does, it may do either. */
function whenAbsent(clause: Comparison, holds: boolean): Conjunction[] {
  if (clause.whenAbsent !== null) return [];
  const { operator, key } = clause.written;
  const atom = `absent ${operator} ${clause.key}`;
  const name = `${operator} on ${key}`;
  // Only beside a set operator, to which an empty text is no value.
  return [
    [
      { key: clause.key, inside: true, sets: empty, absent: true },
      { atom, is: holds, name, because: `What ${operator} makes of an absent ${key} is not documented.` },
    ],
  ];
}

function sorted({ key, values, written }: Comparison) {
  const name = `${written.operator} on ${written.key}`;
  return {
    told: values.filter((value) => value.kind !== "untold"),
    untold: values.flatMap((value) =>
      value.kind === "untold" && value.unresolved !== true
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
