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
  #places: Places;
  /** By place: which classes lead on, and to which places. */
  #steps: { takes: readonly boolean[]; to: readonly number[] }[][];
  #stars: { from: number; at: number; endless: boolean }[];
  #placeDistances: readonly number[];
  #states: Rows;
  /** By state, then class: the next state, or -1 where nobody has been yet. */
  #next: Int32Array;
  /** By state, where somebody has asked. */
  #distances: number[] = [];

  constructor(pattern: Pattern) {
    const places = placesOf(pattern);
    const distances = distancesOf(places);
    const closure = places.free.map((_, from) =>
      reached([from], places.free).filter((to) => distances[to] !== Number.POSITIVE_INFINITY),
    );
    const { classes, takenBy } = classesOf(places);
    this.classes = classes;
    this.#classCount = Math.max(0, ...classes.values()) + 1;
    for (const [character, number] of classes) if (character < "\u0080") this.#basic[character.charCodeAt(0)] = number;
    this.#places = places;
    this.#placeDistances = distances;
    this.#steps = places.steps.map((steps) =>
      steps.map(({ taken, to }) => ({ takes: takenBy(taken), to: closure[to] ?? [] })),
    );
    this.#stars = places.stars.map((star) => ({ ...star, endless: closure[star.at]?.includes(places.last) === true }));
    this.#next = new Int32Array(this.#classCount * 16).fill(-1);
    // One bit more than there are places: the row of the safe state is no set of places.
    this.#states = new Rows(Math.floor(places.steps.length / 32) + 1);
    const held = new Int32Array(this.#states.width);
    this.#states.numberOf(held);
    this.#states.numberOf(held.fill(-1));
    this.start = this.#numberOf(closure[places.first] ?? []);
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
    return this.#isAt(state, this.#places.last);
  }

  /** How many characters must follow, at least, before the text is one of the pattern's. */
  distance(state: number): number {
    const known = this.#distances[state];
    if (known !== undefined) return known;
    const all = this.#placesAt(state).map((place) => this.#placeDistances[place] ?? 0);
    const distance = Math.min(Number.POSITIVE_INFINITY, ...all);
    this.#distances[state] = distance;
    return distance;
  }

  /** Whether the pattern takes the text. */
  takes(text: string): boolean {
    const count = this.#classCount;
    let next = this.#next;
    let state = this.start;
    for (let at = 0; at < text.length && state > safe; at += 1) {
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

  #isAt(state: number, place: number): boolean {
    return ((this.#states.at(state, place >> 5) >>> (place & 31)) & 1) === 1;
  }

  #placesAt(state: number): number[] {
    const places: number[] = [];
    for (let word = 0; word < this.#states.width; word += 1)
      for (let bits = this.#states.at(state, word); bits !== 0; bits &= bits - 1)
        places.push(word * 32 + 31 - Math.clz32(bits & -bits));
    return places;
  }

  #explore(state: number, of: number): number {
    const next = state === safe ? safe : this.#numberOf(this.#leave(state, of));
    while (this.#next.length < this.#states.size * this.#classCount) {
      const filled = this.#next.length;
      this.#next = grown(this.#next).fill(-1, filled);
    }
    this.#next[state * this.#classCount + of] = next;
    return next;
  }

  /** The places after one more character. */
  #leave(state: number, of: number): number[] {
    return this.#placesAt(state).flatMap((from) =>
      (this.#steps[from] ?? []).flatMap(({ takes, to }) => (takes[of] ? to : [])),
    );
  }

  /** The state of these places, without those that gain nothing. */
  #numberOf(places: readonly number[]): number {
    const held = new Int32Array(this.#states.width);
    for (const place of places) held[place >> 5] = (held[place >> 5] ?? 0) | (1 << (place & 31));
    for (const { from, at, endless } of this.#stars) {
      if ((((held[at >> 5] ?? 0) >>> (at & 31)) & 1) === 0) continue;
      if (endless) return safe;
      for (let place = from; place < at; place += 1) held[place >> 5] = (held[place >> 5] ?? 0) & ~(1 << (place & 31));
    }
    return this.#states.numberOf(held);
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

/** The class of each named character, from 1: those in the same sets are of one. And the classes that a step takes. */
function classesOf({ steps }: Places): {
  classes: Map<string, number>;
  takenBy: (taken: Taken) => readonly boolean[];
} {
  const keyOf = ({ characters, others }: Taken) => `${others}${characters.join("")}`;
  const sets = new Map(steps.flat().map(({ taken }) => [keyOf(taken), taken]));
  const memberships = new Map<string, string>();
  [...sets.values()].forEach(({ characters }, number) => {
    for (const one of characters) memberships.set(one, `${memberships.get(one) ?? ""} ${number}`);
  });
  const samples = [...new Map([...memberships].map(([character, membership]) => [membership, character])).values()];
  const numbers = new Map(samples.map((character, index) => [memberships.get(character), index + 1]));
  const classes = new Map([...memberships].map(([character, membership]) => [character, numbers.get(membership) ?? 0]));
  const rows = new Map(
    [...sets].map(([key, { characters, others }]) => [
      key,
      [others, ...samples.map((sample) => characters.includes(sample) !== others)],
    ]),
  );
  return { classes, takenBy: (taken) => rows.get(keyOf(taken)) ?? [] };
}
