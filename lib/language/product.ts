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

  constructor(automata: readonly Automaton[], inside: number) {
    this.#automata = automata;
    this.#inside = inside;
    this.#letters = alphabetOf(automata);
    this.#states = new Rows(automata.length);
    this.#row = Int32Array.from(automata, ({ start }) => start);
    this.#moving = new Int32Array(automata.length);
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

  /** Tells of each state that is one character further and not hopeless, the most natural character first. */
  leave(from: number, tell: (to: number, character: string) => void): void {
    const moving = this.#hold(from);
    for (const { character, classes } of this.#letters)
      if (this.#move(from, moving, classes)) tell(this.#states.numberOf(this.#row), character);
  }

  /** Takes the state's row in hand; says how many automata can still get elsewhere, which are then in `moving`. */
  #hold(from: number): number {
    let count = 0;
    for (let index = 0; index < this.#automata.length; index += 1) {
      const held = this.#states.at(from, index);
      this.#row[index] = held;
      if (held === dead || held === safe) continue;
      this.#moving[count] = index;
      count += 1;
    }
    return count;
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
