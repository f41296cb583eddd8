import type { Pattern } from "./pattern";
import type { Places, Taken } from "./places";
import { distancesOf, placesOf, reached } from "./places";
import { grown, Rows } from "./rows";

/** The state that no text leads out of to an end, and the one where every text that follows is taken. */
export const dead = 0;
export const safe = 1;

/**
 * A pattern as a deterministic automaton over classes of characters, those that it does not tell apart. It is made as it
 * is walked: a state is a set of places, made when a text first leads there, and kept.
 */
export class Automaton {
  readonly start: number;
  /** The characters that the pattern names. All others are of class 0. */
  readonly classes: ReadonlyMap<string, number>;
  #classCount: number;
  #basic = new Int32Array(128);
  /** By class, then place: the places that it leads to, as bits. */
  #moves: (Int32Array | undefined)[][];
  #stars: { from: number; at: number; endless: boolean }[];
  #last: number;
  #states: Rows;
  #placeDistances: readonly number[];
  #distances = [Number.POSITIVE_INFINITY, 0];
  /** By state, then class: the next state, or -1 where nobody has been yet. */
  #next: Int32Array;
  #held: Int32Array;

  constructor(pattern: Pattern) {
    const places = placesOf(pattern);
    // One bit more than there are places: the row of the safe state is no set of places.
    this.#states = new Rows(Math.floor(places.steps.length / 32) + 1);
    this.#held = new Int32Array(this.#states.width);
    this.#placeDistances = distancesOf(places);
    const closure = places.free.map((_, from) =>
      reached([from], places.free).filter((to) => this.#placeDistances[to] !== Number.POSITIVE_INFINITY),
    );
    const sorts = sortsOf(places);
    this.classes = classesOf(sorts);
    this.#classCount = Math.max(0, ...this.classes.values()) + 1;
    for (const [character, number] of this.classes)
      if (character < "\u0080") this.#basic[character.charCodeAt(0)] = number;
    const sample = [...this.classes].reduce<string[]>((found, [character, number]) => {
      found[number] = character;
      return found;
    }, []);
    this.#moves = Array.from({ length: this.#classCount }, (_, number) =>
      places.steps.map((steps) => {
        const to = steps
          .filter(({ taken }) => takesCharacter(taken, sample[number]))
          .flatMap((one) => closure[one.to] ?? []);
        return to.length > 0 ? this.#bits(to) : undefined;
      }),
    );
    this.#last = places.last;
    this.#stars = places.stars.map((star) => ({ ...star, endless: closure[star.at]?.includes(places.last) === true }));
    this.#next = new Int32Array(this.#classCount * 16).fill(-1);
    this.#states.numberOf(this.#held);
    this.#states.numberOf(this.#held.fill(-1));
    this.#held = this.#bits(closure[places.first] ?? []);
    this.start = this.#known();
  }

  /** How many states there are by now. */
  get size(): number {
    return this.#states.size;
  }

  /** The class of a character, given as its code point. */
  classOf(code: number): number {
    return code < 128 ? (this.#basic[code] ?? 0) : (this.classes.get(String.fromCodePoint(code)) ?? 0);
  }

  /** The state after one more character, given by its class. */
  after(state: number, of: number): number {
    const next = this.#next[state * this.#classCount + of] ?? -1;
    return next === -1 ? this.#explore(state, of) : next;
  }

  /** Whether a text that led here is one of the pattern's. */
  accepts(state: number): boolean {
    return this.#isAt(state, this.#last);
  }

  /** How many characters must follow, at least, before the text is one of the pattern's. */
  distance(state: number): number {
    return this.#distances[state] ?? 0;
  }

  /** Whether the pattern takes the text, or what of it stands from `begin` (in UTF-16 units) on. */
  takes(text: string, begin = 0): boolean {
    const count = this.#classCount;
    let next = this.#next;
    let state = this.start;
    for (let at = begin; at < text.length && state > safe; at += 1) {
      let code = text.charCodeAt(at);
      if (code >= 0xd800) code = text.codePointAt(at) ?? code;
      if (code > 0xffff) at += 1;
      const of = code < 128 ? (this.#basic[code] ?? 0) : this.classOf(code);
      const to = next[state * count + of] ?? -1;
      state = to === -1 ? this.#explore(state, of) : to;
      next = this.#next;
    }
    return this.accepts(state);
  }

  #explore(state: number, of: number): number {
    if (state === safe) return safe;
    this.#held.fill(0);
    const moves = this.#moves[of] ?? [];
    for (let place = 0; place < moves.length; place += 1) {
      const move = moves[place];
      if (move && this.#isAt(state, place))
        for (let word = 0; word < move.length; word += 1)
          this.#held[word] = (this.#held[word] ?? 0) | (move[word] ?? 0);
    }
    const next = this.#known();
    while (this.#next.length < this.#states.size * this.#classCount) {
      const filled = this.#next.length;
      this.#next = grown(this.#next).fill(-1, filled);
    }
    this.#next[state * this.#classCount + of] = next;
    return next;
  }

  /** The number of the state that is held, without the places that gain nothing. */
  #known(): number {
    const held = this.#held;
    for (const { from, at, endless } of this.#stars) {
      if (((held[at >> 5] ?? 0) >>> (at & 31)) & 1) {
        if (endless) return safe;
        for (let place = from; place < at; place += 1)
          held[place >> 5] = (held[place >> 5] ?? 0) & ~(1 << (place & 31));
      }
    }
    const state = this.#states.numberOf(held);
    if (state === this.#distances.length) this.#distances.push(this.#nearest(state));
    return state;
  }

  #nearest(state: number): number {
    return this.#placeDistances.reduce(
      (least, distance, place) => (this.#isAt(state, place) ? Math.min(least, distance) : least),
      Number.POSITIVE_INFINITY,
    );
  }

  #isAt(state: number, place: number): boolean {
    return ((this.#states.at(state, place >> 5) >>> (place & 31)) & 1) === 1;
  }

  #bits(places: readonly number[]): Int32Array {
    const bits = new Int32Array(this.#states.width);
    for (const place of places) bits[place >> 5] = (bits[place >> 5] ?? 0) | (1 << (place & 31));
    return bits;
  }
}

/** Past so many states an automaton is made anew: what is kept must not grow without end. */
const mostKept = 20_000;
const made = new WeakMap<Pattern, Automaton>();

/** The automaton of a pattern, kept with the pattern object. */
export function automatonOf(pattern: Pattern): Automaton {
  const known = made.get(pattern);
  if (known && known.size <= mostKept) return known;
  const automaton = new Automaton(pattern);
  made.set(pattern, automaton);
  return automaton;
}

/** Each different set of named characters once. */
function sortsOf({ steps }: Places): (readonly string[])[] {
  return [...new Map(steps.flat().map(({ taken }) => [taken.characters.join(""), taken.characters])).values()];
}

/** The class of each named character, from 1: those in the same sets are of one. */
function classesOf(sorts: readonly (readonly string[])[]): Map<string, number> {
  const memberships = new Map<string, string>();
  sorts.forEach((characters, number) => {
    for (const one of characters) memberships.set(one, `${memberships.get(one) ?? ""},${number}`);
  });
  const numbers = new Map([...new Set(memberships.values())].map((membership, index) => [membership, index + 1]));
  return new Map([...memberships].map(([character, membership]) => [character, numbers.get(membership) ?? 0]));
}

/** Without a character: whether the step takes those that nobody names. */
function takesCharacter({ characters, others }: Taken, character: string | undefined): boolean {
  return (character !== undefined && characters.includes(character)) !== others;
}
