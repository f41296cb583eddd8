import type { Automaton } from "./automaton";
import { accepts, after, automatonOf, namedCharacters } from "./automaton";
import type { Pattern } from "./pattern";

/** A text must be in the pattern, or with `inside: false` must not. */
export interface Constraint {
  pattern: Pattern;
  inside: boolean;
}

/** A text that meets all constraints, that there is none, or that the search was given up. */
export type Found = { text: string } | "none" | "over budget";

/** How many states a search may visit before it gives up. */
export const usualBudget = 20_000;

/** Whether the pattern takes the text. */
export function takes(pattern: Pattern, text: string): boolean {
  const automaton = automatonOf(pattern);
  let states: readonly number[] = automaton.start;
  for (const character of text) states = after(automaton, states, character);
  return accepts(automaton, states);
}

/**
 * The shortest text that meets all constraints; of several the most natural one. Walks the product of the automata
 * symbol by symbol, breadth first, over the characters that occur and one for every other.
 */
export function example(constraints: readonly Constraint[], budget = usualBudget): Found {
  const automata = constraints.map(({ pattern }) => automatonOf(pattern));
  const characters = alphabetOf(automata);
  const isWanted = (states: readonly (readonly number[])[]) =>
    constraints.every(({ inside }, index) => acceptsAt(automata, states, index) === inside);
  const isHopeless = (states: readonly (readonly number[])[]) =>
    constraints.some(({ inside }, index) => inside && states[index]?.length === 0);
  let edge: { text: string; states: readonly (readonly number[])[] }[] = [
    { text: "", states: automata.map(({ start }) => start) },
  ];
  const seen = new Set<string>(edge.map(({ states }) => keyOf(states)));
  while (edge.length > 0) {
    const found = edge.find(({ states }) => isWanted(states));
    if (found) return { text: found.text };
    if (seen.size > budget) return "over budget";
    edge = edge.flatMap(({ text, states }) =>
      characters.flatMap((character) => {
        const next = states.map((held, index) => afterAt(automata, held, index, character));
        const key = keyOf(next);
        if (isHopeless(next) || seen.has(key)) return [];
        seen.add(key);
        return [{ text: text + character, states: next }];
      }),
    );
  }
  return "none";
}

function acceptsAt(automata: readonly Automaton[], states: readonly (readonly number[])[], index: number): boolean {
  const automaton = automata[index];
  return automaton !== undefined && accepts(automaton, states[index] ?? []);
}

function afterAt(automata: readonly Automaton[], held: readonly number[], index: number, character: string): number[] {
  const automaton = automata[index];
  return automaton ? after(automaton, held, character) : [];
}

function keyOf(states: readonly (readonly number[])[]): string {
  return states.map((held) => held.join(",")).join(";");
}

const naturalOrder = "abcdefghijklmnopqrstuvwxyz0123456789-_./:ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The characters that the automata name, and one that none names; natural ones first. */
function alphabetOf(automata: readonly Automaton[]): string[] {
  const named = new Set(automata.flatMap((automaton) => [...namedCharacters(automaton)]));
  const other = [...naturalOrder].find((character) => !named.has(character)) ?? firstBeyond(named);
  const rank = (character: string) => {
    const at = naturalOrder.indexOf(character);
    return at === -1 ? naturalOrder.length : at;
  };
  return [...named, other].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function firstBeyond(named: ReadonlySet<string>): string {
  let code = 0xe0;
  while (named.has(String.fromCodePoint(code))) code += 1;
  return String.fromCodePoint(code);
}
