import { Automaton, automatonOf } from "./automaton";
import type { Pattern } from "./pattern";
import { many, one, sequence } from "./pattern";
import { Product } from "./product";

/** A text must be in the pattern, or with `inside: false` must not. */
export interface Constraint {
  pattern: Pattern;
  inside: boolean;
}

/** A text that meets all constraints, that there is none, or that the search was given up. */
export type Found = { text: string } | "none" | "over budget";

/** How many states a search may visit before it gives up. */
const usualBudget = 20_000;

/** Whether the pattern takes the text. A character is a code point; half of a surrogate pair is one by itself. */
export function takes(pattern: Pattern, text: string): boolean {
  if (pattern.kind === "text" && !pattern.fold) return pattern.text === text;
  return automatonOf(pattern).takes(text);
}

/**
 * The shortest text that meets all constraints; of several the most natural one, if the budget allows to tell. It does
 * not depend on the constraints' order, nor on what was asked before.
 */
export function example(constraints: readonly Constraint[], budget = usualBudget): Found {
  const product = productOf(constraints);
  if (product === null) return "none";
  const shortest = walk(product, budget);
  if (typeof shortest === "string") return shortest;
  const natural = walk(product, 2 * budget, Array.from(shortest.text).length);
  return typeof natural === "string" ? shortest : natural;
}

/** Whether every text of `right` is one of `left`. */
export function covers(left: Pattern, right: Pattern, budget = usualBudget): boolean | "over budget" {
  const found = example(
    [
      { pattern: right, inside: true },
      { pattern: left, inside: false },
    ],
    budget,
  );
  return found === "over budget" ? found : found === "none";
}

/**
 * A shortest text that leads to a wanted state. Goes on where the text can still be the shortest (A*, by what must follow
 * at least); where its length is known, by length and letter, so that the first text found is the most natural one.
 */
function walk(product: Product, budget: number, known?: number): Found {
  const lengths = [0];
  const cameFrom = [0];
  const cameBy = [""];
  const queues: number[][] = [];
  const limit = known ?? Number.MAX_SAFE_INTEGER;
  const queue = (state: number, length: number) => {
    const whole = length + product.distance(state);
    if (whole <= limit) (queues[known === undefined ? whole : length] ??= []).push(state);
  };
  queue(0, 0);
  for (let turn = 0; turn < queues.length; turn += 1) {
    for (const state of queues[turn] ?? []) {
      if (product.isWanted(state)) return { text: textTo(state, cameFrom, cameBy) };
      const length = (lengths[state] ?? 0) + 1;
      product.leave(state, (to, character) => {
        if ((lengths[to] ?? Number.POSITIVE_INFINITY) <= length) return;
        lengths[to] = length;
        cameFrom[to] = state;
        cameBy[to] = character;
        queue(to, length);
      });
      if (product.size > budget) return "over budget";
    }
  }
  return "none";
}

/** Each automaton once, those that must take the text first; null where one must and must not. */
function productOf(constraints: readonly Constraint[]): Product | null {
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
  return new Product(automata, must.size);
}

/** Texts in which two halves of a surrogate pair meet: written down they are one character, so there are none. */
function pairIn(high: readonly string[], low: readonly string[]): Pattern {
  return sequence(many(), one({ only: high.join("") }), one({ only: low.join("") }), many());
}

function textTo(state: number, cameFrom: readonly number[], cameBy: readonly string[]): string {
  const characters: string[] = [];
  for (let at = state; at > 0; at = cameFrom[at] ?? 0) characters.push(cameBy[at] ?? "");
  return characters.reverse().join("");
}
