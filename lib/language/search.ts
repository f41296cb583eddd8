import { alphabetOf } from "./alphabet";
import { Automaton, automatonOf, dead, safe } from "./automaton";
import type { Pattern } from "./pattern";
import { many, one, sequence } from "./pattern";
import { Rows } from "./rows";

/** A text must be in the pattern, or with `inside: false` must not. */
export interface Constraint {
  pattern: Pattern;
  inside: boolean;
}

/** A text that meets all constraints, that there is none, or that the search was given up. */
export type Found = { text: string } | "none" | "over budget";

/** How many states a search may visit before it gives up. */
export const usualBudget = 20_000;

/** Whether the pattern takes the text. A character is a code point; half of a surrogate pair is one by itself. */
export function takes(pattern: Pattern, text: string): boolean {
  return automatonOf(pattern).takes(text);
}

/**
 * The shortest text that meets all constraints; of several the most natural one. Walks the product of the automata,
 * breadth first, over one character for each class of those that no automaton tells apart. The answer does not depend
 * on the order of the constraints, nor on what was asked before.
 */
export function example(constraints: readonly Constraint[], budget = usualBudget): Found {
  const sides = sidesOf(constraints);
  if (sides === null) return "none";
  const { automata, inside } = sides;
  const letters = alphabetOf(automata);
  const states = new Rows(automata.length);
  const cameFrom: number[] = [];
  const cameBy: string[] = [];
  const row = Int32Array.from(automata, ({ start }) => start);
  if (automata.some((_, index) => row[index] === (index < inside ? dead : safe))) return "none";
  states.numberOf(row);
  if (isWanted(automata, inside, row)) return { text: "" };
  for (let at = 0; at < states.size; at += 1) {
    for (const letter of letters) {
      if (!step(automata, inside, states, at, letter.classes, row)) continue;
      const size = states.size;
      if (states.numberOf(row) < size) continue;
      cameFrom[size] = at;
      cameBy[size] = letter.character;
      if (isWanted(automata, inside, row)) return { text: textTo(size, cameFrom, cameBy) };
      if (states.size > budget) return "over budget";
    }
  }
  return "none";
}

/** Each automaton once, the first `inside` of them those that must take the text; null where they contradict. */
function sidesOf(constraints: readonly Constraint[]): { automata: Automaton[]; inside: number } | null {
  const side = (wanted: boolean) =>
    new Set(constraints.filter(({ inside }) => inside === wanted).map(({ pattern }) => automatonOf(pattern)));
  const must = side(true);
  const mustNot = side(false);
  for (const automaton of must) if (mustNot.has(automaton)) return null;
  const automata = [...must, ...mustNot];
  const halves = (kind: RegExp) =>
    automata.flatMap(({ classes }) => [...classes.keys()].filter((one) => kind.test(one)));
  const high = halves(/^[\ud800-\udbff]$/);
  const low = halves(/^[\udc00-\udfff]$/);
  if (high.length > 0 && low.length > 0) automata.push(new Automaton(pairIn(high, low)));
  return { automata, inside: must.size };
}

/** Texts in which two halves of a surrogate pair meet: written down they are one character, so there are none. */
function pairIn(high: readonly string[], low: readonly string[]): Pattern {
  return sequence(many(), one({ only: high.join("") }), one({ only: low.join("") }), many());
}

/** Writes the state after one more character into the row; false where no text from there on meets all constraints. */
function step(
  automata: readonly Automaton[],
  inside: number,
  states: Rows,
  from: number,
  classes: Int32Array,
  row: Int32Array,
): boolean {
  for (let index = 0; index < automata.length; index += 1) {
    const next = automata[index]?.after(states.at(from, index), classes[index] ?? 0) ?? dead;
    if (next === (index < inside ? dead : safe)) return false;
    row[index] = next;
  }
  return true;
}

function isWanted(automata: readonly Automaton[], inside: number, row: Int32Array): boolean {
  return automata.every((automaton, index) => automaton.accepts(row[index] ?? dead) === index < inside);
}

function textTo(state: number, cameFrom: readonly number[], cameBy: readonly string[]): string {
  const characters: string[] = [];
  for (let at = state; at > 0; at = cameFrom[at] ?? 0) characters.push(cameBy[at] ?? "");
  return characters.reverse().join("");
}
