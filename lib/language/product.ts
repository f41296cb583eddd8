import type { Letter } from "./alphabet";
import { alphabetOf } from "./alphabet";
import type { Automaton } from "./automaton";
import { dead, safe } from "./automaton";
import { Rows } from "./rows";

/** Automata walked side by side, from state 0: the first `inside` of them must take a text, the others must not. */
export class Product {
  readonly #automata: readonly Automaton[];
  readonly #inside: number;
  readonly #letters: readonly Letter[];
  readonly #states: Rows;
  readonly #row: Int32Array;
  readonly #moving: Int32Array;
  /** By automaton, then its state, where somebody has been: the indexes of the letters that matter there. */
  readonly #mattering: (readonly number[])[][];
  /** By letter: the number of the last departure where it mattered. */
  readonly #mattered: Int32Array;
  #departures = 0;

  constructor(automata: readonly Automaton[], inside: number) {
    this.#automata = automata;
    this.#inside = inside;
    this.#letters = alphabetOf(automata);
    this.#states = new Rows(automata.length);
    this.#row = Int32Array.from(automata, ({ start }) => start);
    this.#moving = new Int32Array(automata.length);
    this.#mattering = automata.map(() => []);
    this.#mattered = new Int32Array(this.#letters.length);
    this.#states.numberOf(this.#row);
  }

  /** How many states there are by now. */
  get size(): number {
    return this.#states.size;
  }

  /** Whether a text that led here is taken by all that must, and by none that must not. */
  isWanted(state: number): boolean {
    return this.#automata.every(
      (automaton, index) => automaton.accepts(this.#states.at(state, index)) === index < this.#inside,
    );
  }

  /** So many characters must follow at least before a state is wanted; infinite where it is hopeless. */
  distance(state: number): number {
    let most = 0;
    this.#automata.forEach((automaton, index) => {
      const held = this.#states.at(state, index);
      if (index < this.#inside) most = Math.max(most, automaton.distance(held));
      else if (held === safe) most = Number.POSITIVE_INFINITY;
    });
    return most;
  }

  /**
   * Tells of the states that are one character further and not hopeless, the most natural character first. Of those
   * characters that matter to no automaton at its state, one speaks for all.
   */
  leave(from: number, tell: (to: number, character: string) => void): void {
    const moving = this.#hold(from);
    let isAnyDone = false;
    for (let at = 0; at < this.#letters.length; at += 1) {
      const letter = this.#letters[at];
      if (this.#mattered[at] !== this.#departures) {
        if (isAnyDone) continue;
        isAnyDone = true;
      }
      if (letter && this.#move(from, moving, letter.classes)) tell(this.#states.numberOf(this.#row), letter.character);
    }
  }

  /** Takes the state's row in hand; says how many automata can still get elsewhere, which are then in `moving`. */
  #hold(from: number): number {
    let count = 0;
    this.#departures += 1;
    for (let index = 0; index < this.#automata.length; index += 1) {
      const held = this.#states.at(from, index);
      this.#row[index] = held;
      if (held === dead || held === safe) continue;
      for (const letter of this.#matteringAt(index, held)) this.#mattered[letter] = this.#departures;
      this.#moving[count] = index;
      count += 1;
    }
    return count;
  }

  /** The letters that lead an automaton elsewhere than one does that it does not name. */
  #matteringAt(index: number, state: number): readonly number[] {
    const automaton = this.#automata[index];
    const known = this.#mattering[index]?.[state];
    if (known || !automaton) return known ?? [];
    const usual = automaton.after(state, 0);
    const found = this.#letters.flatMap(({ classes }, letter) =>
      automaton.after(state, classes[index] ?? 0) === usual ? [] : [letter],
    );
    const all = this.#mattering[index];
    if (all) all[state] = found;
    return found;
  }

  /** Moves the row in hand by a letter; false where no text from there on is wanted. */
  #move(from: number, moving: number, classes: Int32Array): boolean {
    for (let at = 0; at < moving; at += 1) {
      const index = this.#moving[at] ?? 0;
      const next = this.#automata[index]?.after(this.#states.at(from, index), classes[index] ?? 0) ?? dead;
      if (next === (index < this.#inside ? dead : safe)) return false;
      this.#row[index] = next;
    }
    return true;
  }
}
