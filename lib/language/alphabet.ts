import type { Automaton } from "./automaton";

/** A character that stands for all that no automaton tells apart from it, with its class by automaton. */
export interface Letter {
  character: string;
  classes: Int32Array;
}

const natural = "abcdefghijklmnopqrstuvwxyz0123456789-_./:ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ranks = new Map(Array.from(natural, (character, rank) => [character, rank]));

/** The letters that tell the automata's states apart, most natural first: those that they name, and one that none names. */
export function alphabetOf(automata: readonly Automaton[]): Letter[] {
  const named = new Set(automata.flatMap(({ classes }) => [...classes.keys()]));
  const rank = (character: string) => ranks.get(character) ?? natural.length;
  const characters = [...named, unnamed(named)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const letters = new Map<string, Letter>();
  for (const character of characters) {
    const classes = Int32Array.from(automata, (automaton) => automaton.classes.get(character) ?? 0);
    const key = classes.join();
    if (!letters.has(key)) letters.set(key, { character, classes });
  }
  return [...letters.values()];
}

/** The most natural character that is not among those given. */
function unnamed(named: ReadonlySet<string>): string {
  let code = 0xe0;
  while (named.has(String.fromCodePoint(code))) code += 1;
  return [...natural].find((character) => !named.has(character)) ?? String.fromCodePoint(code);
}
