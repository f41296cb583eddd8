import type { Characters, Pattern } from "./pattern";

/** One place of an automaton: which characters lead on, and where to. */
interface Step {
  /** A literal character; with `fold`, in either letter case. */
  takes: { character: string; fold: boolean } | Characters;
  to: number;
}

/** A pattern as a non-deterministic automaton without empty moves: states are numbers, several are held at once. */
export interface Automaton {
  start: readonly number[];
  steps: readonly (readonly Step[])[];
  /** The states reached from each one without a character, itself included. */
  closure: readonly (readonly number[])[];
  accepting: number;
}

/** Builds the automaton of a pattern; its size is that of the pattern. */
export function automatonOf(pattern: Pattern): Automaton {
  const steps: Step[][] = [];
  const empty: number[][] = [];
  const state = () => {
    steps.push([]);
    empty.push([]);
    return steps.length - 1;
  };
  const step = (from: number, takes: Step["takes"]) => {
    const to = state();
    steps[from]?.push({ takes, to });
    return to;
  };
  /** Adds the pattern behind a state and says where it ends. */
  const add = (from: number, piece: Pattern): number => {
    switch (piece.kind) {
      case "text":
        return Array.from(piece.text).reduce((at, character) => step(at, { character, fold: piece.fold }), from);
      case "one":
        return step(from, piece.of);
      case "many": {
        const loop = state();
        empty[from]?.push(loop);
        steps[loop]?.push({ takes: piece.of, to: loop });
        return loop;
      }
      case "sequence":
        return piece.parts.reduce(add, from);
      case "either": {
        const end = state();
        for (const option of piece.options) {
          const begin = state();
          empty[from]?.push(begin);
          empty[add(begin, option)]?.push(end);
        }
        return end;
      }
    }
  };
  const first = state();
  const accepting = add(first, pattern);
  const closure = empty.map((_, from) => reached(from, empty));
  return { start: closure[first] ?? [], steps, closure, accepting };
}

function reached(from: number, empty: readonly (readonly number[])[]): number[] {
  const found = new Set([from]);
  for (const at of found) for (const next of empty[at] ?? []) found.add(next);
  return [...found];
}

/** The states after one more character, sorted. */
export function after(automaton: Automaton, states: readonly number[], character: string): number[] {
  const next = new Set<number>();
  for (const from of states)
    for (const { takes, to } of automaton.steps[from] ?? [])
      if (takesCharacter(takes, character)) for (const end of automaton.closure[to] ?? []) next.add(end);
  return [...next].sort((a, b) => a - b);
}

/** Whether a text that led to these states is one of the pattern's. */
export function accepts({ accepting }: Automaton, states: readonly number[]): boolean {
  return states.includes(accepting);
}

function takesCharacter(takes: Step["takes"], character: string): boolean {
  if ("character" in takes)
    return takes.fold ? takes.character.toLowerCase() === character.toLowerCase() : takes.character === character;
  return "only" in takes ? takes.only.includes(character) : !takes.except.includes(character);
}

/** The characters that the automaton names. All others are one to it. */
export function namedCharacters({ steps }: Automaton): Set<string> {
  const named = new Set<string>();
  for (const { takes } of steps.flat()) {
    if (!("character" in takes)) for (const one of "only" in takes ? takes.only : takes.except) named.add(one);
    else if (takes.fold) named.add(takes.character.toLowerCase()).add(takes.character.toUpperCase());
    else named.add(takes.character);
  }
  return named;
}
