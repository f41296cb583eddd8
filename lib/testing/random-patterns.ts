import type { Pattern } from "@/lib/language/pattern";
import { either, many, one, optional, sequence, text } from "@/lib/language/pattern";
import type { Constraint } from "@/lib/language/search";

/** Gives a whole number from 0 to below `below`; the same seed gives the same ones in the same order. */
export type Draw = (below: number) => number;

/** A source of draws (mulberry32). */
export function drawsOf(seed: number): Draw {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A pattern of every kind over some characters, at most `depth` levels deep. */
export function randomPattern(draw: Draw, characters: readonly string[], depth = 3): Pattern {
  const letter = () => characters[draw(characters.length)] ?? "";
  const word = (most: number) => Array.from({ length: draw(most + 1) }, letter).join("");
  const set = () => (draw(2) === 0 ? { only: word(2) } : { except: word(2) });
  const parts = () => Array.from({ length: draw(4) }, () => randomPattern(draw, characters, depth - 1));
  switch (draw(depth > 0 ? 12 : 7)) {
    case 0:
      return one(set());
    case 1:
      return many(set());
    case 2:
    case 3:
      return draw(3) === 0 ? one() : many();
    case 4:
      return text(word(2), { fold: true });
    case 5:
    case 6:
      return text(word(3));
    case 7:
      return either(...parts());
    case 8:
      return optional(randomPattern(draw, characters, depth - 1));
    default:
      return sequence(...parts(), ...parts());
  }
}

/** One to five constraints on patterns of a pool, their indexes. */
export function randomChoice(draw: Draw, pool: number): { index: number; inside: boolean }[] {
  return Array.from({ length: 1 + draw(5) }, () => ({ index: draw(pool), inside: draw(5) < 2 }));
}

/** Whether a text is one of the pattern's, by trying; shares nothing with the automata. Exponential: for short texts. */
export function naivelyTakes(pattern: Pattern, given: string): boolean {
  const characters = Array.from(given);
  return ends(pattern, characters, 0, (at) => at === characters.length);
}

/** Whether all constraints hold of a text, by trying. */
export function naivelyMeets(constraints: readonly Constraint[], given: string): boolean {
  return constraints.every(({ pattern, inside }) => naivelyTakes(pattern, given) === inside);
}

function ends(pattern: Pattern, given: readonly string[], at: number, then: (at: number) => boolean): boolean {
  switch (pattern.kind) {
    case "text": {
      const wanted = Array.from(pattern.text);
      const same = wanted.every((character, offset) => isSame(character, given[at + offset], pattern.fold));
      return same && then(at + wanted.length);
    }
    case "one":
      return isAmong(given[at], pattern.of) && then(at + 1);
    case "many":
      return then(at) || (isAmong(given[at], pattern.of) && ends(pattern, given, at + 1, then));
    case "sequence": {
      const [first, ...others] = pattern.parts;
      if (!first) return then(at);
      return ends(first, given, at, (next) => ends({ kind: "sequence", parts: others }, given, next, then));
    }
    case "either":
      return pattern.options.some((option) => ends(option, given, at, then));
  }
}

function isSame(wanted: string, character: string | undefined, fold: boolean): boolean {
  if (character === undefined || !fold) return wanted === character;
  const small = (one: string) => (Array.from(one.toLowerCase()).length === 1 ? one.toLowerCase() : one);
  return small(wanted) === small(character);
}

function isAmong(character: string | undefined, of: { only: string } | { except: string }): boolean {
  if (character === undefined) return false;
  return "only" in of ? Array.from(of.only).includes(character) : !Array.from(of.except).includes(character);
}

/** All texts of at most so many of these characters: the shorter first, of one length in the characters' order. */
export function textsUpTo(length: number, characters: readonly string[]): string[] {
  let last = [""];
  const texts = [...last];
  for (let count = 0; count < length; count += 1) {
    last = last.flatMap((begin) => characters.map((character) => begin + character));
    texts.push(...last);
  }
  return texts;
}
