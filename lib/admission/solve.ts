import type { KeyValue } from "./key-values";
import { keyValue } from "./key-values";
import type { Assumption, Conjunction, KeyLiteral } from "./literal";
import { isAssumption } from "./literal";
import type { Domain } from "./slice";

/** Any of its conjunctions must hold. */
export type Goal = readonly Conjunction[];

/** One call: what its keys say, and what was taken for so without being known. */
export interface Point {
  /** By key in lower case; only keys that were asked for. Null: absent. */
  values: ReadonlyMap<string, string | null>;
  assumed: readonly Assumption[];
}

/** A point that meets all goals, that there is none, or that the search was given up. */
export type Solution = { point: Point } | "none" | "over budget";

export interface Search {
  /** Of a key in lower case; null where nobody can tell what it says. */
  domainOf(key: string): Domain | null;
  /** Proven: nothing that cannot be told may be taken for so. */
  mode: "possible" | "proven";
  /** What is taken for so from the start. */
  given?: readonly Assumption[];
  /** How many alternatives may be tried before it gives up. */
  budget?: number;
}

const usualBudget = 4_000;

/**
 * A point that meets all goals: goals with one way first, then one alternative after the other, each dropped as soon as
 * what one key must be leaves it no value.
 */
export function solve(goals: readonly Goal[], { domainOf, mode, given = [], budget = usualBudget }: Search): Solution {
  const known = new Map<string, KeyValue>();
  let left = budget;
  let isCut = false;

  const valueOf = (key: string, literals: readonly KeyLiteral[]): KeyValue => {
    const domain = domainOf(key);
    if (!domain) return "over budget";
    const name = `${key} ${literals
      .map(identityOf)
      .sort((a, b) => a - b)
      .join(",")}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = keyValue(domain, literals);
    known.set(name, value);
    return value;
  };

  const added = (held: Held, conjunction: Conjunction): Held | null => {
    let next = held;
    for (const literal of conjunction) {
      const one = isAssumption(literal) ? withAssumption(next, literal, mode) : withKey(next, literal);
      if (!one) return null;
      next = one;
    }
    return next;
  };

  const withKey = (held: Held, literal: KeyLiteral): Held | null => {
    const before = held.keys.get(literal.key) ?? [];
    if (before.includes(literal)) return held;
    const literals = [...before, literal];
    const value = valueOf(literal.key, literals);
    if (value === "over budget") isCut = true;
    return value === "none" || value === "over budget"
      ? null
      : { ...held, keys: new Map(held.keys).set(literal.key, literals) };
  };

  const search = (held: Held, open: readonly Goal[]): Held | null => {
    const [goal, ...others] = open;
    if (!goal) return held;
    for (const conjunction of goal) {
      left -= 1;
      if (left < 0) {
        isCut = true;
        return null;
      }
      const next = added(held, conjunction);
      const found = next && search(next, others);
      if (found) return found;
    }
    return null;
  };

  const start: Held = { keys: new Map(), assumed: new Map(given.map((one) => [one.atom, one])) };
  const found = search(
    start,
    goals.toSorted((a, b) => a.length - b.length),
  );
  if (found) return { point: pointOf(found, valueOf) };
  return isCut ? "over budget" : "none";
}

interface Held {
  keys: ReadonlyMap<string, readonly KeyLiteral[]>;
  assumed: ReadonlyMap<string, Assumption>;
}

function withAssumption(held: Held, literal: Assumption, mode: Search["mode"]): Held | null {
  if (mode === "proven") return null;
  const before = held.assumed.get(literal.atom);
  if (before) return before.is === literal.is ? held : null;
  return { ...held, assumed: new Map(held.assumed).set(literal.atom, literal) };
}

function pointOf({ keys, assumed }: Held, valueOf: (key: string, literals: readonly KeyLiteral[]) => KeyValue): Point {
  const values = [...keys].map(([key, literals]): [string, string | null] => {
    const value = valueOf(key, literals);
    return [key, typeof value === "object" ? value.text : null];
  });
  return { values: new Map(values), assumed: [...assumed.values()] };
}

/** Literals are made once and compared by identity, so a number each is enough to know them again. */
const identities = new WeakMap<KeyLiteral, number>();
let lastIdentity = 0;

function identityOf(literal: KeyLiteral): number {
  const known = identities.get(literal);
  if (known !== undefined) return known;
  lastIdentity += 1;
  identities.set(literal, lastIdentity);
  return lastIdentity;
}
